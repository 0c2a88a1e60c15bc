"""Nothing is there twice: on the server every thing is one that somebody saw, and each only once."""

from collections import Counter
from typing import TYPE_CHECKING

from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.world import World

DOUBLE = (
    ("letter", "select id::text from case_svc.letter"),
    ("inspection", "select id::text from case_svc.inspection"),
    ("evidence", "select id::text from case_svc.evidence"),
    ("photo", "select inspection_id::text || sha256 from case_svc.evidence"),
    ("document", "select id::text from case_svc.document"),
    ("reinspection", "select id::text from case_svc.reinspection"),
)


async def check(world: "World") -> None:
    """The server's things against what was seen."""
    for what, query in DOUBLE:
        for id_, times in Counter(str(one) for (one,) in world.office.rows(query)).items():
            if times > 1:
                raise Broken("once", f"服务器上 {what} {id_} 有 {times} 份")
    seen = {visit for tablet in world.tablets for visit in tablet.seen.ever}
    for (id_,) in world.office.rows("select id::text from case_svc.inspection"):
        if id_ not in seen:
            raise Broken("once", f"服务器上的检查 {id_} 在任何平板上都没有")
    papers = {
        paper
        for tablet in world.tablets
        for paper in (*tablet.seen.papers, *tablet.seen.erased_papers)
    }
    found = world.office.rows("select id::text from case_svc.document where device is not null")
    for (id_,) in found:
        if id_ not in papers:
            raise Broken("once", f"服务器上的文书 {id_} 在任何平板上都没有")
    for tablet in world.tablets:
        bodies = Counter(
            (one.kind, one.body_id)
            for one in tablet.seen.letters.values()
            if one.state != "replaced"
        )
        for (kind, id_), times in bodies.items():
            if times > 1:
                raise Broken("once", f"{tablet.name} 为同一件事写了 {times} 封 {kind}：{id_}")
