"""What becomes of numbers: each in one state, none twice, every gap with a reason."""

import asyncio
import random
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from services.case_svc.numbers.freezing import freeze_leases_of_device
from services.kit.claims import service_itself
from tests.case_svc.on_the_spot import (
    DEVICE,
    document,
    inspection,
    leased,
    letter,
    recorded,
)
from tests.case_svc.proceedings import scheme

RECORD = "inspection-record"
SCHEME_KIND = "inspection-scheme"


def void(lease, nth=0, **changes):
    return {
        "id": str(uuid4()), "lease_id": lease["id"], "sequence": lease["first"] + nth,
        "reason": "草稿作废", "voided_at": "2026-06-23T04:00:00Z", "device": DEVICE,
    } | changes  # fmt: skip


def giving_back(lease, first=0, last=None, **changes):
    return {
        "id": str(uuid4()), "lease_id": lease["id"], "first": lease["first"] + first,
        "last": lease["last"] if last is None else lease["first"] + last,
        "returned_at": "2027-01-02T01:00:00Z", "device": DEVICE,
    } | changes  # fmt: skip


def said(kind, body):
    return letter(kind, body, subject=f"number:{body['id']}")


async def deliver(client, *letters, device=DEVICE):
    answer = await client.post("/v1/deliveries", json={"device": device, "letters": list(letters)})
    assert answer.status_code == 200, answer.text
    return [(one["state"], (one["problem"] or {}).get("code")) for one in answer.json()["verdicts"]]


async def gaps(client, document=RECORD, unit="140882", year=2026):
    query = {"unit": unit, "document": document, "year": year}
    answer = await client.get("/v1/number-gaps", params=query)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    # Whatever is asked below, this holds: all numbers, each once, none without a reason.
    numbers = [n for run in told["runs"] for n in range(run["first"], run["last"] + 1)]
    assert numbers == list(range(1, told["last"] + 1))
    assert sum(told["counts"].values()) == told["last"]
    assert all(run["reason"] for run in told["runs"] if run["state"] != "issued")
    assert told["counts"]["unexplained"] == 0
    return told


def states(told):
    return [(run["first"], run["last"], run["state"]) for run in told["runs"]]


@pytest.fixture
async def visit(officer, county):
    """An inspection of the plant, recorded."""
    await recorded(officer, body := inspection(county.plant))
    return body


async def test_a_letter_voids_a_number_once(officer, visit):
    lease = await leased(officer, RECORD)
    one = said("number.void", void(lease, 1))
    assert await deliver(officer, one, one) == [("applied", None)] * 2
    assert await deliver(officer, one) == [("applied", None)]
    told = await gaps(officer)
    assert states(told) == [(1, 1, "leased"), (2, 2, "voided"), (3, 5, "leased")]
    run = told["runs"][1]
    assert (run["reason"], run["device"], run["officer"]) == ("草稿作废", DEVICE, "14088200001")
    assert run["since"].startswith("2026-06-23T04:00:00")


async def test_a_number_that_was_voided_before_stays_as_it_was_voided(officer, visit):
    lease = await leased(officer, RECORD)
    letters = [said("number.void", void(lease, 1, reason=why)) for why in ("破损", "跨年")]
    assert await deliver(officer, *letters) == [("applied", None)] * 2
    told = await gaps(officer)
    assert [run["reason"] for run in told["runs"] if run["state"] == "voided"] == ["破损"]


async def test_an_issued_number_is_neither_voided_nor_returned(officer, visit):
    lease = await leased(officer, RECORD)
    letters = [
        letter("document.issue", document(visit, lease, nth=1)),
        said("number.void", void(lease, 1)),
        said("number.return", giving_back(lease)),
    ]
    refused = ("rejected", "number-issued")
    assert await deliver(officer, *letters) == [("applied", None), refused, refused]
    assert states(await gaps(officer)) == [(1, 1, "leased"), (2, 2, "issued"), (3, 5, "leased")]


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_document_with_a_voided_or_returned_number_is_refused_in_words(
    officer, visit, at_once
):
    lease = await leased(officer, RECORD)
    letters = [
        said("number.void", void(lease, 0, reason="当事人要求更换")),
        said("number.return", giving_back(lease, 3, 4)),
        letter("document.issue", document(visit, lease, nth=0), subject="a"),
        letter("document.issue", document(visit, lease, nth=4), subject="b"),
        letter("document.issue", document(visit, lease, nth=2), subject="c"),
    ]
    batches = [letters] if at_once else [[one] for one in letters]
    verdicts = [verdict for batch in batches for verdict in await deliver(officer, *batch)]
    assert verdicts == [
        ("applied", None), ("applied", None), ("rejected", "number-voided"),
        ("rejected", "number-returned"), ("applied", None),
    ]  # fmt: skip
    told = await gaps(officer)
    assert [one["code"] for one in told["refused"]].count("number-voided") == 1
    assert any("当事人要求更换" in one["detail"] for one in told["refused"])
    assert told["counts"] | {"voided": 1, "issued": 1, "returned": 2, "leased": 1} == told["counts"]


async def test_a_return_leaves_alone_what_was_voided_before(officer, visit):
    lease = await leased(officer, RECORD, count=6)
    await deliver(officer, said("number.void", void(lease, 2)))
    back = said("number.return", giving_back(lease, 1))
    assert await deliver(officer, back) == [("applied", None)]
    assert await deliver(officer, back) == [("applied", None)]
    again = said("number.return", giving_back(lease, 1))
    assert await deliver(officer, again) == [("applied", None)]
    assert states(await gaps(officer)) == [
        (1, 1, "leased"), (2, 2, "returned"), (3, 3, "voided"), (4, 6, "returned"),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"device": "tablet-2"}, {"sequence": 6}])
async def test_numbers_of_another_lease_are_not_ones_own_to_void(officer, visit, wrong):
    lease = await leased(officer, RECORD)
    one = said("number.void", void(lease, **wrong))
    assert await deliver(officer, one) == [("rejected", "numbers-outside-lease")]


async def test_a_void_of_an_unknown_lease_waits(officer, visit):
    lease = await leased(officer, RECORD)
    one = said("number.void", void(lease, lease_id=str(uuid4())))
    assert await deliver(officer, one) == [("held", "not-known-yet")]


async def test_the_office_voids_and_freezes_and_late_documents_still_count(officer, chief, visit):
    lease = await leased(officer, RECORD)
    body = void(lease, 4, reason="纸质文书损毁")
    url = f"/v1/number-voids/{body['id']}"
    answers = [await chief.put(url, json=body) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    frozen = {"id": str(uuid4()), "reason": "平板遗失"}
    url = f"/v1/number-leases/{lease['id']}/freezes"
    first, again = await chief.post(url, json=frozen), await chief.post(url, json=frozen)
    assert (first.status_code, first.json()) == (200, again.json())
    other = await chief.post(url, json={"id": str(uuid4()), "reason": "再次报失"})
    assert other.json()["reason"] == "平板遗失"
    late = letter("document.issue", document(visit, lease, nth=1))
    assert await deliver(officer, late) == [("applied", None)]
    told = await gaps(chief)
    assert states(told) == [
        (1, 1, "frozen"), (2, 2, "issued"), (3, 4, "frozen"), (5, 5, "voided"),
    ]  # fmt: skip
    assert {run["reason"] for run in told["runs"] if run["state"] == "frozen"} == {"平板遗失"}


async def test_an_officer_may_look_and_not_freeze(officer, visit):
    lease = await leased(officer, RECORD)
    frozen = {"id": str(uuid4()), "reason": "平板遗失"}
    answer = await officer.post(f"/v1/number-leases/{lease['id']}/freezes", json=frozen)
    assert answer.status_code == 403
    assert (await officer.put(f"/v1/number-voids/{uuid4()}", json=void(lease))).status_code == 403


async def test_a_neighbour_sees_and_freezes_nothing(officer, as_officer, visit):
    lease = await leased(officer, RECORD)
    neighbour = as_officer("140881", "section_chief", officer="14088100001")
    query = {"unit": "140882", "document": RECORD, "year": 2026}
    assert (await neighbour.get("/v1/number-gaps", params=query)).status_code == 404
    assert (await neighbour.get("/v1/number-series?year=2026")).json() == {"items": []}
    url = f"/v1/number-leases/{lease['id']}/freezes"
    body = {"id": str(uuid4()), "reason": "平板遗失"}
    assert (await neighbour.post(url, json=body)).status_code == 404
    city = as_officer("1408", "section_chief", officer="14080000001")
    assert (await city.get("/v1/number-series?year=2026")).json()["items"] == [
        {"unit": "140882", "document": RECORD, "year": 2026, "last": 5}
    ]
    assert (await gaps(city))["last"] == 5


async def test_numbers_of_a_year_that_is_over_are_expired_and_a_late_document_still_counts(
    officer, visit
):
    asked = {"document": RECORD, "year": 2025, "device": DEVICE, "count": 5}
    lease = (await officer.put(f"/v1/number-leases/{uuid4()}", json=asked)).json()
    assert states(await gaps(officer, year=2025)) == [(1, 5, "expired")]
    body = document(visit, lease, nth=2, issued_at="2025-12-30T03:40:00Z")
    assert await deliver(officer, letter("document.issue", body)) == [("applied", None)]
    told = await gaps(officer, year=2025)
    assert states(told) == [(1, 2, "expired"), (3, 3, "issued"), (4, 5, "expired")]


async def test_two_tablets_with_one_lease_make_one_document_and_both_are_seen(
    officer, visit, county
):
    lease = await leased(officer, RECORD)
    await recorded(officer, another := inspection(county.plant))
    first = letter("document.issue", document(visit, lease))
    second = letter("document.issue", document(another, lease))
    assert await deliver(officer, first) == [("applied", None)]
    assert await deliver(officer, second) == [("rejected", "number-taken")]
    foreign = letter("document.issue", document(another, lease, nth=1, device="tablet-2"))
    verdict = await deliver(officer, foreign, device="tablet-2")
    assert verdict == [("rejected", "number-not-leased")]
    told = await gaps(officer)
    assert told["counts"]["issued"] == 1
    assert {(one["device"], one["code"]) for one in told["refused"]} == {
        (DEVICE, "number-taken"), ("tablet-2", "number-not-leased"),
    }  # fmt: skip


ENROLLED = {
    "id": DEVICE, "region": "140882", "public_key": "", "enrolled_at": "2026-06-01T01:00:00Z",
    "state_at": "2026-06-24T01:00:00Z", "officers": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("told_state", "why"),
    [
        ({"state": "frozen", "cloned_at": None}, "平板已冻结"),
        ({"state": "wiped", "cloned_at": None}, "平板已清除"),
        ({"state": "active", "cloned_at": "2026-06-24T01:00:00Z"}, "平板疑被复制"),
    ],
)
async def test_the_ledger_tells_of_a_lost_tablet_and_its_numbers_freeze(
    officer, told, visit, told_state, why
):
    await leased(officer, RECORD)
    await leased(officer, RECORD, device="tablet-2")
    for _ in range(2):
        await told("device.changed", ENROLLED | told_state)
    account = await gaps(officer)
    assert states(account) == [(1, 5, "frozen"), (6, 10, "leased")]
    assert account["runs"][0]["reason"] == why
    asked = {"document": RECORD, "year": 2026, "device": DEVICE, "count": 5}
    answer = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "device-fenced")
    await told("device.changed", ENROLLED | {"state": "active", "cloned_at": None})
    assert (await leased(officer, RECORD))["first"] == 11
    assert states(await gaps(officer))[0] == (1, 5, "frozen")


async def test_the_offices_own_numbers_are_in_the_account(officer, chief, head, county):
    id_ = uuid4()
    url = f"/v1/inspection-schemes/{id_}"
    opinion = {"opinion": "同意。", "agreed": True}
    assert (await officer.put(url, json=scheme(county.plant))).status_code == 200
    assert (await chief.put(f"{url}/review", json=opinion)).status_code == 200
    approved = await head.put(f"{url}/approval", json=opinion)
    assert approved.status_code == 200
    year = int(approved.json()["approved_on"][:4])
    assert states(await gaps(chief, SCHEME_KIND, year=year)) == [(1, 1, "issued")]


async def test_postgresql_lets_no_number_stand_twice(officer, app, visit):
    lease = await leased(officer, RECORD)
    await deliver(officer, said("number.void", void(lease, 1)))
    copy = (
        "insert into case_svc.{0} select (r).* from (select jsonb_populate_record(t, "
        "jsonb_build_object('id', gen_random_uuid(), 'first', t.last, 'last', t.last + 3)) as r "
        "from case_svc.{0} t) copied"
    )
    for table in ("number_end", "number_lease"):
        with pytest.raises(DBAPIError, match="exclusion constraint"):
            async with app.state.database.transaction(service_itself("case_svc")) as session:
                await session.execute(text(copy.format(table)))
    for change in ("update case_svc.number_end set reason = ''", "delete from case_svc.number_end"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with app.state.database.transaction(service_itself("case_svc")) as session:
                await session.execute(text(change))


async def test_a_void_and_a_document_that_race_leave_one_end(officer, visit):
    lease = await leased(officer, RECORD, count=8)
    races = []
    for nth in range(8):
        races.append(deliver(officer, said("number.void", void(lease, nth)), device=f"v{nth}"))
        one = letter("document.issue", document(visit, lease, nth=nth), subject=f"d{nth}")
        races.append(deliver(officer, one, device=f"d{nth}"))
    verdicts = [verdict for (verdict,) in await asyncio.gather(*races)]
    for voided, issued in zip(verdicts[::2], verdicts[1::2], strict=True):
        assert {voided[0], issued[0]} == {"applied", "rejected"}
    told = await gaps(officer)
    assert told["counts"]["voided"] + told["counts"]["issued"] == 8


def _history(lease, visit, seed, steps):
    """Letters as tablets in trouble send them: repeated, late, out of order, contradicting."""
    draw = random.Random(seed)
    letters: list[Any] = []
    for step in steps:
        nth = draw.randrange(12)
        if step == "issue":
            made = letter("document.issue", document(visit, lease, nth=nth), subject=str(uuid4()))
        elif step == "void":
            made = said("number.void", void(lease, nth))
        elif step == "return":
            made = said("number.return", giving_back(lease, nth, min(11, nth + draw.randrange(4))))
        else:
            made = draw.choice(letters) if letters else said("number.void", void(lease, nth))
        letters.append(made)
    return letters


STEPS = st.lists(st.sampled_from(("issue", "issue", "void", "return", "again")), max_size=14)


async def test_after_any_history_every_number_is_in_one_state(officer, app, visit):
    """Random histories, each on a lease of its own; the account holds after every one of them."""
    loop = asyncio.get_running_loop()

    async def lived(seed, steps, frozen):
        lease = await leased(officer, RECORD, count=12)
        letters = _history(lease, visit, seed, steps)
        size = random.Random(seed).randrange(1, 6)
        applied: dict[Any, Any] = {}
        for at in range(0, len(letters), size):
            batch = letters[at : at + size]
            for one, verdict in zip(batch, await deliver(officer, *batch), strict=True):
                assert applied.setdefault(one["id"], verdict) == verdict
        if frozen:
            async with app.state.database.transaction(service_itself("case_svc")) as session:
                await freeze_leases_of_device(session, DEVICE, "平板遗失")
        told = await gaps(officer)
        documents = [
            one["body"]["number"]
            for one in {one["id"]: one for one in letters}.values()
            if one["kind"] == "document.issue" and applied[one["id"]][0] == "applied"
        ]
        assert len(documents) == len(set(documents))
        mine = range(lease["first"], lease["last"] + 1)
        issued = [
            n
            for run in told["runs"]
            if run["state"] == "issued"
            for n in range(run["first"], run["last"] + 1)
            if n in mine
        ]
        numbers = {lease["pattern"].replace("{sequence}", str(n)) for n in issued}
        assert numbers == set(documents)

    @settings(
        max_examples=15, deadline=None, database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )  # fmt: skip
    @given(st.integers(0, 1 << 30), STEPS, st.booleans())
    def live(seed, steps, frozen):
        asyncio.run_coroutine_threadsafe(lived(seed, steps, frozen), loop).result(120)

    await asyncio.to_thread(live)
