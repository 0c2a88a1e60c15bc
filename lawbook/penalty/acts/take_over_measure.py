"""接续现场措施: what was sealed, seized or registered at the visit goes on in the case, under its own days."""

from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.kind import ActKind, Opens, World
from lawbook.penalty.refusals import NothingOpen
from lawbook.penalty.shape import an_id, choice, day, line, text
from lawbook.penalty.shapes import EVIDENCE, THINGS
from lawbook.penalty.taking_over import TAKE_OVER, limit_of, registered
from lawbook.refusal import Refusal


def _registered(case: Case, act: Act) -> bool:
    return registered(act.said)


def _sealed(case: Case, act: Act) -> bool:
    return not registered(act.said)


def _something_held(case: Case, act: Act, world: World) -> Refusal | None:
    """Something is held at the site, and of this kind once it is told."""
    wanted = {limit_of(act.said)} if act.said.get("measure") else world.held
    return None if wanted & world.held else NothingOpen("现场检查没有尚未处理的相应措施")


ACT = ActKind(
    TAKE_OVER, "接续现场措施", Power.HANDLE, "行政处罚法 §56、行政强制法 §25、§27",
    shape=(
        choice("measure", "现场采取的措施", sealing="查封", seizure="扣押", registration="先行登记保存"), THINGS,
        day("since", "实施之日"), line("place", "地点").optional, line("number", "文书文号").optional,
        text("reason", "事实和理由").optional, line("basis", "法律依据").optional,
        an_id("document", "现场文书").optional, EVIDENCE,
    ),
    together=True,
    standing=(_something_held,),
    opens=(
        Opens("sealing", "since", _sealed), Opens("decide-preserved-evidence", "since", _registered),
    ),
    past=("since",),
)  # fmt: skip
