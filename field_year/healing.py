"""When the weather has cleared: who delivers, and in whose name, until nothing moves any more."""

from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from field_app.moments import kept, now
from field_app.shelves.inspections import Inspection
from field_app.shelves.outbox import Letter
from field_year import faults, hands
from field_year.tablets import Tablet

if TYPE_CHECKING:
    from field_year.world import World

GiveBack = Callable[[], Awaitable[None]]


async def everybody_delivers(world: "World") -> None:
    """All letters and files go; then every tablet pulls.

    The office takes a letter only while its officers and its plant belong to the region of the
    visit. What was captured before somebody or something was moved waits, visibly, on its tablet;
    here they are moved there once more. (When the office accepts what was captured under an
    authority that has ended, this can go, and must.)
    """
    for tablet in world.tablets:
        await _settle_in(tablet)
    await _rounds(world)
    for tablet in world.tablets:
        for visit in _outstanding_visits(tablet):
            undo = await _as_it_was(world, tablet, visit)
            await _settle_in(tablet)
            await _rounds(world)
            for give_back in reversed(undo):
                await give_back()
            await _settle_in(tablet)
        for region in _regions_of_numbers(tablet):
            with hands.by(hands.OFFICE):
                await faults.move(world, tablet.officer, region)
            await _settle_in(tablet)
            await _rounds(world)
            with hands.by(hands.OFFICE):
                await faults.move(world, tablet.officer, tablet.region)
            await _settle_in(tablet)
    await world.office.catch_up()
    for tablet in world.tablets:
        await tablet.refresh()


async def _as_it_was(world: "World", tablet: Tablet, visit: Inspection) -> list[GiveBack]:
    """Officers and plant are again where they were at the visit; how each is moved back."""
    undo: list[GiveBack] = []
    numbers = {tablet.officer.certificate, *visit.officers}
    for again in tablet.store.inspections.agains(visit.id):
        numbers |= set(again.officers)
    with hands.by(hands.OFFICE):
        for officer in sorted(world.people(), key=lambda one: one.key):
            if officer.certificate in numbers and officer.region != visit.region:
                await faults.move(world, officer, visit.region)
                undo.append(partial(faults.move, world, officer, officer.region))
        ((region,),) = world.office.rows(
            "select region from ledger_svc.entity where id = %s", visit.entity_id
        )
        if region != visit.region:
            await faults.move_plant(world, visit.entity_id, visit.region)
            undo.append(partial(faults.move_plant, world, visit.entity_id, region))
    return undo


def _regions_of_numbers(tablet: Tablet) -> list[str]:
    """Other regions whose numbers were voided or given back, and that have not heard of it."""
    units = dict(tablet.store.db.conn.execute("select id, unit from lease").fetchall())
    found = {
        str(units[one.body["lease_id"]])
        for one in tablet.store.outbox.letters()
        if one.kind.startswith("number.") and one.state not in ("sent", "replaced")
    }
    return sorted(found - {tablet.region})


def _outstanding_visits(tablet: Tablet) -> list[Inspection]:
    """Visits of which something is not sent."""
    subjects = {
        one.subject
        for one in tablet.store.outbox.letters()
        if one.state not in ("sent", "replaced")
    }
    return [one for one in tablet.store.inspections.all() if one.subject in subjects]


async def _settle_in(tablet: Tablet) -> None:
    await tablet.sign_in()
    await tablet.refresh()


async def _rounds(world: "World") -> None:
    """Tablets wait for one another where a visit's letters are on two of them, so: in rounds."""
    before = None
    while (here := outstanding(world)) != before:
        before = here
        for tablet in world.tablets:
            _send_again(tablet)
            await tablet.deliver()


def outstanding(world: "World") -> list[Counter[str]]:
    """How much of each tablet's outbox stands how."""
    return [
        Counter(state for state in _states(tablet) if state not in ("sent", "replaced"))
        for tablet in world.tablets
    ]


def code_of(letter: Letter) -> str:
    """Why a letter is where it is; nothing when it simply waits."""
    return letter.problem["code"] if letter.problem else ""


def _states(tablet: Tablet) -> list[str]:
    outbox = tablet.store.outbox
    return [one.state for one in outbox.letters()] + [one.state for one in outbox.uploads()]


def _send_again(tablet: Tablet) -> None:
    """What was refused for a ground that has gone is sent anew, as its officer would do it."""
    for letter in tablet.store.outbox.letters():
        if letter.state == "refused" and code_of(letter) in faults.MENDABLE:
            tablet.do(
                "send again",
                lambda store, letter=letter: store.outbox.send_again(  # type: ignore[misc]
                    letter.id, kept(now())
                ),
            )
