"""How what is said at a visit is called on its screens: answers, items, problems of their own."""

from collections.abc import Mapping

from field_app.found import answers_of
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from lawbook.inspection import Answer

ANSWERS = (
    (Answer.MET, "符合", "good"),
    (Answer.NOT_MET, "不符合", "bad"),
    (Answer.NOT_APPLICABLE, "不涉及", "plain"),
)
WORDS = {answer: text for answer, text, _ in ANSWERS}
TONES = {Answer.MET: "good", Answer.NOT_MET: "bad", Answer.NOT_APPLICABLE: "quiet"}


def labels(store: Store, inspection: Inspection) -> Mapping[str, str]:
    """What each problem with an id of its own is called: G06-2 of an item, 另1 of none."""
    told: dict[str, str] = {}
    of_item: dict[str, int] = {}
    for one in answers_of(store, inspection):
        if one.own:
            of_item[one.about] = of_item.get(one.about, 1 if one.about else 0) + 1
            told[one.item] = (
                f"{one.about}-{of_item[one.about]}" if one.about else f"另{of_item['']}"
            )
    return told
