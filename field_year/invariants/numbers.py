"""Every document number is in one state, and never on two documents.

A clone holds the numbers of the tablet that it is a copy of, and neither can know: two papers may
then carry one number. The office takes one of them, and the other stands refused on its tablet.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.tablets import Tablet
    from field_year.world import World


async def check(world: "World") -> None:
    """On the server, on each tablet, and between the tablets."""
    on_server: dict[str, str] = {}
    for number, id_ in world.office.rows(
        "select number, id::text from case_svc.document where number is not null"
    ):
        if on_server.setdefault(number, id_) != id_:
            raise Broken("numbers", f"文号 {number} 在服务器上用于两份文书")
    held: dict[str, dict[str, str]] = defaultdict(dict)
    for tablet in world.tablets:
        here: dict[str, str] = {}
        for paper in (*tablet.seen.papers.values(), *tablet.seen.erased_papers.values()):
            if paper.number is None:
                continue
            if here.setdefault(paper.number, paper.id) != paper.id:
                raise Broken("numbers", f"文号 {paper.number} 在 {tablet.name} 上用于两份文书")
            if not (tablet.cloned or tablet.clone_of):
                held[paper.number][paper.id] = tablet.name
        _each_in_one_state(tablet)
    for number, papers in held.items():
        if len(papers) > 1:
            raise Broken("numbers", f"文号 {number} 用于 {len(papers)} 份文书：{sorted(papers)}")
    _leases_apart(world)


def _each_in_one_state(tablet: "Tablet") -> None:
    """A number that was taken from a lease is on a document, void, given back, or spare: one of them."""
    store = tablet.store
    state: dict[tuple[str, int], str] = {}

    def is_(lease: str, number: int, what: str) -> None:
        if other := state.get((lease, number)):
            raise Broken("numbers", f"{tablet.name} 的 {number} 号既为 {other} 又为 {what}")
        state[lease, number] = what

    for lease, number in store.db.conn.execute(
        "select lease_id, number from document where number is not null"
    ):
        is_(lease, store.leases.sequence(lease, number), "文书")
    for paper in tablet.seen.erased_papers.values():
        if paper.lease and paper.number:
            is_(paper.lease, store.leases.sequence(paper.lease, paper.number), "文书")
    for lease, number in store.db.conn.execute("select lease_id, sequence from spare"):
        is_(lease, number, "备用")
    for letter in store.outbox.letters():
        if letter.state == "replaced":
            continue
        if letter.kind == "number.void":
            is_(letter.body["lease_id"], letter.body["sequence"], "作废")
        if letter.kind == "number.return":
            for number in range(letter.body["first"], letter.body["last"] + 1):
                is_(letter.body["lease_id"], number, "退回")
    for lease, first, upto in store.db.conn.execute(
        "select id, first, next from lease where first is not null"
    ):
        for number in range(first, upto):
            if (lease, number) not in state:
                raise Broken("numbers", f"{tablet.name} 的 {number} 号去向不明")


def _leases_apart(world: "World") -> None:
    last: dict[tuple[str, str, int], int] = {}
    for unit, document, year, first, end in world.office.rows(
        "select unit, document, year, first, last from case_svc.number_lease "
        "order by unit, document, year, first"
    ):
        if first <= last.get((unit, document, year), 0):
            raise Broken("numbers", f"{unit} {document} {year} 的文号段重叠于 {first}")
        last[unit, document, year] = end
