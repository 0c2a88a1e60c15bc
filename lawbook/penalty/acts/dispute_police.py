"""对不予立案提出异议: the police are asked again, or the procuratorate is asked to supervise (移送规定 §9)."""

from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.police import disputed_soundly, was_declined
from lawbook.penalty.shape import choice, day, line, text


def _again(case: Case, act: Act) -> bool:
    return act.said.get("way") == "reconsideration"


ACT = ActKind(
    "dispute-police", "对不予立案提出异议", Power.HANDLE, "行政执法机关移送涉嫌犯罪案件的规定 §9",
    shape=(
        choice("way", "方式", reconsideration="提请公安机关复议", supervision="建议人民检察院立案监督"),
        line("organ", "提请（建议）的机关"), day("sent_on", "送交之日"), text("reason", "应当立案的理由"),
        line("number", "文号").optional, text("late_reason", "超过三日的理由").optional,
    ),
    together=True,
    standing=(was_declined,),
    content=(disputed_soundly,),
    opens=(Opens("police-reconsider", since="sent_on", when=_again),),
    closes=(Closes("dispute-police"), Closes("supervise-police")),
    past=("sent_on",),
)  # fmt: skip
