"""Archiving: nothing missing, sealed, read with a trace; whatever is touched afterwards is found."""

import hashlib
import io
import json
import zipfile
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import asyncpg
import bagit
import pytest
from pypdf import PdfReader, PdfWriter

from deploy.verify_archive import at_the_office
from deploy.verify_archive import main as verify_archive
from lawbook.archive.casefile import ACTS, CATALOGUE_SHEETS, COVER_SHEET, WHOLE, checked
from lawbook.penalty.act import BEIJING
from lawbook.penalty.case import Case
from services.kit.receipts import verified
from tests.case_svc.closed_cases import (
    NUMBER,
    TAMPERING,
    Closed,
    archived,
    body,
    closed,
    verification,
)
from tests.case_svc.paper_desk import MATTER, Desk
from tests.case_svc.test_bound_file import stamps
from tests.lawbook.penalty import stories as told_of
from tests.lawbook.penalty.stories import LI, WANG, ZHANG
from tests.paper.text import text_of


async def test_a_closed_case_is_archived_with_cover_catalogue_pages_and_seal(office, county):
    case = await archived(office, county)
    told = (await office.clients[ZHANG.number].get(f"/v1/cases/{case.id}/archive")).json()
    listed = told["catalogue"]
    assert [e["sort"] for e in listed] == ["document"] * 3 + ["evidence"]
    assert {case.document, case.evidence} < {e["id"] for e in listed}
    assert {"立案审批表", "案件终止（撤销）审批表"} < {e["title"] for e in listed}
    assert listed[0]["page_from"] == 1
    for one, following in pairwise(listed):
        assert following["page_from"] == one["page_to"] + 1
    cover, pages = told["cover"], listed[-1]["page_to"]
    assert (cover["number"], cover["pieces"], cover["pages"], cover["kept"]) == (
        NUMBER, 4, pages, "permanent",
    )  # fmt: skip
    assert cover["officers"] == ["张岳（14088200001）", "李秋（14088200002）"]
    seen = await office.read(case.id)
    assert (seen["stage"], seen["acts"], seen["link"]) == ("archived", told["acts"], told["link"])
    assert (
        seen["timeline"][-1]["said"] | {"number": NUMBER, "pieces": 4, "pages": pages}
        == (seen["timeline"][-1]["said"])
    )
    assert (await verification(office, case))["intact"]


async def test_whoever_is_not_penalised_is_told_of_no_penalty_and_the_file_is_sealed(office):
    """行政处罚法 §33, §57(1): every document that closing and sealing ask for can be made."""
    now = await office.replay(told_of.not_penalised().case)
    client = office.clients[ZHANG.number]
    documents = (await client.get(f"/v1/cases/{now['id']}/documents")).json()["items"]
    forms = {one["kind"] for one in documents}
    assert now["stage"] == "archived"
    assert {"case-handling-approval", "no-penalty-decision", "case-closure"} <= forms
    assert "prior-notice" not in forms


async def test_the_package_is_a_bag_that_proves_itself_away_from_the_office(
    office, county, app, tmp_path
):
    case = await archived(office, county)
    client = office.clients[ZHANG.number]
    answer = await client.get(
        f"/v1/cases/{case.id}/archive/package", params={"purpose": "行政复议答复"}
    )
    assert answer.headers["content-type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    keys = {
        one["key"]: one["public_key"]
        for one in (await client.get("/v1/receipt-keys")).json()["items"]
    }
    found = checked(tmp_path / case.id, signed=lambda told: verified(told, keys))
    assert found.faults == ()
    assert (found.acts, found.pieces) == (case.after + 1, 4)
    assert (tmp_path / case.id / "data" / "evidence").is_dir()
    told = json.loads((tmp_path / case.id / "data" / "case.json").read_text())
    assert told["money"]["outstanding"] == 0


async def taken_out(office, case: Closed, folder: Path) -> Path:
    """The package of an archived case, laid out."""
    answer = await office.clients[ZHANG.number].get(
        f"/v1/cases/{case.id}/archive/package", params={"purpose": "核对"}
    )
    assert answer.status_code == 200, answer.text
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(folder)
    return folder / case.id


async def test_cover_and_catalogue_are_drawn_and_the_whole_file_is_bound_with_page_numbers(
    office, county, tmp_path
):
    case = await closed(office, county)
    now = await office.read(case.id)
    paper = await Desk(office.clients[ZHANG.number]).made(now, "matter-approval", **MATTER)
    client = office.clients[WANG.number]
    told = (await client.put(f"/v1/cases/{case.id}/archive", json=body(case))).json()
    data = await taken_out(office, case, tmp_path) / "data"
    cover, catalogue = (
        text_of((data / name).read_bytes()) for name in (COVER_SHEET, CATALOGUE_SHEETS)
    )
    for said in (
        "案卷首页",
        NUMBER,
        now["name"],
        "张岳（执法证号14088200001）",
        "王衡",
        "河津市应急管理局",
    ):
        assert said in cover
    assert "卷内目录" in catalogue
    for one in told["catalogue"]:
        assert one["date"] in catalogue
        assert one["title"] in catalogue
    pages = [None, None] + [str(page) for page in range(1, told["cover"]["pages"] + 1)]
    whole = (data / WHOLE).read_bytes()
    assert stamps(whole) == pages
    (entry,) = [one for one in told["catalogue"] if one["id"] == paper["id"]]
    writer = PdfWriter()
    writer.add_page(PdfReader(io.BytesIO(whole)).pages[2 + entry["page_from"] - 1])
    out = io.BytesIO()
    writer.write(out)
    assert "案情复杂，提请延长三十日" in text_of(out.getvalue())
    issued = data / entry["path"]
    assert hashlib.sha256(issued.read_bytes()).hexdigest() == paper["pdf_sha256"]


async def test_the_bound_file_is_read_alone_with_a_trace_and_only_as_it_was_sealed(
    office, county, settings, owner, tmp_path
):
    case = await archived(office, county)
    reader = office.clients[LI.number]
    url = f"/v1/cases/{case.id}/archive"
    assert (await reader.get(f"{url}/file")).status_code == 422  # no purpose, no reading
    answer = await reader.get(f"{url}/file", params={"purpose": "律师阅卷"})
    assert answer.headers["content-type"] == "application/pdf"
    folder = await taken_out(office, case, tmp_path)
    assert answer.content == (folder / "data" / WHOLE).read_bytes()
    told = (await office.clients[WANG.number].get(f"{url}/readings")).json()["items"]
    assert ("file", "律师阅卷") in [(one["what"], one["purpose"]) for one in told]
    await owner.execute(TAMPERING["the sum of a drawn sheet"], UUID(case.id))
    changed = await reader.get(f"{url}/file", params={"purpose": "x"})
    assert (changed.status_code, changed.json()["code"]) == (409, "package-changed")
    await owner.execute(
        "update case_svc.case_archive set cover = cover - 'drawn' where case_id = $1", UUID(case.id)
    )
    older = await reader.get(f"{url}/file", params={"purpose": "x"})
    assert (older.status_code, older.json()["code"]) == (404, "no-bound-file")


async def test_a_public_validator_accepts_the_package(office, county, tmp_path):
    case = await archived(office, county)
    folder = await taken_out(office, case, tmp_path)
    public = bagit.Bag(str(folder))
    assert public.validate(processes=1)
    assert public.info["External-Identifier"] == NUMBER
    (folder / "data" / WHOLE).write_bytes(b"%PDF forged")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate(processes=1)


@pytest.mark.parametrize("change", ["flip", "remove"])
async def test_any_file_of_the_package_touched_is_found_by_the_command(
    office, county, tmp_path, capsys, change
):
    case = await archived(office, county)
    folder = await taken_out(office, case, tmp_path)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert {path.name for path in files} >= {COVER_SHEET, CATALOGUE_SHEETS, WHOLE, "seal.json"}
    keys = tmp_path / "keys.json"
    keys.write_bytes((await office.clients[ZHANG.number].get("/v1/receipt-keys")).content)
    assert verify_archive([str(folder), "--keys", str(keys)]) == 0
    for path in files:
        raw = path.read_bytes()
        path.unlink()
        if change == "flip":
            path.write_bytes(raw[:-2] + bytes([raw[-2] ^ 1]) + raw[-1:])
        assert verify_archive([str(folder), "--keys", str(keys)]) == 1, path.name
        path.write_bytes(raw)
    assert verify_archive([str(folder), "--keys", str(keys)]) == 0
    capsys.readouterr()


async def test_a_file_without_the_papers_of_its_acts_is_not_archived(office):
    story = told_of.ended().case
    now = await office.replay(Case.of(story.acts), until="archive")
    answer = await office.clients[WANG.number].put(
        f"/v1/cases/{now['id']}/archive",
        json={
            "at": story.acts[-1].at.isoformat(),
            "after": now["acts"],
            "number": "x",
            "kept": "ten",
        },
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "archive-not-accounted-for")
    assert "尚未出具立案审批表" in answer.json()["detail"]
    assert "尚未出具案件终止（撤销）审批表" in answer.json()["detail"]


async def test_what_a_file_will_hold_is_told_before_it_is_sealed_and_leaves_no_trace(
    office, county
):
    case = await closed(office, county)
    client = office.clients[WANG.number]
    told = (await client.get(f"/v1/cases/{case.id}/archive/contents")).json()
    assert told["lacking"] == []
    sorts = [one["sort"] for one in told["pieces"]]
    assert sorts == sorted(sorts)
    assert {case.document, case.evidence} <= {one["id"] for one in told["pieces"]}
    await client.put(f"/v1/cases/{case.id}/archive", json=body(case))
    after = (await client.get(f"/v1/cases/{case.id}/archive/contents")).json()
    assert after == {"sealed": True, "pieces": [], "lacking": [], "papers": []}
    assert (await client.get(f"/v1/cases/{case.id}/archive/readings")).json()["items"] == []


async def test_archiving_twice_changes_nothing_and_another_number_is_refused(office, county):
    case = await closed(office, county)
    client = office.clients[WANG.number]
    first = await client.put(f"/v1/cases/{case.id}/archive", json=body(case))
    again = await client.put(f"/v1/cases/{case.id}/archive", json=body(case))
    assert first.json() == again.json()
    other = await client.put(f"/v1/cases/{case.id}/archive", json=body(case, number="2026-CF-002"))
    assert (other.status_code, other.json()["code"]) == (409, "different-content")
    second = await closed(office, county, nth=1)
    taken = await client.put(f"/v1/cases/{second.id}/archive", json=body(second))
    assert (taken.status_code, taken.json()["code"]) == (409, "archive-number-taken")


@pytest.mark.parametrize(
    ("missing", "says"), [("photo", "证据“公示栏”的原件"), ("pdf", "PDF 尚未送达服务器")]
)
async def test_what_is_not_here_is_named_and_nothing_is_archived(office, county, missing, says):
    case = await closed(office, county, **{missing: False})
    client = office.clients[WANG.number]
    answer = await client.put(f"/v1/cases/{case.id}/archive", json=body(case))
    assert (answer.status_code, answer.json()["code"]) == (409, "archive-not-accounted-for")
    assert says in answer.json()["detail"]
    told = (await client.get(f"/v1/cases/{case.id}/archive/contents")).json()
    assert any(says in what for what in told["lacking"])
    assert not told["sealed"]
    assert (await office.read(case.id))["stage"] == "terminated"
    unsealed = await client.get(f"/v1/cases/{case.id}/archive")
    assert (unsealed.status_code, unsealed.json()["code"]) == (404, "not-archived")


async def test_a_case_that_is_not_closed_is_not_archived(office, county):
    story = told_of.in_force().case
    now = await office.replay(Case.of(story.acts))
    answer = await office.clients[WANG.number].put(
        f"/v1/cases/{now['id']}/archive",
        json={"at": "2026-06-01T01:00:00Z", "after": now["acts"], "number": "x", "kept": "ten"},
    )
    assert answer.status_code == 409
    assert answer.json()["code"] == "archive-not-accounted-for"


async def test_every_reading_leaves_a_trace_that_cannot_be_taken_away(office, county, settings):
    case = await archived(office, county)
    reader = office.clients[LI.number]
    url = f"/v1/cases/{case.id}/archive"
    assert (await reader.get(f"{url}/package")).status_code == 422  # no purpose, no reading
    await reader.get(f"{url}/package", params={"purpose": "当事人申请查阅"})
    await reader.get(url)
    told = (await office.clients[WANG.number].get(f"{url}/readings")).json()["items"]
    assert [(one["what"], one["purpose"], one["name"]) for one in told] == [
        ("catalogue", "查看目录", "李秋"), ("package", "当事人申请查阅", "李秋"),
    ]  # fmt: skip
    service = await asyncpg.connect(settings.database_url)
    await service.execute("select set_config('app.region', '14', false)")
    for statement in (
        "delete from case_svc.archive_reading", "update case_svc.archive_reading set purpose = ''",
        "delete from case_svc.case_archive", "update case_svc.case_archive set seal = ''",
    ):  # fmt: skip
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await service.execute(statement)
    await service.close()


async def test_nobody_of_another_county_reads_it(office, county, as_officer):
    case = await archived(office, county)
    elsewhere = as_officer("140881", "section_chief", officer="14088100009", name="外县")
    for part in ("", "/contents", "/package?purpose=x", "/readings", "/verification"):
        assert (await elsewhere.get(f"/v1/cases/{case.id}/archive{part}")).status_code == 404
    put = await elsewhere.put(f"/v1/cases/{case.id}/archive", json=body(case))
    assert put.status_code == 404


async def test_two_who_archive_at_once_make_one_file(office, county):
    import asyncio

    case = await closed(office, county)
    answers = await asyncio.gather(
        *(
            office.clients[who.number].put(f"/v1/cases/{case.id}/archive", json=body(case))
            for who in (WANG, WANG)
        )
    )
    assert {one.status_code for one in answers} == {200}
    assert answers[0].json() == answers[1].json()


# python -m deploy.verify_archive


async def test_the_command_verifies_a_case_all_cases_a_package_and_a_folder(
    office, county, settings, tmp_path, capsys
):
    case = await archived(office, county)
    (found,) = await at_the_office(settings, UUID(case.id))
    assert found.faults == ()
    assert found.proved == ("办公室登记的封印", "封印签名", "办案行为、文书、证据的登记和原件")
    assert await at_the_office(settings, None) == [found]
    client = office.clients[ZHANG.number]
    answer = await client.get(f"/v1/cases/{case.id}/archive/package", params={"purpose": "核验"})
    package, keys = tmp_path / "case.zip", tmp_path / "keys.json"
    package.write_bytes(answer.content)
    keys.write_bytes((await client.get("/v1/receipt-keys")).content)
    assert verify_archive([str(package)]) == 0
    assert "未核对封印" in capsys.readouterr().out
    assert verify_archive([str(package), "--keys", str(keys)]) == 0
    assert "核对依据：封印签名" in capsys.readouterr().out
    zipfile.ZipFile(package).extractall(tmp_path)
    folder = tmp_path / case.id
    (folder / "data" / "catalogue.json").write_text("[]")
    assert verify_archive([str(folder), "--keys", str(keys)]) == 1
    assert "内容已改变" in capsys.readouterr().out
    keys.write_text('{"items": []}')
    assert verify_archive([str(package), "--keys", str(keys)]) == 1
    assert "签名不成立" in capsys.readouterr().out


def test_the_command_says_when_there_is_nothing_to_look_at(tmp_path, capsys):
    (tmp_path / "no.zip").write_text("no zip")
    for target in (str(tmp_path / "no.zip"), str(tmp_path / "gone")):
        assert verify_archive([target]) == 2
    (tmp_path / "keys.json").write_text("[]")
    assert verify_archive([str(tmp_path), "--keys", str(tmp_path / "keys.json")]) == 2
    assert "不是公钥文件" in capsys.readouterr().err


async def test_documents_made_from_the_case_lie_in_its_file_with_their_pages(
    office, county, tmp_path
):
    case = await closed(office, county)
    now = await office.read(case.id)
    desk = Desk(office.clients[ZHANG.number])
    paper = await desk.made(now, "matter-approval", **MATTER)
    drafted = (await desk.draft(case.id, "matter-approval", **MATTER)).json()
    issued = await desk.issue(now, drafted["id"], at=datetime.now(BEIJING).isoformat())
    prompt = issued.json()
    answer = await office.clients[WANG.number].put(f"/v1/cases/{case.id}/archive", json=body(case))
    assert answer.status_code == 200, answer.text
    (entry,) = [one for one in answer.json()["catalogue"] if one["id"] == paper["id"]]
    assert (entry["sort"], entry["sha256"]) == ("document", paper["pdf_sha256"])
    assert entry["page_to"] >= entry["page_from"]
    # It bears a day of April and was made today: the catalogue and what the seal covers say both.
    today = datetime.now(BEIJING).date()
    assert entry["note"].startswith("补制，")
    entered = datetime.fromisoformat(entry["entered"])
    assert abs((entered.astimezone(BEIJING).date() - today).days) <= 1
    assert entry["issued"].startswith("2026-04-28")
    (ours,) = [one for one in answer.json()["catalogue"] if one["id"] == prompt["id"]]
    assert (ours["note"], ours["entered"]) == ("", "")
    lines = (await taken_out(office, case, tmp_path) / "data" / ACTS).read_text().splitlines()
    assert all(one["received_at"] > one["act"]["at"] for one in map(json.loads, lines))
    assert (await verification(office, case))["intact"]
