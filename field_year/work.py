"""What an officer does in a day, step by step; after a loss of power it goes on where the store says.

Each generator yields after an act, so that the world can let others go first, or strike.
"""

from collections.abc import AsyncIterator
from io import BytesIO
from random import Random

from PIL import Image

from field_app.actions.answer_item import answer_item
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import compose_document
from field_app.actions.discard_draft import discard_draft
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.reinspect import (
    begin_reinspection,
    finish_reinspection,
    open_hazards,
    record_result,
)
from field_app.actions.return_numbers import return_numbers
from field_app.actions.sign_document import sign_document
from field_app.actions.take_photo import keep_photo
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_year import hands
from field_year.invented import PRESENT, STROKES
from field_year.tablets import Tablet
from lawbook.inspection import Answer

ORDER, RECORD, OPINION = "correction-order", "inspection-record", "reinspection-opinion"
TRIES = 4
UNSEEN, SHOWN = 0.06, 0.08
"""How many drafts are given up before and after they were signed."""


async def a_day(tablet: Tablet) -> AsyncIterator[None]:
    """Morning refresh, visits, evening delivery; each may fall out."""
    chance = tablet.world.chance
    if chance.random() < 0.85:
        await tablet.refresh()
        yield
    tablet.do("return numbers", return_numbers)
    for _ in range(chance.randint(1, 2)):
        async for _ in _job(tablet):
            yield
    if chance.random() < 0.9:
        for _ in range(TRIES):
            await tablet.deliver()
            yield
            if tablet.nothing_waits:
                break
    if chance.random() < 0.3:
        await tablet.refresh()
        yield


async def _job(tablet: Tablet) -> AsyncIterator[None]:
    chance, store = tablet.world.chance, tablet.store
    with hands.by(tablet.name):
        # Whoever was moved to another region works there; what was begun at home waits.
        region = str((store.setting("me") or {}).get("region", ""))
        # A visit that a colleague leads is his to go on with; here each works on his own.
        visits = [one for one in store.inspections.all() if one.region == region and not one.led_by]
        unpapered = [one for one in visits if one.ended_at and not _papered(store, one.id)]
        going_on = [one for one in visits if not one.ended_at]
        to_review = [one.id for one in visits if one.ended_at and open_hazards(store, one.id)]
    if unpapered:
        async for _ in papers(tablet, unpapered[0].id):
            yield
    elif going_on:
        async for _ in inspect(tablet, going_on[0].id):
            yield
    elif to_review and chance.random() < 0.4:
        async for _ in reinspect(tablet, chance.choice(sorted(to_review))):
            yield
    else:
        begun = _begin(tablet)
        yield
        if begun:
            async for _ in inspect(tablet, begun):
                yield


def _papered(store: Store, visit: str) -> bool:
    found = any(one.answer is Answer.NOT_MET for one in store.inspections.answers(visit).values())
    made = [
        store.documents.about(visit, kind) for kind in ((ORDER, RECORD) if found else (RECORD,))
    ]
    return all(one is not None and one.issued_at for one in made)


def _officers(tablet: Tablet) -> list[str]:
    """The tablet's officer and a colleague whom the mirror knows."""
    me = tablet.officer.certificate
    others = sorted(
        str(row["certificate"]["number"])
        for row in tablet.store.mirror.rows("officers")
        if row["certificate"]["number"] != me and row["certificate"]["state"] == "valid"
    )
    return [me, tablet.world.chance.choice(others)] if others else [me]


def _begin(tablet: Tablet) -> str | None:
    chance, mirror = tablet.world.chance, tablet.store.mirror
    done = {one.scheme_id for one in tablet.store.inspections.all()}
    schemes = sorted(
        one["id"]
        for one in mirror.schemes()
        if one["stage"] == "approved" and tablet.officer.certificate == one["officers"][0]
        and one["id"] not in done
    )  # fmt: skip
    if schemes and chance.random() < 0.7:
        scheme = chance.choice(schemes)
        return tablet.do(
            "begin by scheme",
            lambda store: begin_inspection(store, scheme_id=scheme, place="厂区", present=PRESENT),
        )
    plants = sorted(str(one["id"]) for one in mirror.rows("entities") if one["complete"])
    if not plants:
        return None
    plant, officers = chance.choice(plants), _officers(tablet)
    return tablet.do(
        "begin",
        lambda store: begin_inspection(
            store, entity_id=plant, checklist="metallurgy", officers=officers, ground="群众举报",
            place="熔炼车间", present=PRESENT,
        ),
    )  # fmt: skip


async def inspect(tablet: Tablet, visit: str) -> AsyncIterator[None]:
    """Answer what is not answered, take photos, finish, make the documents."""
    chance = tablet.world.chance
    one = tablet.store.inspections.one(visit)
    assert one is not None
    for item in [item.code for item in tablet.store.packs.checklist(one.checklist).items]:
        known = tablet.store.inspections.answers(visit)
        if item in known and chance.random() < 0.95:
            continue
        _answer(tablet, visit, item)
        yield
        if chance.random() < 0.08:
            _photograph(tablet, one, item)
            yield
        if chance.random() < 0.01:
            return
    outcome = tablet.do("finish", lambda store: finish_inspection(store, visit), visit=visit)
    yield
    if outcome:
        tablet.world.count_work("inspections")
    ended = tablet.store.inspections.one(visit)
    if ended and ended.ended_at:
        async for _ in papers(tablet, visit):
            yield


def _answer(tablet: Tablet, visit: str, item: str) -> None:
    chance, world = tablet.world.chance, tablet.world
    said = chance.choice(
        (Answer.MET, Answer.MET, Answer.MET, Answer.NOT_MET, Answer.NOT_APPLICABLE)
    )
    remark = f"备注{world.next_mark()}"
    given = tablet.do(
        f"answer {item}",
        lambda store: answer_item(store, visit, item, said, remark=remark),
        visit=visit, changing=item,
    )  # fmt: skip
    if given is not None:
        tablet.seen.must_be(visit, item, said.value, remark)


def _photograph(tablet: Tablet, visit: Inspection, item: str) -> None:
    data = photo(tablet.world.chance)
    kept = tablet.do(
        "photo",
        lambda store: keep_photo(
            store, visit.id, data, "image/jpeg", caption="现场", check_item=item
        ),
        visit=visit.id,
    )
    if kept is not None:
        tablet.world.count_work("photos")


def photo(chance: Random) -> bytes:
    """A small real photo that no other is equal to."""
    side, out = chance.randint(16, 48), BytesIO()
    Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3)).save(
        out, "JPEG", quality=80
    )
    return out.getvalue()


async def papers(tablet: Tablet, visit: str) -> AsyncIterator[None]:
    """The order, where something was found, then the record."""
    if any(
        one.answer is Answer.NOT_MET for one in tablet.store.inspections.answers(visit).values()
    ):
        async for _ in _paper(tablet, visit, visit, ORDER):
            yield
    async for _ in _paper(tablet, visit, visit, RECORD):
        yield


async def _paper(tablet: Tablet, visit: str, about: str, kind: str) -> AsyncIterator[None]:
    made = tablet.do(
        f"compose {kind}", lambda store: compose_document(store, about, kind), visit=visit
    )
    yield
    if made is None or made.issued_at:
        return
    # A chance of its own: it moves nothing that the world decides.
    fate = Random(f"{tablet.world.year.seed} {made.id}").random()
    if fate < UNSEEN:
        _give_up(tablet, visit, made.id)
        yield
        return
    signers = [(one["name"], one["number"]) for one in made.data["officers"]][:2]
    for role, name, number in (
        *(("officer", name, number) for name, number in signers),
        ("party", PRESENT["name"], None),
    ):
        tablet.do(
            f"sign {role}",
            lambda store, role=role, name=name, number=number: sign_document(  # type: ignore[misc]
                store, made.id, role, name, number, STROKES
            ),
            visit=visit,
        )
        yield
    if fate < UNSEEN + SHOWN:
        _give_up(tablet, visit, made.id)
        yield
        return
    issued = tablet.do(f"issue {kind}", lambda store: issue_document(store, made.id), visit=visit)
    if issued is not None:
        tablet.world.count_work("documents")
    yield


def _give_up(tablet: Tablet, visit: str, document: str) -> None:
    """Give up a draft: its number goes back unseen, or is voided once somebody signed under it."""
    tablet.seen.given_up.add(document)
    tablet.do(
        "give up", lambda store: discard_draft(store, document, "内容有误，重新制作"), visit=visit
    )


async def reinspect(tablet: Tablet, visit: str) -> AsyncIterator[None]:
    """See whether what was ordered has been done, and say so on paper."""
    chance, officers = tablet.world.chance, _officers(tablet)
    again = tablet.do(
        "again", lambda store: begin_reinspection(store, visit, officers), visit=visit
    )
    yield
    if again is None:
        return
    for hazard in open_hazards(tablet.store, visit):
        found = chance.choice(("corrected", "corrected", "not_corrected"))
        tablet.do(
            "result",
            lambda store, hazard=hazard, found=found: record_result(  # type: ignore[misc]
                store, again, hazard["id"], found
            ),
            visit=visit,
        )
        yield
    done = tablet.do("reviewed", lambda store: finish_reinspection(store, again), visit=visit)
    yield
    if done is not None:
        async for _ in _paper(tablet, visit, again, OPINION):
            yield
