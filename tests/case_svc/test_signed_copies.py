"""A document is signed on paper: its scan lies beside it, bound by hash, and in the sealed file."""

import hashlib
import shutil
from uuid import UUID, uuid4

import pytest

from services.case_svc.archives.pieces import looked_through
from services.case_svc.cases import reading
from services.case_svc.cases.world import law
from services.kit.claims import service_itself
from tests.case_svc.casework import story
from tests.case_svc.closed_cases import body, closed, verification
from tests.case_svc.on_the_spot import uploaded
from tests.case_svc.paper_desk import AT, MATTER, Desk
from tests.examples import jpeg
from tests.lawbook.penalty.stories import WANG, ZHANG

SCAN = jpeg(60, 80, 7)
HASH = hashlib.sha256(SCAN).hexdigest()
SAID = {"signed_by": ["当事人 周正", "执法人员 张岳"], "signed_on": "2026-04-28", "at": AT}


@pytest.fixture
def desk(office):
    return Desk(office.clients[ZHANG.number])


@pytest.fixture
async def issued(desk, office):
    """A case under way, and a document issued in it."""
    case = await office.replay(story("hearing-and-instalments"), until="decide")
    return case, await desk.made(case, "matter-approval", **MATTER)


def url_of(case, document, copy=None):
    base = f"/v1/cases/{case['id']}/documents/{document['id']}/signed-copies"
    return f"{base}/{copy or uuid4()}"


async def listed(desk, case, document):
    told = (await desk.client.get(f"/v1/cases/{case['id']}/documents")).json()["items"]
    return next(one for one in told if one["id"] == document["id"])


async def test_a_scan_is_bound_to_its_document_once_and_opens_as_it_came(desk, issued):
    case, document = issued
    url, told = url_of(case, document), SAID | {"sha256": HASH}
    early = await desk.client.put(url, json=told)
    assert (early.status_code, early.json()["code"]) == (404, "file-not-arrived")
    await uploaded(desk.client, SCAN)
    first, again = [await desk.client.put(url, json=told) for _ in range(2)]
    assert (first.status_code, again.json()) == (200, first.json())
    assert (await desk.client.put(url, json=told | {"note": "另一份"})).status_code == 409
    (copy,) = (await listed(desk, case, document))["signed"]
    assert (copy["signed_by"], copy["sha256"]) == (SAID["signed_by"], HASH)
    assert (await desk.client.get(url)).content == SCAN


async def test_what_is_no_scan_of_a_valid_document_is_refused(desk, issued):
    case, document = issued
    await uploaded(desk.client, SCAN)
    sound = b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(64)
    await uploaded(desk.client, sound, "audio/mpeg")
    told = SAID | {"sha256": HASH}

    async def code(document, **changes):
        answer = await desk.client.put(url_of(case, document), json=told | changes)
        return answer.status_code, answer.json()["code"]

    assert await code(document, sha256=hashlib.sha256(sound).hexdigest()) == (422, "no-scan")
    assert await code(document, signed_on="2026-04-29") == (409, "day-ahead")
    assert await code(document, signed_by=[]) == (422, "malformed")
    assert await code({"id": str(uuid4())}) == (404, "no-document-of-this-case")
    void = {"reason": "写错", "at": AT}
    at = f"/v1/cases/{case['id']}/documents/{document['id']}/void"
    assert (await desk.client.put(at, json=void)).status_code == 200
    assert await code(document) == (409, "document-is-void")


async def test_another_bureau_neither_binds_nor_sees_a_signed_copy(desk, issued, as_officer):
    case, document = issued
    await uploaded(desk.client, SCAN)
    url, told = url_of(case, document), SAID | {"sha256": HASH}
    assert (await desk.client.put(url, json=told)).status_code == 200
    other = as_officer("140881", "officer", "auditor")
    assert (await other.get(url)).status_code == 404
    assert (await other.put(url_of(case, document), json=told)).status_code == 404


async def signed_and_archived(office, county):
    """A case whose filing was signed on paper, its scan put beside it, and its file sealed."""
    case, client = await closed(office, county), office.clients[ZHANG.number]
    told = (await client.get(f"/v1/cases/{case.id}/documents")).json()["items"]
    document = next(one for one in told if one["kind"] == "case-filing-approval")
    await uploaded(client, SCAN)
    url = url_of({"id": case.id}, document)
    answer = await client.put(url, json=SAID | {"sha256": HASH})
    assert answer.status_code == 200, answer.text
    sealed = await office.clients[WANG.number].put(f"/v1/cases/{case.id}/archive", json=body(case))
    assert sealed.status_code == 200, sealed.text
    return case, url


async def test_signed_copies_lie_behind_their_document_in_the_sealed_file(office, county):
    case, url = await signed_and_archived(office, county)
    client = office.clients[ZHANG.number]
    told = (await client.get(f"/v1/cases/{case.id}/archive")).json()["catalogue"]
    titles = [one["title"] for one in told]
    at = titles.index("立案审批表（签名件）")
    assert titles[at - 1] == "立案审批表"
    assert told[at]["sha256"] == HASH
    assert told[at]["note"] == "当事人 周正、执法人员 张岳 2026-04-28 签"
    assert (await verification(office, case))["intact"]
    more = url.rpartition("/")[0] + f"/{uuid4()}"
    answer = await client.put(more, json=SAID | {"sha256": HASH})
    assert answer.json()["code"] == "document-of-a-sealed-case"


async def test_a_signed_copy_changed_behind_the_services_back_is_found(office, county, owner):
    case, _ = await signed_and_archived(office, county)
    await owner.execute("update case_svc.signed_copy set sha256 = $1", "ab" * 32)
    told = await verification(office, case)
    assert "立案审批表（签名件）登记的摘要被改动" in [one["what"] for one in told["faults"]]


async def test_a_file_can_be_asked_for_the_signatures_that_the_law_wants(
    app, desk, office, settings, tmp_path
):
    case = await office.replay(story("hearing-and-instalments"), until="archive")
    told = (await desk.client.get(f"/v1/cases/{case['id']}/documents")).json()["items"]
    wanted = {one["name"]: one for one in told if one["to_sign"]}
    assert set(wanted) == {"案件文书送达回执", "听证笔录"}
    content = tmp_path / "content"
    shutil.copytree(settings.content, content)
    path = content / "archive" / "signatures.toml"
    path.write_text(path.read_text("utf-8").replace("asked = false", "asked = true"), "utf-8")

    async def lacking(folder):
        async with app.state.database.transaction(service_itself("case_svc")) as session:
            row = await reading.one(session, UUID(case["id"]))
            folded = reading.folded(await reading.act_rows(session, row.id))
            found = (await looked_through(session, row, folded, law(folder))).lacking
        return [one for one in found if "签名件" in one]

    assert await lacking(settings.content) == []
    assert len(await lacking(content)) == 2
    await uploaded(desk.client, SCAN)
    for document in wanted.values():
        scan = SAID | {"sha256": HASH}
        answer = await desk.client.put(url_of(case, document), json=scan)
        assert answer.status_code == 200, answer.text
    assert await lacking(content) == []
