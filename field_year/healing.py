"""When the weather has cleared: who delivers, and in whose name, until nothing moves any more."""

from collections import Counter
from typing import TYPE_CHECKING
from uuid import uuid4

from field_app.moments import kept, now
from field_app.shelves.outbox import Letter
from field_year import faults, hands, invented
from field_year.house import good
from field_year.tablets import Tablet

if TYPE_CHECKING:
    from field_year.world import World

IN_DOUBT = "authority-in-doubt"


async def everybody_delivers(world: "World") -> None:
    """All letters and files go; then every tablet pulls.

    What was captured under an authority that has ended counts, and what is in doubt is looked into.
    Only its officer, who holds no grant here, goes once more where he captured it.
    """
    for tablet in world.tablets:
        await _settle_in(tablet)
    await _rounds(world)
    for tablet in world.tablets:
        for region in _regions_of_letters(tablet):
            with hands.by(hands.OFFICE):
                await faults.move(world, tablet.officer, region)
            await _settle_in(tablet)
            await _rounds(world)
            with hands.by(hands.OFFICE):
                await faults.move(world, tablet.officer, tablet.region)
            await _settle_in(tablet)
            # What was asked anew from over there is answered here, where its twin's words lie.
            await _rounds(world)
    await world.office.catch_up()
    for tablet in world.tablets:
        await tablet.refresh()


async def _look_into_doubts(world: "World") -> bool:
    """Somebody of the office takes what came while an authority was in doubt; whether there was any."""
    found = world.office.rows(
        "select distinct h.region, h.subject from case_svc.held_letter as h where code = %s "
        "and not exists (select from case_svc.letter_review as r where r.subject = h.subject "
        "and r.reviewed_at >= h.held_since) order by 1, 2",
        IN_DOUBT,
    )
    with hands.by(hands.OFFICE):
        for region, subject in found:
            chief, _ = invented.officers(region, world.year.tablets)[-2:]
            world.count_work("looked into")
            told = {
                "about": "authority", "subject": subject, "accepted": True,
                "note": "已向本人和企业核实，予以受理。",
            }  # fmt: skip
            client = await world.office.client(chief.username)
            await good(client.put(f"/v1/letter-reviews/{uuid4()}", json=told))
    return bool(found)


def _regions_of_letters(tablet: Tablet) -> list[str]:
    """Other regions in which something was captured that is not sent."""
    visits = {one.subject: one.region for one in tablet.store.inspections.all()}
    units = dict(tablet.store.db.conn.execute("select id, unit from lease").fetchall())
    found = set()
    for one in tablet.store.outbox.letters():
        if one.state not in ("sent", "replaced"):
            known = visits.get(one.subject) or units.get(one.body.get("lease_id"))
            found |= {str(known)} if known else set()
    return sorted(found - {tablet.region})


async def _settle_in(tablet: Tablet) -> None:
    await tablet.sign_in()
    await tablet.refresh()


async def _rounds(world: "World") -> None:
    """Tablets wait for one another where a visit's letters are on two of them, so: in rounds."""
    before, looked = None, False
    while (here := outstanding(world)) != before or looked:
        before = here
        for tablet in world.tablets:
            _send_again(tablet)
            await tablet.deliver()
        looked = await _look_into_doubts(world)


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
