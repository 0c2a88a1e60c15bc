"""Documents issued on the spot: numbered from the lease, signed, frozen."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from paper.digest import digest
from services.kit.claims import service_itself
from tests.case_svc.on_the_spot import (
    document,
    document_data,
    drawn,
    finding,
    inspection,
    leased,
    recorded,
    reinspection,
    signature,
    uploaded,
)
from tests.case_svc.proceedings import CHIEF, FIRST, SECOND, approval, plan, planned

RECORD, ORDER, OPINION = "inspection-record", "correction-order", "reinspection-opinion"


async def put(client, body):
    return await client.put(f"/v1/documents/{body['id']}", json=body)


async def issued(client, body):
    answer = await put(client, body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
async def visit(officer, county):
    """An inspection of the plant, recorded."""
    await recorded(officer, body := inspection(county.plant, ("G06", "G02")))
    return body


async def test_a_record_is_taken_and_waits_for_its_pdf(officer, visit, county):
    body = document(visit, await leased(officer, RECORD))
    told = await issued(officer, body)
    assert (told["state"], told["name"]) == ("pdf_pending", "现场检查记录")
    assert (told["unit"], told["entity_name"]) == ("140882", county.plant_name)
    # Of what this tablet does not say the office makes nothing up.
    for one in told["signatures"]:
        left = ("given_on", "signed_paper", "page", "page_digest", "clock", "location")
        assert [one.pop(name) for name in left] == [None] * 6
    assert {name: told[name] for name in body} == body
    assert (await officer.get(f"/v1/documents/{body['id']}/pdf")).status_code == 404


async def test_its_pdf_is_the_bytes_that_were_issued_and_drawing_it_anew_gives_the_same(
    officer, visit
):
    lease = await leased(officer, RECORD)
    body = document(visit, lease)
    pdf = drawn(body)
    body = document(visit, lease, pdf=pdf, id=body["id"])
    await issued(officer, body)
    await uploaded(officer, pdf, "application/pdf")
    url = f"/v1/documents/{body['id']}"
    assert (await officer.get(url)).json()["state"] == "complete"
    kept = await officer.get(url + "/pdf")
    assert kept.content == pdf
    assert kept.headers["content-type"] == "application/pdf"
    assert (await officer.get(url + "/rendering")).content == pdf


async def test_when_the_pdf_came_first_it_is_complete_at_once(officer, visit):
    await uploaded(officer, b"%PDF-1.7 short", "application/pdf")
    told = await issued(officer, document(visit, await leased(officer, RECORD)))
    assert told["state"] == "complete"


async def test_issuing_it_again_gives_the_same_answer(officer, visit):
    body = document(visit, await leased(officer, RECORD))
    assert await issued(officer, body) == await issued(officer, body)


async def test_sixteen_at_once_issue_one_document(officer, visit):
    body = document(visit, await leased(officer, RECORD))
    answers = await asyncio.gather(*(put(officer, body) for _ in range(16)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    listed = await officer.get("/v1/documents", params={"inspection": visit["id"]})
    assert len(listed.json()["items"]) == 1


async def test_the_service_itself_cannot_change_what_was_issued(officer, visit, app):
    await issued(officer, document(visit, await leased(officer, RECORD)))
    for change in ("number = 'x'", "data = '{}'", "signatures = '[]'", "pdf_sha256 = 'x'"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with app.state.database.transaction(service_itself("case_svc")) as session:
                await session.execute(text(f"update case_svc.document set {change}"))
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with app.state.database.transaction(service_itself("case_svc")) as session:
            await session.execute(text("delete from case_svc.document"))


async def test_a_number_outside_the_lease_is_refused(officer, visit):
    lease = await leased(officer, RECORD, count=2)
    for nth in (-1, 2):
        answer = await put(officer, document(visit, lease, nth=nth))
        assert (answer.status_code, answer.json()["code"]) == (409, "number-not-leased")


async def test_a_number_spelled_otherwise_is_refused(officer, visit):
    lease = await leased(officer, RECORD)
    data = document_data(RECORD, visit)
    for sequence in ("01", "1 ", "１", "1号1", ""):
        number = lease["pattern"].replace("{sequence}", sequence)
        seal = digest(RECORD, number, data)
        body = document(visit, lease, data=data, number=number, digest=seal)
        answer = await put(officer, body)
        assert answer.json()["code"] == "number-not-leased"


@pytest.mark.parametrize("of", ["kind", "device", "unit", "year", "none", "unknown"])
async def test_a_number_of_another_lease_is_refused(officer, as_officer, visit, of):
    lease = await leased(officer, ORDER if of == "kind" else RECORD)
    body = document(visit, lease)
    client, code = officer, "number-not-leased"
    if of == "device":
        body["device"] = "tablet-2"
    elif of == "unit":
        client = as_officer("140882", unit="1408")
    elif of == "year":
        body["issued_at"], code = "2027-01-01T00:30:00Z", "number-of-another-year"
    elif of == "none":
        body["lease_id"] = None
    elif of == "unknown":
        body["lease_id"], code = str(uuid4()), "not-known-yet"
    answer = await put(client, body)
    assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_a_number_is_used_once(officer, visit):
    lease = await leased(officer, RECORD)
    await issued(officer, document(visit, lease))
    answer = await put(officer, document(visit, lease))
    assert (answer.status_code, answer.json()["code"]) == (409, "number-taken")


async def test_two_who_use_one_number_at_once_make_one_document(officer, visit):
    lease = await leased(officer, RECORD)
    answers = await asyncio.gather(*(put(officer, document(visit, lease)) for _ in range(8)))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409}


async def test_a_signature_for_other_content_is_refused(officer, visit):
    body = document(visit, await leased(officer, RECORD))
    body["data"]["situation"] = "另有其事"
    answer = await put(officer, body)
    assert answer.json()["code"] == "signature-of-other-content"


async def test_a_digest_that_is_not_the_contents_is_refused(officer, visit):
    body = document(visit, await leased(officer, RECORD), digest="0" * 64)
    assert (await put(officer, body)).json()["code"] == "digest-differs"


async def test_a_required_field_that_is_empty_is_named(officer, visit):
    data = document_data(RECORD, visit) | {"situation": ""}
    answer = await put(officer, document(visit, await leased(officer, RECORD), data=data))
    assert answer.json()["code"] == "document-field-missing"
    assert "检查情况" in answer.json()["detail"]


async def test_who_must_sign_must_have_signed(officer, visit):
    lease = await leased(officer, RECORD)
    seal = document(visit, lease)["digest"]
    first, second = (
        signature(seal, "officer", "张岳", FIRST),
        signature(seal, "officer", "李秋", SECOND),
    )
    party = signature(seal, "party", "贺平川")
    witness = signature(seal, "witness", "邻厂负责人")
    stranger = signature(seal, "officer", "王衡", CHIEF)
    nobody = signature(seal, "officer", "某某")
    codes = {}
    for name, signed in {
        "one officer": [first, party], "the same twice": [first, first, party],
        "no party": [first, second], "a stranger": [first, second, stranger, party],
        "no number": [first, second, nobody, party], "a witness": [first, second, witness],
    }.items():  # fmt: skip
        codes[name] = (
            (await put(officer, document(visit, lease, signatures=signed))).json().get("code")
        )
    assert codes == {
        "one officer": "signatures-missing", "the same twice": "signatures-missing",
        "no party": "signatures-missing", "a stranger": "not-a-signer",
        "no number": "not-a-signer", "a witness": None,
    }  # fmt: skip


async def test_an_order_orders_what_was_found(officer, visit):
    lease = await leased(officer, ORDER)
    for nth, change in enumerate(
        (lambda p: p[0].update(correct_by="2026-12-31"), lambda p: p.append(dict(p[0])),
         lambda p: p[0].update(description="另一件事")), start=1
    ):  # fmt: skip
        data = document_data(ORDER, visit)
        change(data["problems"])
        answer = await put(officer, document(visit, lease, kind=ORDER, nth=nth, data=data))
        assert (answer.status_code, answer.json()["code"]) == (409, "order-hazards-differ")
    assert (await issued(officer, document(visit, lease, kind=ORDER)))["kind"] == ORDER


async def test_where_nothing_was_found_nothing_can_be_ordered(officer, county):
    await recorded(officer, clean := inspection(county.plant, ()))
    data = document_data(ORDER, inspection(county.plant, findings=[finding("G06")]))
    body = document(clean, await leased(officer, ORDER), kind=ORDER, data=data)
    assert (await put(officer, body)).json()["code"] == "nothing-to-correct"


async def test_an_opinion_needs_its_reinspection(officer, visit):
    lease = await leased(officer, OPINION)
    body = document(visit, lease, kind=OPINION)
    assert (await put(officer, body)).json()["code"] == "not-reinspected"
    again = reinspection(visit)
    await officer.put(f"/v1/reinspections/{again['id']}", json=again)
    assert (await put(officer, body)).json()["code"] == "order-first"
    await issued(officer, document(visit, await leased(officer, ORDER), kind=ORDER))
    assert (await issued(officer, body))["kind"] == OPINION


async def test_a_scheme_is_not_issued_on_a_tablet_and_an_unknown_kind_not_at_all(officer, visit):
    lease = await leased(officer, RECORD)
    for kind in ("inspection-scheme", "love-letter"):
        body = document(visit, lease) | {"kind": kind}
        assert (await put(officer, body)).status_code == 422


async def test_a_record_counts_for_the_plan(officer, chief, head, county, follower):
    plan_id, planned_id = str(uuid4()), str(uuid4())
    for client, path, body in (
        (chief, f"plans/{plan_id}", plan()),
        (chief, f"planned-inspections/{planned_id}", planned(plan_id, county.plant)),
        (head, f"plans/{plan_id}/approval", approval()),
    ):
        assert (await client.put(f"/v1/{path}", json=body)).status_code == 200
    visit = inspection(county.plant, (), planned_inspection_id=planned_id)
    await recorded(officer, visit)
    url = f"/v1/planned-inspections/{planned_id}"
    assert (await officer.get(url)).json()["done"] == 0
    await issued(officer, document(visit, await leased(officer, RECORD)))
    assert (await officer.get(url)).json()["done"] == 1
    kinds = [c["kind"] for c in (await follower.get("/v1/feeds/case")).json()["changes"]]
    assert kinds[-2:] == ["document.issued", "planned_inspection.done"]


async def test_another_county_sees_no_document(officer, as_officer, visit):
    body = document(visit, await leased(officer, RECORD))
    await issued(officer, body)
    await uploaded(officer, b"%PDF-1.7 short", "application/pdf")
    other, url = as_officer("140802"), f"/v1/documents/{body['id']}"
    for path in ("", "/pdf", "/rendering"):
        assert (await other.get(url + path)).status_code == 404
    assert (await other.get("/v1/documents")).json()["items"] == []
    assert len((await as_officer("1408").get("/v1/documents")).json()["items"]) == 1


async def test_documents_come_newest_first_by_kind_in_pages(officer, visit):
    records, orders = await leased(officer, RECORD), await leased(officer, ORDER)
    for nth, minute in enumerate((10, 30, 20)):
        body = document(visit, records, nth=nth, issued_at=f"2026-06-23T04:{minute}:00Z")
        await issued(officer, body)
    await issued(officer, document(visit, orders, kind=ORDER))
    params = {"kind": RECORD, "limit": 2}
    first = (await officer.get("/v1/documents", params=params)).json()
    rest = (await officer.get("/v1/documents", params=params | {"after": first["next"]})).json()
    minutes = [one["issued_at"][14:16] for one in first["items"] + rest["items"]]
    assert minutes == ["30", "20", "10"]
    assert rest["next"] is None
