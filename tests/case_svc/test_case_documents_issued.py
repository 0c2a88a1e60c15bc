"""Documents of a case issued: numbered, frozen, once, of their day; void ones count for nothing."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from lawbook.case_needs import DOCUMENT
from services.case_svc.case_documents.tables import CaseDraftRow
from services.case_svc.cases.tables import CaseRow
from services.kit.claims import service_itself
from tests.case_svc.casework import story
from tests.case_svc.paper_desk import (
    AT,
    BANK,
    HANDLING,
    MATTER,
    REPORT,
    TELLING,
    Desk,
    counted,
    ends,
)
from tests.lawbook.penalty.stories import ZHANG
from tests.paper.text import text_of


@pytest.fixture
def desk(office):
    return Desk(office.clients[ZHANG.number])


@pytest.fixture
async def under_way(office):
    """A case approved and about to be decided, after a hearing."""
    return await office.replay(story("hearing-and-instalments"), until="decide")


async def test_documents_of_a_case_bear_its_number_and_a_second_one_says_so(desk, under_way):
    sequence = under_way["number"].partition("〕")[2]
    report = await desk.made(under_way, "investigation-report", **REPORT)
    first = await desk.made(under_way, "prior-notice", **TELLING)
    second = await desk.made(under_way, "prior-notice", **TELLING)
    assert report["number"] == f"（河）应急终报〔2026〕{sequence}"
    assert first["number"] == f"（河）应急罚告〔2026〕{sequence}"
    assert second["number"] == first["number"].replace("号", "-2号")


async def test_a_decision_is_issued_frozen_and_drawn_the_same_again(desk, under_way):
    await desk.told(under_way)
    await desk.made(under_way, "hearing-right-notice", **TELLING)
    await desk.made(under_way, "hearing-notice", **TELLING)
    await desk.made(under_way, "hearing-report")
    await desk.made(under_way, "case-handling-approval", **HANDLING)
    decision = await desk.made(under_way, "penalty-decision", **BANK)
    assert decision["state"] == "complete"
    assert decision["case_id"] == under_way["id"]
    pdf = (await desk.client.get(f"/v1/documents/{decision['id']}/pdf")).content
    drawn = (await desk.client.get(f"/v1/documents/{decision['id']}/rendering")).content
    assert pdf == drawn
    text = text_of(pdf, decision["number"])
    assert "罚款合计人民币陆万元整（¥60,000.00）" in text
    assert "向河津市人民政府申请行政复议" in text
    listed = await desk.client.get("/v1/documents", params={"case": under_way["id"]})
    assert decision["id"] in [one["id"] for one in listed.json()["items"]]


async def test_issuing_again_changes_nothing_and_takes_no_number(desk, app, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    answers = await asyncio.gather(*(desk.issue(under_way, drafted["id"]) for _ in range(3)))
    assert {one.status_code for one in answers} == {200}
    assert {one.json()["number"] for one in answers} == {"2026-1"}
    assert len({one.json()["pdf_sha256"] for one in answers}) == 1
    assert await counted(app, "matter-approval") == 1
    assert await ends(app, "matter-approval") == [1]


async def test_many_at_once_leave_no_gap_and_no_number_twice(desk, office, app, under_way):
    other = await office.replay(story("transferred"), until="propose-transfer")
    drafts = [
        (now, (await desk.draft(now["id"], "matter-approval", **MATTER)).json()["id"])
        for now in (under_way, other) * 4
    ]
    answers = await asyncio.gather(*(desk.issue(now, draft) for now, draft in drafts))
    numbers = sorted(answer.json()["number"] for answer in answers)
    assert numbers == [f"2026-{at}" for at in range(1, 9)]
    assert await ends(app, "matter-approval") == list(range(1, 9))


class Failing:
    """A place for files that is full when a document is to be kept."""

    def __init__(self, files) -> None:
        self.files = files

    def spooled(self, name):
        return self.files.spooled(name)

    async def keep(self, spooled):
        raise OSError("No space left on device")


async def test_a_fall_between_number_and_document_loses_neither(desk, app, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    files, app.state.files = app.state.files, Failing(app.state.files)
    try:
        assert (await desk.issue(under_way, drafted["id"])).status_code >= 500
    finally:
        app.state.files = files
    assert await counted(app, "matter-approval") == 0
    assert await ends(app, "matter-approval") == []
    again = await desk.issue(under_way, drafted["id"])
    assert again.json()["number"] == "2026-1"
    assert await ends(app, "matter-approval") == [1]


async def test_a_required_field_left_empty_takes_no_number(desk, app, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", matter="other")).json()
    refused = await desk.issue(under_way, drafted["id"])
    assert refused.json()["code"] == "document-field-missing"
    assert await ends(app, "matter-approval") == []


async def test_who_confirmed_an_older_draft_or_an_older_case_is_told(desk, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    id_ = UUID(drafted["id"])
    again = await desk.draft(
        under_way["id"], "matter-approval", id_, 1, **MATTER, legal_opinion="可。"
    )
    assert again.json()["revision"] == 2
    stale = await desk.draft(under_way["id"], "matter-approval", id_, 1, **MATTER)
    assert stale.json()["code"] == "draft-moved-on"
    assert (await desk.issue(under_way, drafted["id"])).json()["code"] == "draft-moved-on"
    older = await desk.issue(under_way, drafted["id"], 2, after=under_way["acts"] - 1)
    assert older.json()["code"] == "case-moved-on"
    assert (await desk.issue(under_way, drafted["id"], 2)).status_code == 200
    closed = await desk.draft(under_way["id"], "matter-approval", id_, 2, matter="other")
    assert closed.json()["code"] == "draft-closed"


async def test_before_filing_a_document_cannot_bear_the_number_of_its_case(desk, office):
    now = await office.begin(story("transferred").acts[0])
    said = {"handler_opinion": "建议立案。", "found_on": "2026-03-02"}
    drafted = (await desk.draft(now["id"], "case-filing-approval", **said)).json()
    assert (await desk.issue(now, drafted["id"])).json()["code"] == "case-without-number"


async def test_a_draft_is_no_document_until_it_is_issued(desk, app, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    assert (await desk.client.get(f"/v1/documents/{drafted['id']}")).status_code == 404
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        rows = list(await session.scalars(select(CaseDraftRow)))
    assert [row.state for row in rows] == ["draft"]
    assert DOCUMENT not in drafted


async def test_a_void_document_counts_for_nothing_and_its_number_is_not_given_again(
    desk, under_way
):
    await desk.made(under_way, "investigation-report", **REPORT)
    first = await desk.made(under_way, "prior-notice", **TELLING)
    url = f"/v1/cases/{under_way['id']}/documents"
    body = {"reason": "联系电话写错。", "at": AT}
    told = await desk.client.put(f"{url}/{first['id']}/void", json=body)
    assert told.json()["void"]["reason"] == "联系电话写错。"
    assert (await desk.client.put(f"{url}/{first['id']}/void", json=body)).json() == told.json()
    other = await desk.client.put(f"{url}/{first['id']}/void", json=body | {"reason": "另一理由"})
    assert other.json()["code"] == "different-content"
    items = (await desk.client.get(url)).json()["items"]
    assert {one["kind"]: bool(one["void"]) for one in items} == {
        "investigation-report": False, "prior-notice": True,
    }  # fmt: skip
    right = (await desk.draft(under_way["id"], "hearing-right-notice", **TELLING)).json()
    assert [one["title"] for one in right["wanting"]] == ["尚未出具行政处罚告知书"]
    second = await desk.made(under_way, "prior-notice", **TELLING)
    assert second["number"] == first["number"].replace("号", "-2号")


async def test_what_was_served_or_belongs_elsewhere_is_not_voided(desk, office, under_way):
    timeline = (await office.read(under_way["id"]))["timeline"]
    service = next(act for act in timeline if act["said"].get("of") == "penalty-notice")
    early = {"at": service["at"]}
    await desk.made(under_way, "investigation-report", **REPORT)
    drafted = (await desk.draft(under_way["id"], "prior-notice", **TELLING)).json()
    notice = (await desk.issue(under_way, drafted["id"], **early)).json()
    url = f"/v1/cases/{under_way['id']}/documents"
    body = {"reason": "写错。", "at": AT}
    served = await desk.client.put(f"{url}/{notice['id']}/void", json=body)
    assert served.json()["code"] == "document-served"
    strange = await desk.client.put(f"{url}/{uuid4()}/void", json=body)
    assert strange.json()["code"] == "no-document-of-this-case"


async def test_another_bureau_neither_sees_a_picture_nor_voids(desk, as_officer, under_way):
    report = await desk.made(under_way, "investigation-report", **REPORT)
    stranger = as_officer("140881", "officer")
    case = f"/v1/cases/{under_way['id']}"
    for path in (
        f"{case}/documents", f"{case}/forms/prior-notice/picture",
        f"/v1/documents/{report['id']}/picture",
    ):  # fmt: skip
        assert (await stranger.get(path)).status_code == 404, path
    body = {"reason": "写错。", "at": AT}
    url = f"{case}/documents/{report['id']}/void"
    assert (await stranger.put(url, json=body)).status_code == 404
    assert (await as_officer("1408", "officer").put(url, json=body)).status_code == 403


async def test_what_a_bureau_says_of_itself_is_written_once(desk, office, under_way):
    await desk.told(under_way)
    right = (await desk.draft(under_way["id"], "hearing-right-notice")).json()
    assert right["missing"] == []
    assert right["data"]["contact"] == TELLING["contact"]
    fields = {one["code"]: one for one in right["fields"]}
    # Proposed, to be confirmed: a contact may be another one.
    assert fields["contact"]["written"]
    said = (await desk.draft(under_way["id"], "hearing-right-notice", contact="李秋")).json()
    assert said["data"]["contact"] == "李秋"
    other = await office.replay(story("transferred"), until="propose-transfer")
    letter = (await desk.draft(other["id"], "crime-transfer")).json()
    assert letter["data"]["organ_address"] == TELLING["organ_address"]


async def test_a_document_bears_the_day_for_which_it_is_made_and_is_shown_so_before(
    desk, under_way
):
    drafted = (await desk.draft(under_way["id"], "prior-notice", **TELLING)).json()
    at = "2026-03-30T10:00:00+08:00"
    url = f"/v1/cases/{under_way['id']}/drafts/{drafted['id']}"
    preview = await desk.client.get(f"{url}/preview", params={"at": at})
    await desk.made(under_way, "investigation-report", **REPORT)
    issued = (await desk.issue(under_way, drafted["id"], at=at)).json()
    pdf = await desk.client.get(f"/v1/documents/{issued['id']}/pdf")
    for made, number in ((preview.content, None), (pdf.content, issued["number"])):
        assert "2026年3月30日" in text_of(made, number).replace(" ", "")
    told = (await desk.client.get(url, params={"at": at})).json()
    assert "2026-03-30" in str(told["data"])


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2999-01-01T09:00:00+08:00", "day-ahead"),
        ("2025-03-30T09:00:00+08:00", "document-before-case"),
    ],
)
async def test_a_document_of_no_day_of_its_case_takes_no_number(desk, app, under_way, at, code):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    answer = await desk.issue(under_way, drafted["id"], at=at)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await ends(app, "matter-approval") == []


async def test_nothing_is_issued_in_a_case_that_is_archived(desk, app, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        await session.execute(
            update(CaseRow).where(CaseRow.id == UUID(under_way["id"])).values(stage="archived")
        )
    answer = await desk.issue(under_way, drafted["id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "document-of-a-sealed-case")
    assert await ends(app, "matter-approval") == []
