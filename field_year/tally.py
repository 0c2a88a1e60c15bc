"""The count at the end (清点): of all that was shown as saved, how much the office has, and how often.

Counted anew from what people saw and from the office's rows, beside the invariants: these say that
something is wrong at the first thing that is, the count says how much of how much.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from field_year.invariants import receipts
from field_year.invariants.once import DOUBLE

if TYPE_CHECKING:
    from field_year.tablets import Tablet
    from field_year.world import World

Thing = tuple[str, str]
THERE = (
    ("检查", "select id::text from case_svc.inspection"),
    ("答案", "select i.id::text || ' ' || item from case_svc.inspection i, "
             "jsonb_object_keys(i.answers) as item"),
    ("文书", "select id::text from case_svc.document"),
    ("照片", "select sha256 from case_svc.evidence where received_at is not null"),
    ("照片", "select sha256 from case_svc.upload where completed_at is not null"),
)  # fmt: skip


def count(world: "World") -> None:
    """Count into `told.work`: `shown`, and of these `lost`; `twice`: what the office has again."""
    there: set[Thing] = {
        (kind, str(id_)) for kind, query in THERE for (id_,) in world.office.rows(query)
    }
    there |= {("信件", id_) for id_ in receipts.on_the_server(world)}
    shown = {
        thing
        for tablet in world.tablets
        # Of two that hold the same numbers the office takes one, the other stays, visible, there.
        if not (tablet.cloned or tablet.clone_of)
        for thing in _shown(tablet)
        if thing[1].partition(" ")[0] not in tablet.seen.beyond
    }
    work = world.told.work
    work["shown"], work["lost"] = len(shown), len(shown - there)
    for _, query in DOUBLE:
        rows = [str(one) for (one,) in world.office.rows(query)]
        work["twice"] += len(rows) - len(set(rows))


def _shown(tablet: "Tablet") -> Iterator[Thing]:
    seen = tablet.seen
    for visit in seen.ever.values():
        if visit.ended:
            yield "检查", visit.id
            yield from (("答案", f"{visit.id} {item}") for item in visit.answers)
            yield from (("照片", sha256) for sha256 in visit.photos.values())
    papers = (*seen.papers.values(), *seen.erased_papers.values())
    yield from (("文书", paper.id) for paper in papers if paper.issued)
    yield from (("信件", letter.id) for letter in seen.letters.values() if letter.state == "sent")
