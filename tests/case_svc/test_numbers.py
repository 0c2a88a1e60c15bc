"""Document numbers: leased in runs, one series a unit, document and year."""

import asyncio
from uuid import uuid4

import pytest

from lawbook.content import load
from lawbook.identifiers import parse_document_number
from services.kit.settings import ROOT

UNITS = {u["code"]: u for u in load(ROOT / "content" / "units" / "1408.toml")["unit"]}


def asked(**changes):
    return {"document": "correction-order", "year": 2026, "device": "平板甲", "count": 20} | changes


async def test_a_lease_is_a_run_with_the_units_own_pattern(officer, county):
    answer = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked())
    lease = answer.json()
    assert (lease["first"], lease["last"], lease["unit"]) == (1, 20, "140882")
    short = UNITS["140882"]["short_name"]
    assert lease["pattern"] == f"（{short}）应急责改〔2026〕{{sequence}}号"
    pattern = load(ROOT / "content" / "documents" / "correction-order" / "document.toml")
    number = parse_document_number(
        pattern["numbering"]["pattern"], lease["pattern"].format(sequence=lease["first"])
    )
    assert number is not None
    assert (number.region, number.year, number.sequence) == (short, 2026, 1)


async def test_asking_again_gives_the_same_run(officer, county):
    url = f"/v1/number-leases/{uuid4()}"
    first, again = await officer.put(url, json=asked()), await officer.put(url, json=asked())
    assert first.json() == again.json()
    other = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked())
    assert other.json()["first"] == 21


async def test_the_same_id_for_another_run_is_a_conflict(officer, county):
    url = f"/v1/number-leases/{uuid4()}"
    await officer.put(url, json=asked())
    answer = await officer.put(url, json=asked(count=5))
    assert (answer.status_code, answer.json()["code"]) == (409, "different-content")
    follow = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked())
    assert follow.json()["first"] == 21


async def test_each_unit_document_and_year_counts_for_itself(officer, as_officer, county):
    await officer.put(f"/v1/number-leases/{uuid4()}", json=asked())
    others = [
        (officer, asked(document="inspection-record")),
        (officer, asked(year=2027)),
        (as_officer("140802"), asked()),
        (as_officer("140800KFQ"), asked()),
    ]
    answers = [
        (await client.put(f"/v1/number-leases/{uuid4()}", json=body)).json()
        for client, body in others
    ]
    assert [lease["first"] for lease in answers] == [1, 1, 1, 1]
    assert [lease["unit"] for lease in answers] == ["140882", "140882", "140802", "140800KFQ"]


@pytest.mark.parametrize("counts", [[1] * 16, list(range(1, 17)), [100, 1] * 8])
async def test_sixteen_leases_at_once_never_overlap_and_leave_no_gap(officer, county, counts):
    answers = await asyncio.gather(
        *(officer.put(f"/v1/number-leases/{uuid4()}", json=asked(count=n)) for n in counts)
    )
    runs = sorted((a.json()["first"], a.json()["last"]) for a in answers)
    given = [number for first, last in runs for number in range(first, last + 1)]
    assert given == list(range(1, sum(counts) + 1))


async def test_sixteen_copies_of_one_request_make_one_lease(officer, county):
    url = f"/v1/number-leases/{uuid4()}"
    answers = await asyncio.gather(*(officer.put(url, json=asked()) for _ in range(16)))
    assert {(a.status_code, a.json()["first"], a.json()["last"]) for a in answers} == {(200, 1, 20)}
    following = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked())
    assert following.json()["first"] == 21


async def test_a_document_without_a_template_has_no_numbers(officer, county):
    answer = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked(document="love-letter"))
    assert (answer.status_code, answer.json()["code"]) == (422, "document-unknown")


@pytest.mark.parametrize("count", [0, 101])
async def test_a_lease_holds_one_to_a_hundred_numbers(officer, county, count):
    answer = await officer.put(f"/v1/number-leases/{uuid4()}", json=asked(count=count))
    assert answer.status_code == 422


async def test_who_belongs_to_no_unit_has_no_numbers(as_officer, county):
    nobody = as_officer("140882", "officer", unit="")
    answer = await nobody.put(f"/v1/number-leases/{uuid4()}", json=asked())
    assert answer.status_code == 403
