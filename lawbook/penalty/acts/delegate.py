"""委托代行职权: leave and absence: somebody acts in another's capacity for some days (待确认)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import choice, day, line, text

ACT = ActKind(
    "delegate", "委托代行职权", Power.APPROVE, "行政处罚法 §57",
    shape=(
        choice(
            "power", "职权", **{"case.endorse": "审核", "case.approve": "审批", "case.review": "法制审核",
                                "case.hear": "主持听证", "case.archive": "归档"},
        ),
        line("to", "受委托人证号"), line("name", "受委托人姓名"),
        day("from", "起始日"), day("until", "截止日"), text("reason", "理由"),
    ),
    verified=False,
)  # fmt: skip
