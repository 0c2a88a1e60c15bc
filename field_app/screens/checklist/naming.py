"""How what is said at a visit is called on its screens."""

from lawbook.inspection import Answer

ANSWERS = (
    (Answer.MET, "符合", "good"),
    (Answer.NOT_MET, "不符合", "bad"),
    (Answer.NOT_APPLICABLE, "不涉及", "plain"),
)
WORDS = {answer: text for answer, text, _ in ANSWERS}
TONES = {Answer.MET: "good", Answer.NOT_MET: "bad", Answer.NOT_APPLICABLE: "quiet"}
