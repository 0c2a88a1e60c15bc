"""Documents of a case through the door: drafted from the case, judged, numbered, frozen, once."""

import asyncio
import zipfile
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from lawbook.case_needs import DOCUMENT
from lawbook.case_preconditions import wanting
from services.case_svc.case_documents.tables import CaseDraftRow
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.numbers.tables import NumberEndRow
from services.kit.claims import service_itself
from tests.case_svc.casework import story
from tests.lawbook.penalty.stories import ZHANG
from tests.paper.text import text_of

AT = "2026-04-28T09:00:00+08:00"
REPORT: dict[str, Any] = {
    "handler_opinion": "事实清楚，建议处罚。",
    "handled_on": "2026-03-13",
    "discretion": "一般情节。",
}
TELLING: dict[str, Any] = {"organ_address": "河津市泰兴路 2 号", "contact": "张岳　0359-5550009"}
MATTER: dict[str, Any] = {
    "matter": "extension",
    "content": "案情复杂，提请延长三十日。",
    "handler_opinion": "建议延长。",
}
HANDLING: dict[str, Any] = {
    "heard": "当事人请求从轻。", "approval_opinion": "同意。", "approval_by": "赵明远",
    "approval_on": "2026-04-24",
}  # fmt: skip
BANK: dict[str, Any] = {"bank": "河津市农商银行", "account": "财政专户 00000000"}


@pytest.fixture
def desk(office):
    return Desk(office.clients[ZHANG.number])


class Desk:
    """The handler at work on documents."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def draft(
        self, case: str, kind: str, id_: Any = None, revision: int = 0, **said: Any
    ) -> httpx.Response:
        url = f"/v1/cases/{case}/drafts/{id_ or uuid4()}"
        body = {"kind": kind, "said": said, "revision": revision}
        return await self.client.put(url, json=body)

    async def issue(
        self, now: dict[str, Any], draft: str, revision: int = 1, **changes: Any
    ) -> httpx.Response:
        body = {"revision": revision, "at": AT, "after": now["acts"]} | changes
        return await self.client.put(f"/v1/cases/{now['id']}/documents/{draft}", json=body)

    async def made(self, now: dict[str, Any], kind: str, **said: Any) -> dict[str, Any]:
        """A document drafted and issued."""
        drafted = await self.draft(now["id"], kind, **said)
        assert drafted.status_code == 200, drafted.text
        answer = await self.issue(now, drafted.json()["id"])
        assert answer.status_code == 200, (kind, answer.text)
        return dict(answer.json())

    async def told(self, now: dict[str, Any]) -> dict[str, Any]:
        await self.made(now, "investigation-report", **REPORT)
        return await self.made(now, "prior-notice", **TELLING)


async def counted(app, *kinds: str) -> int:
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        found = await session.execute(
            select(func.count()).select_from(DocumentRow).where(DocumentRow.kind.in_(kinds))
        )
        return int(found.scalar_one())


async def ends(app, kind: str) -> list[int]:
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        found = await session.scalars(
            select(NumberEndRow.first)
            .where(NumberEndRow.document == kind)
            .order_by(NumberEndRow.first)
        )
        return list(found)


@pytest.fixture
async def under_way(office):
    """A case approved and about to be decided, after a hearing."""
    return await office.replay(story("hearing-and-instalments"), until="decide")


async def test_a_draft_is_filled_from_the_case_and_nothing_is_typed_twice(desk, under_way):
    drafted = (await desk.draft(under_way["id"], "prior-notice")).json()
    data = drafted["data"]
    assert data["party_name"] == "河津市汾滨机械有限公司"
    assert data["party_code"] == "91140882MA0EXAMPLE"
    assert [one["number"] for one in data["officers"]] == ["14088200001", "14088200002"]
    assert data["violations"][0]["broke"] == "《安全生产法》第三十六条第一款"
    assert data["proposed_fine"] == 6_000_000
    assert data["organ"] == "河津市应急管理局"
    assert drafted["missing"] == ["本机关地址", "联系人和联系电话"]
    assert [one["mends"] for one in drafted["wanting"]] == [
        {"kind": "document", "code": "investigation-report"}
    ]


async def test_what_the_case_records_cannot_be_written_over(desk, under_way):
    said = {"party_name": "别的公司", "violations": [], **TELLING}
    data = (await desk.draft(under_way["id"], "prior-notice", **said)).json()["data"]
    assert data["party_name"] == "河津市汾滨机械有限公司"
    assert data["violations"]
    assert data["contact"] == TELLING["contact"]


async def test_a_document_too_early_is_refused_with_article_and_what_mends_it(desk, app, under_way):
    drafted = (await desk.draft(under_way["id"], "penalty-decision", **BANK)).json()
    refused = await desk.issue(under_way, drafted["id"])
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["code"] == "case-document-too-early"
    assert "行政处罚法 §44" in problem["law"]
    assert {"kind": "document", "code": "prior-notice"} in [
        one.get("mends") for one in problem["wanting"]
    ]
    assert await counted(app, "penalty-decision") == 0


async def test_the_office_judges_as_the_lawbook_does(desk, office, under_way):
    forms = {one["kind"]: one for one in (
        await desk.client.get(f"/v1/cases/{under_way['id']}/forms")).json()["items"]}  # fmt: skip
    timeline = (await office.read(under_way["id"]))["timeline"]
    acts = {f"act:{act['kind']}" for act in timeline}
    acts |= {f"act:serve-{act['said']['of']}" for act in timeline if act["kind"] == "serve"}
    happened = acts | {
        "fact:hearing-asked", "fact:review-due", "fact:deliberation-due", "fact:everything-approved",
    }  # fmt: skip
    for kind, form in forms.items():
        expected = [one.title for one in wanting(kind, happened)]
        assert [one["title"] for one in form["wanting"]] == expected, kind
    assert forms["prior-notice"]["numbered"] == "case"
    assert forms["hearing-record"]["numbered"] == "none"


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


async def test_a_draft_left_open_keeps_the_case_from_being_closed(desk, under_way):
    left = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    closing = (await desk.draft(under_way["id"], "case-closure")).json()
    assert "案件还有未审批或者未完成的文书" in [one["title"] for one in closing["wanting"]]
    url = f"/v1/cases/{under_way['id']}/drafts/{left['id']}"
    assert (await desk.client.delete(url)).status_code == 204
    assert (await desk.client.delete(url)).status_code == 204
    closing = (await desk.client.get(f"/v1/cases/{under_way['id']}/drafts/{closing['id']}")).json()
    assert "案件还有未审批或者未完成的文书" not in [one["title"] for one in closing["wanting"]]


async def test_before_filing_a_document_cannot_bear_the_number_of_its_case(desk, office):
    now = await office.begin(story("transferred").acts[0])
    said = {"handler_opinion": "建议立案。", "found_on": "2026-03-02"}
    drafted = (await desk.draft(now["id"], "case-filing-approval", **said)).json()
    assert (await desk.issue(now, drafted["id"])).json()["code"] == "case-without-number"


async def test_a_form_of_the_site_is_filled_from_the_case_too(desk, under_way):
    said = {"asked": "周正", "cause": "安全生产违法行为", "inquiry_at": AT, "inquiry_place": "询问室",
            "bring": ["id_card"]}  # fmt: skip
    notice = await desk.made(under_way, "inquiry-notice", **said)
    assert notice["data"]["entity_name"] == "河津市汾滨机械有限公司"
    assert notice["number"] == "（河）应急询〔2026〕1号"
    other = await desk.draft(under_way["id"], "inspection-record")
    assert other.json()["code"] == "no-form-of-a-case"


async def test_a_draft_is_read_as_docx(desk, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    answer = await desk.client.get(f"/v1/cases/{under_way['id']}/drafts/{drafted['id']}/docx")
    with zipfile.ZipFile(BytesIO(answer.content)) as file:
        assert "案情复杂，提请延长三十日。" in file.read("word/document.xml").decode()


async def test_another_bureau_neither_sees_nor_writes(desk, as_officer, office, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    stranger = Desk(as_officer("140881", "officer"))
    url = f"/v1/cases/{under_way['id']}/drafts/{drafted['id']}"
    assert (await stranger.client.get(url)).status_code == 404
    assert (await stranger.issue(under_way, drafted["id"])).status_code == 404
    city = Desk(as_officer("1408", "officer"))
    assert (await city.draft(under_way["id"], "matter-approval", **MATTER)).status_code == 403


async def test_a_draft_is_no_document_until_it_is_issued(desk, app, under_way):
    drafted = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    assert (await desk.client.get(f"/v1/documents/{drafted['id']}")).status_code == 404
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        rows = list(await session.scalars(select(CaseDraftRow)))
    assert [row.state for row in rows] == ["draft"]
    assert DOCUMENT not in drafted


async def test_a_draft_is_previewed_with_its_blanks_and_says_that_it_is_one(desk, under_way):
    drafted = (await desk.draft(under_way["id"], "prior-notice", contact=3)).json()
    assert drafted["faults"] == {
        "organ_address": "请填写本机关地址",
        "contact": "联系人和联系电话应当为文字",
    }
    url = f"/v1/cases/{under_way['id']}/drafts/{drafted['id']}"
    pdf = await desk.client.get(f"{url}/preview")
    assert pdf.headers["cache-control"] == "no-store"
    text = text_of(pdf.content, None)
    assert "草稿" in text
    assert "河津市汾滨机械有限公司" in text
    for path in (f"{url}/picture", f"/v1/cases/{under_way['id']}/forms/hearing-report/picture"):
        picture = await desk.client.get(path)
        assert Image.open(BytesIO(picture.content)).width > 800, path
    assert (await desk.client.get(f"{url}/docx")).status_code == 200


async def test_a_field_tells_where_it_comes_from_and_what_stands_on_paper(desk, under_way):
    drafted = (await desk.draft(under_way["id"], "prior-notice", **TELLING)).json()
    fields = {one["code"]: one for one in drafted["fields"]}
    assert fields["party_name"]["source"] == "party.name"
    assert not fields["party_name"]["written"]
    assert fields["party_name"]["shown"] == ["河津市汾滨机械有限公司"]
    assert fields["proposed_fine"]["shown"] == ["陆万元整（¥60,000.00）"]
    assert fields["contact"]["written"]
    assert fields["contact"]["source"] == ""
    assert [one["code"] for one in fields["violations"]["columns"]][:2] == ["description", "broke"]
    assert {one["label"]: one["count"] for one in drafted["signatories"]}["执法人员（签名）"] == 2


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
