"""提请关闭: the local government is asked to close the plant, where the law says so (安全生产法 §113)."""

from datetime import date

from lawbook.fines import closure_due
from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.kind import ActKind, World
from lawbook.penalty.performing import decision_stands
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.shape import choice, day, line, lines, records, text
from lawbook.refusal import Refusal

REPEATED = "repeated"


def _grounded(case: Case, act: Act, world: World) -> Refusal | None:
    """Penalties again and again are named, and lie within the days of the law (§113第一项)."""
    if act.said["ground"] != REPEATED:
        return None
    told = {one["number"]: one["decided_on"] for one in act.said.get("decisions") or ()}
    days = [date.fromisoformat(on) for on in told.values()]
    if closure_due(days, act.day("sent_on"), major_hazard=True):
        return None
    return ActIncomplete("逐一写明处罚决定：一百八十日内三次，或者一年内四次")


ACT = ActKind(
    "request-shutdown", "提请关闭", Power.APPROVE, "安全生产法 §113",
    shape=(
        choice("ground", "应当提请关闭的情形",
               repeated="存在重大事故隐患，一百八十日内三次或者一年内四次受到处罚",
               still_unsafe="经停产停业整顿，仍不具备安全生产条件",
               accident="不具备安全生产条件，导致发生重大、特别重大生产安全事故",
               refused="拒不执行停产停业整顿的决定"),
        line("government", "有关地方人民政府"), text("reason", "事实和理由"),
        records("decisions", "历次处罚决定", line("number", "处罚决定书文号"), day("decided_on", "决定之日"), least=0),
        day("sent_on", "提请之日"),
        line("number", "文号").optional, lines("materials", "附件材料", least=0),
    ),
    standing=(decision_stands,),
    content=(_grounded,),
    past=("sent_on",),
)  # fmt: skip
