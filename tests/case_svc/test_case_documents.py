"""Documents of a case through the door: drafted from the case, judged, shown; many at once."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from lawbook.case_preconditions import wanting
from tests.case_svc.casework import story
from tests.case_svc.paper_desk import AT, BANK, MATTER, TELLING, Desk, counted
from tests.lawbook.penalty.stories import ZHANG
from tests.paper.text import text_of


@pytest.fixture
def desk(office):
    return Desk(office.clients[ZHANG.number])


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


async def test_a_draft_left_open_keeps_the_case_from_being_closed(desk, under_way):
    left = (await desk.draft(under_way["id"], "matter-approval", **MATTER)).json()
    closing = (await desk.draft(under_way["id"], "case-closure")).json()
    assert "案件还有未审批或者未完成的文书" in [one["title"] for one in closing["wanting"]]
    url = f"/v1/cases/{under_way['id']}/drafts/{left['id']}"
    assert (await desk.client.delete(url)).status_code == 204
    assert (await desk.client.delete(url)).status_code == 204
    closing = (await desk.client.get(f"/v1/cases/{under_way['id']}/drafts/{closing['id']}")).json()
    assert "案件还有未审批或者未完成的文书" not in [one["title"] for one in closing["wanting"]]


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
