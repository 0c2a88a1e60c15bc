"""登记履行情况: what the decision imposes beside money, performed or not (行政处罚法 §66(1))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.performing import a_duty_left, decision_stands
from lawbook.penalty.shape import Field, Kind, day, flag, text
from lawbook.penalty.shapes import EVIDENCE, PENALTIES

ACT = ActKind(
    "record-performance",
    "登记履行情况",
    Power.HANDLE,
    "行政处罚法 §66(1)",
    shape=(
        Field("duty", "应当履行的处罚", Kind.CHOICE, choices=PENALTIES),
        flag("performed", "已经履行"),
        day("on", "履行或者核查之日"),
        text("text", "履行情况"),
        EVIDENCE,
    ),
    standing=(decision_stands, a_duty_left),
    past=("on",),
)
