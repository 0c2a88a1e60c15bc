"""Inspection schemes: drafted, reviewed, approved, and on paper."""

import asyncio
import hashlib
import json
from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from lawbook.content import load
from paper.compose import compose
from paper.render import render
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.packs.content import template
from services.kit.claims import service_itself
from services.kit.settings import ROOT
from tests.case_svc import proceedings as good
from tests.case_svc.proceedings import entity_state, officer_state

AGREED = {"opinion": "检查内容全面，同意报批。", "agreed": True}
RETURNED = {"opinion": "检查内容过少，请补充。", "agreed": False}
APPROVED = {"opinion": "同意实施。", "agreed": True}


@pytest.fixture
async def url(officer, county):
    """A drafted scheme."""
    at = f"/v1/inspection-schemes/{uuid4()}"
    answer = await officer.put(at, json=good.scheme(county.plant))
    assert answer.status_code == 200, answer.text
    return at


@pytest.fixture
async def approved(url, chief, head):
    """An approved scheme."""
    assert (await chief.put(f"{url}/review", json=AGREED)).status_code == 200
    answer = await head.put(f"{url}/approval", json=APPROVED)
    assert answer.status_code == 200, answer.text
    return url


@pytest.fixture
def read(app):
    """Rows as the service's own account sees them."""

    async def every(statement):
        async with app.state.database.transaction(service_itself("case_svc")) as session:
            return list(await session.scalars(statement))

    return every


async def test_a_scheme_is_drafted_for_two_officers_and_a_complete_plant(officer, county, url):
    scheme = (await officer.get(url)).json()
    assert scheme | good.scheme(county.plant) == scheme
    assert (scheme["stage"], scheme["drafted_by"]) == ("drafted", good.FIRST)
    assert (scheme["region"], scheme["unit"]) == ("140882", "140882")
    assert (scheme["entity_name"], scheme["number"]) == (county.plant_name, None)


async def test_an_incomplete_plant_is_refused_and_what_it_lacks_is_named(officer, county):
    answer = await officer.put(
        f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(county.incomplete)
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "ledger-incomplete")
    assert "法定代表人（负责人）" in answer.json()["detail"]


@pytest.mark.parametrize("officers", [[], [good.FIRST], [good.FIRST, good.FIRST]])
async def test_fewer_than_two_officers_are_refused(officer, county, officers):
    body = good.scheme(county.plant, officers=officers)
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "too-few-officers")
    assert answer.json()["law"] == "行政处罚法 §42"


@pytest.mark.parametrize(
    ("state", "valid_until"),
    [("suspended", "2029-05-09"), ("cancelled", "2029-05-09"), ("valid", "2026-06-22")],
)
async def test_a_certificate_that_is_not_valid_on_the_day_is_refused(
    officer, county, told, state, valid_until
):
    await told(
        "officer.changed", officer_state(good.SECOND, "李秋", state=state, valid_until=valid_until)
    )
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(county.plant))
    assert (answer.status_code, answer.json()["code"]) == (409, "certificate-not-valid")
    assert "李秋" in answer.json()["detail"]


async def test_a_certificate_is_valid_on_its_last_day(officer, county, told):
    await told("officer.changed", officer_state(good.SECOND, "李秋", valid_until="2026-06-23"))
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(county.plant))
    assert answer.status_code == 200


async def test_a_stranger_without_a_certificate_is_refused_by_number(officer, county):
    body = good.scheme(county.plant, officers=[good.FIRST, "14088299999"])
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=body)
    assert answer.json()["code"] == "certificate-not-valid"
    assert "14088299999" in answer.json()["detail"]


@pytest.mark.parametrize("ref", ["metallurgy@1999.1", "unknown@2026.1"])
async def test_a_check_list_that_is_not_there_is_refused(officer, county, ref):
    body = good.scheme(county.plant, checklist=ref)
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "checklist-unknown")


@pytest.mark.parametrize(
    "changes", [{"ground": None}, {"planned_inspection_id": str(uuid4())}, {"contents": []}]
)
async def test_a_scheme_has_one_occasion_and_something_to_look_at(officer, county, changes):
    body = good.scheme(county.plant, **changes)
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=body)
    assert answer.status_code == 422


async def test_a_planned_scheme_is_for_the_plant_that_was_planned(officer, chief, county, told):
    other = entity_state(3)
    await told("entity.entered", other)
    plan, planned = str(uuid4()), str(uuid4())
    await chief.put(f"/v1/plans/{plan}", json=good.plan())
    await chief.put(f"/v1/planned-inspections/{planned}", json=good.planned(plan, county.plant))
    occasion = {"planned_inspection_id": planned, "ground": None}
    right = await officer.put(
        f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(county.plant, **occasion)
    )
    assert (right.status_code, right.json()["planned_inspection_id"]) == (200, planned)
    wrong = await officer.put(
        f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(other["id"], **occasion)
    )
    assert (wrong.status_code, wrong.json()["code"]) == (409, "planned-for-another")


async def test_nobody_reviews_or_approves_what_they_drafted(chief, as_officer, county):
    at = f"/v1/inspection-schemes/{uuid4()}"
    await chief.put(at, json=good.scheme(county.plant))
    answer = await chief.put(f"{at}/review", json=AGREED)
    assert (answer.status_code, answer.json()["code"]) == (409, "own-scheme")
    other = as_officer("140882", "section_chief", officer=good.SECOND)
    assert (await other.put(f"{at}/review", json=AGREED)).status_code == 200
    both = as_officer("140882", "bureau_head", officer=good.CHIEF)
    answer = await both.put(f"{at}/approval", json=APPROVED)
    assert (answer.status_code, answer.json()["code"]) == (409, "own-scheme")


async def test_a_scheme_waits_for_the_approval_of_its_plan(officer, chief, head, county):
    plan, planned, url = uuid4(), str(uuid4()), f"/v1/inspection-schemes/{uuid4()}"
    await chief.put(f"/v1/plans/{plan}", json=good.plan())
    await chief.put(
        f"/v1/planned-inspections/{planned}", json=good.planned(str(plan), county.plant)
    )
    occasion = {"planned_inspection_id": planned, "ground": None}
    await officer.put(url, json=good.scheme(county.plant, **occasion))
    await chief.put(f"{url}/review", json=AGREED)
    answer = await head.put(f"{url}/approval", json=APPROVED)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan-not-approved")
    assert (await head.get(url)).json()["stage"] == "reviewed"
    await head.put(f"/v1/plans/{plan}/approval", json=good.approval())
    assert (await head.put(f"{url}/approval", json=APPROVED)).json()["stage"] == "approved"


async def test_what_nobody_reviewed_cannot_be_approved(url, head):
    answer = await head.put(f"{url}/approval", json=APPROVED)
    assert (answer.status_code, answer.json()["code"]) == (409, "scheme-not-waiting")


async def test_officers_may_not_review_and_chiefs_may_not_approve(url, officer, chief):
    assert (await officer.put(f"{url}/review", json=AGREED)).status_code == 403
    assert (await chief.put(f"{url}/approval", json=APPROVED)).status_code == 403


async def test_a_draft_can_be_changed_and_a_reviewed_scheme_cannot(url, officer, chief, county):
    changed = good.scheme(county.plant, method="现场检查")
    assert (await officer.put(url, json=changed)).json()["method"] == "现场检查"
    await chief.put(f"{url}/review", json=AGREED)
    answer = await officer.put(url, json=good.scheme(county.plant))
    assert (answer.status_code, answer.json()["code"]) == (409, "scheme-settled")
    assert (await officer.put(url, json=changed)).json()["stage"] == "reviewed"


async def test_a_returned_scheme_is_changed_and_goes_its_way_again(
    url, officer, chief, head, county
):
    answer = await chief.put(f"{url}/review", json=RETURNED)
    assert (answer.json()["stage"], answer.json()["review_opinion"]) == (
        "returned",
        RETURNED["opinion"],
    )
    assert (await chief.put(f"{url}/review", json=RETURNED)).json() == answer.json()
    assert (await head.put(f"{url}/approval", json=APPROVED)).status_code == 409
    again = await officer.put(url, json=good.scheme(county.plant, contents=["全部内容"]))
    assert (again.json()["stage"], again.json()["reviewed_by"]) == ("drafted", None)
    await chief.put(f"{url}/review", json=AGREED)
    answer = await head.put(f"{url}/approval", json=RETURNED)
    assert (answer.json()["stage"], answer.json()["number"]) == ("returned", None)
    assert (await officer.put(url, json=good.scheme(county.plant))).json()["approved_by"] is None


async def test_approval_numbers_the_scheme_and_says_who_agreed(approved, officer):
    scheme = (await officer.get(approved)).json()
    units = {u["code"]: u for u in load(ROOT / "content" / "units" / "1408.toml")["unit"]}
    year = scheme["approved_on"][:4]
    assert scheme["number"] == f"（{units['140882']['short_name']}）应急检查〔{year}〕1号"
    assert (scheme["stage"], scheme["reviewed_by"], scheme["approved_by"]) == (
        "approved", good.CHIEF, good.HEAD,
    )  # fmt: skip


async def test_approving_again_issues_nothing_anew(approved, chief, head, read):
    first = (await head.get(approved)).json()
    assert (await head.put(f"{approved}/approval", json=APPROVED)).json() == first
    assert (await chief.put(f"{approved}/review", json=AGREED)).json() == first
    assert len(await read(select(DocumentRow))) == 1
    other = await head.put(f"{approved}/approval", json=RETURNED)
    assert other.json()["code"] == "scheme-not-waiting"


async def test_the_approved_scheme_is_a_document_with_a_frozen_pdf(approved, app, officer, read):
    scheme = (await officer.get(approved)).json()
    (document,) = await read(select(DocumentRow))
    assert (str(document.id), document.number) == (scheme["document_id"], scheme["number"])
    assert (document.kind, document.name) == ("inspection-scheme", "现场检查方案")
    stored = b"".join([chunk async for chunk in app.state.files.store.read(document.pdf_sha256)])
    assert stored.startswith(b"%PDF")
    assert (hashlib.sha256(stored).hexdigest(), len(stored)) == (
        document.pdf_sha256,
        document.pdf_size,
    )
    assert list(app.state.files.spool.iterdir()) == []


async def test_the_pdf_can_be_drawn_again_from_what_was_kept(approved, read):
    (document,) = await read(select(DocumentRow))
    form = template(ROOT / "content", document.template)
    composed = compose(form, document.data, document.number, ())
    assert composed.digest == document.digest
    pdf = render(composed, document.renderer, issued_at=document.issued_at)
    assert hashlib.sha256(pdf).hexdigest() == document.pdf_sha256


async def test_the_paper_names_the_occasion_the_officers_and_who_agreed(approved, read, county):
    (document,) = await read(select(DocumentRow))
    assert document.data["ground"] == "complaint"
    assert document.data["entity_name"] == county.plant_name
    assert [o["name"] for o in document.data["officers"]] == ["张岳", "李秋"]
    assert (document.data["reviewed_by"], document.data["approved_by"]) == ("王衡", "赵明远")


async def test_an_occasion_without_a_box_of_its_own_is_told_in_the_remark(
    officer, chief, head, county, read
):
    at = f"/v1/inspection-schemes/{uuid4()}"
    await officer.put(at, json=good.scheme(county.plant, ground="上级交办"))
    await chief.put(f"{at}/review", json=AGREED)
    await head.put(f"{at}/approval", json=APPROVED)
    (document,) = await read(select(DocumentRow))
    assert (document.data["ground"], document.data["remark"]) == ("other", "检查事由：上级交办")


async def test_sixteen_approvals_at_once_issue_one_document(url, chief, head, read):
    await chief.put(f"{url}/review", json=AGREED)
    answers = await asyncio.gather(*(head.put(f"{url}/approval", json=APPROVED) for _ in range(16)))
    assert {a.status_code for a in answers} == {200}
    assert {a.json()["number"][-2:] for a in answers} == {"1号"}
    assert len(await read(select(DocumentRow))) == 1


async def test_an_approval_that_fails_leaves_no_gap_in_the_numbers(
    officer, chief, head, county, told
):
    urls = [f"/v1/inspection-schemes/{uuid4()}" for _ in range(2)]
    for at in urls:
        await officer.put(at, json=good.scheme(county.plant))
        await chief.put(f"{at}/review", json=AGREED)
    await told("officer.changed", officer_state(good.SECOND, "李秋", state="cancelled"))
    failed = await head.put(f"{urls[0]}/approval", json=APPROVED)
    assert failed.json()["code"] == "certificate-not-valid"
    assert (await head.get(urls[0])).json()["stage"] == "reviewed"
    await told("officer.changed", officer_state(good.SECOND, "李秋"))
    answer = await head.put(f"{urls[1]}/approval", json=APPROVED)
    assert answer.json()["number"].endswith("〕1号")


async def test_the_feed_tells_each_step_with_the_scheme_as_it_is(approved, follower):
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    told = [c for c in changes if c["kind"].startswith("inspection_scheme.")]
    assert [c["kind"].partition(".")[2] for c in told] == ["drafted", "reviewed", "approved"]
    assert {c["state"]["stage"] for c in told} == {"approved"}
    assert [c["kind"] for c in changes if c["kind"].startswith("document.")] == ["document.issued"]


async def test_a_pull_holds_the_same_shape_as_the_resource(approved, officer):
    lines = (await officer.get("/v1/pulls/inspection-schemes")).text.splitlines()
    pulled, resource = json.loads(lines[0]), (await officer.get(approved)).json()
    moments = [datetime.fromisoformat(s.pop("drafted_at")) for s in (pulled, resource)]
    assert moments[0] == moments[1]
    assert pulled == resource
    trailer = json.loads(lines[-1])
    after = (
        await officer.get("/v1/pulls/inspection-schemes", params={"after": trailer["next"]})
    ).text.splitlines()
    assert json.loads(after[-1])["rows"] == 0


async def test_schemes_are_listed_by_stage_in_pages(officer, chief, county, url):
    for _ in range(2):
        await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(county.plant))
    await chief.put(f"{url}/review", json=AGREED)
    waiting = (await chief.get("/v1/inspection-schemes", params={"stage": "reviewed"})).json()[
        "items"
    ]
    assert [f"/v1/inspection-schemes/{s['id']}" for s in waiting] == [url]
    first = (await chief.get("/v1/inspection-schemes", params={"limit": 2})).json()
    rest = (
        await chief.get("/v1/inspection-schemes", params={"limit": 2, "after": first["next"]})
    ).json()
    assert len({s["id"] for s in first["items"] + rest["items"]}) == 3
    assert rest["next"] is None


async def test_a_neighbouring_county_cannot_see_it_and_the_city_can(as_officer, url):
    seen_by = {
        region: (await as_officer(region).get(url)).status_code
        for region in ("140882", "140802", "140800KFQ", "1408")
    }
    assert seen_by == {"140882": 200, "140802": 404, "140800KFQ": 404, "1408": 200}


async def test_a_plant_of_another_county_cannot_be_chosen(as_officer, county):
    neighbour = as_officer("140802", "officer")
    answer = await neighbour.put(
        f"/v1/inspection-schemes/{uuid4()}", json=good.scheme(county.plant)
    )
    assert answer.status_code == 404
