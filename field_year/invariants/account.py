"""The office accounts for every number (文号缺口报告): each in one state, no gap without a reason.

What the report says is what the tablets know: an issued paper's number is issued, a voided one void.
After a restore every series jumps past what may be out on paper; no row explains the jump.
"""

from typing import TYPE_CHECKING, Any

from deploy.restored import SKIPPED
from field_year import hands, invented
from field_year.house import good
from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.world import World


async def check(world: "World") -> None:
    """Every series of every unit, as its head asks for it."""
    state: dict[tuple[str, int], str] = {}
    for unit, region, document, year in world.office.rows(
        "select unit, region, document, year from case_svc.number_series where last > 0 "
        "order by unit, document, year"
    ):
        *_, head = invented.officers(region, world.year.tablets)
        with hands.by(hands.OFFICE):
            client = await world.office.client(head.username)
            key = {"unit": unit, "document": document, "year": year}
            told = await good(client.get("/v1/number-gaps", params=key))
        _whole(world, f"{unit} {document} {year}", told)
        for run in told["runs"]:
            for number in range(run["first"], run["last"] + 1):
                state[run["lease_id"], number] = run["state"]
    _as_on_the_tablets(world, state)


def _whole(world: "World", name: str, told: dict[str, Any]) -> None:
    numbers = [n for run in told["runs"] for n in range(run["first"], run["last"] + 1)]
    if numbers != list(range(1, told["last"] + 1)):
        raise Broken("numbers", f"{name} 的文号缺口报告有遗漏或重复")
    open_ = [run for run in told["runs"] if run["state"] == "unexplained"]
    if sum(run["count"] for run in open_) > SKIPPED * world.restored:
        raise Broken("numbers", f"{name} 的 {open_[0]['first']} 至 {open_[0]['last']} 号去向不明")
    for run in told["runs"]:
        if run["state"] not in ("issued", "unexplained") and not run["reason"]:
            raise Broken("numbers", f"{name} 的 {run['first']} 号为 {run['state']}，没有原因")


def _as_on_the_tablets(world: "World", state: dict[tuple[str, int], str]) -> None:
    for tablet in world.tablets:
        if tablet.cloned or tablet.clone_of:
            continue
        for letter in tablet.store.outbox.letters():
            if letter.kind == "number.void" and letter.state == "sent":
                told = state.get((letter.body["lease_id"], letter.body["sequence"]))
                if told != "voided":
                    raise Broken(
                        "numbers", f"{tablet.name} 作废的 {letter.body['sequence']} 号为 {told}"
                    )
                world.count_work("voided")
