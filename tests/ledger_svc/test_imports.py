"""A workbook comes in."""

import asyncio
import io
import os
import re
import signal
import zipfile
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from deploy.county import plants
from deploy.day.workbook import WRONGS, faulty_plants, wrong_numbers
from tests.examples import dictionary, xlsx


async def send(client, content: bytes, id_=None, filename="台账.xlsx"):
    return await client.put(
        f"/v1/entity-imports/{id_ or uuid4()}", params={"filename": filename}, content=content
    )


async def apply(client, told):
    return (await client.put(f"/v1/entity-imports/{told['id']}/application", json={})).json()


async def test_every_wrong_row_is_found_and_every_good_one_enters(as_officer, tmp_path):
    client = as_officer()
    told = (await send(client, xlsx(tmp_path, faulty_plants()))).json()
    assert (told["rows"], told["bad"]) == (500, 50)
    # Row 1 is the title and row 2 the header: plant n stands in row n + 2.
    assert {p["row"] - 2 for p in told["problems"]} == set(wrong_numbers())
    assert len({p["code"] for p in told["problems"]}) >= len(WRONGS) - 1
    applied = await apply(client, told)
    assert (applied["state"], applied["new"]) == ("applied", 450)
    found = await client.get("/v1/entities", params={"complete": True, "limit": 500})
    assert len(found.json()["items"]) == 450


async def test_earlier_imports_are_listed_by_whom_and_what_came_of_them(as_officer, tmp_path):
    client = as_officer(name="何静")
    assert (await client.get("/v1/entity-imports")).json() == {"items": [], "next": None}
    faulty, sound = xlsx(tmp_path, faulty_plants()), xlsx(tmp_path, list(plants(3)))
    first = (await send(client, faulty, filename="三月.xlsx")).json()
    second = (await send(client, sound, filename="四月.xlsx")).json()
    await apply(client, second)
    page = (await client.get("/v1/entity-imports", params={"limit": 1})).json()
    rest = (await client.get("/v1/entity-imports", params={"after": page["next"]})).json()
    (later,), (earlier,) = page["items"], rest["items"]
    assert (later["id"], later["filename"], later["state"], later["problem_count"]) == (
        second["id"], "四月.xlsx", "applied", 0,
    )  # fmt: skip
    assert (earlier["id"], earlier["bad"], earlier["officer_name"]) == (first["id"], 50, "何静")
    assert earlier["problem_count"] == first["problem_count"]
    assert (earlier["sha256"], earlier["size"]) == (sha256(faulty).hexdigest(), len(faulty))
    assert rest["next"] is None
    elsewhere = await as_officer("140881").get("/v1/entity-imports")
    assert elsewhere.json()["items"] == []
    assert (await as_officer("140882", "officer").get("/v1/entity-imports")).status_code == 403


async def test_the_same_workbook_comes_back_painted(as_officer, tmp_path):
    client = as_officer()
    told = (await send(client, xlsx(tmp_path, faulty_plants()))).json()
    painted = await client.get(f"/v1/entity-imports/{told['id']}/workbook")
    sheet = openpyxl.load_workbook(io.BytesIO(painted.content)).worksheets[0]
    number = min(wrong_numbers())
    code_column = [cell.value for cell in sheet[2]].index("统一社会信用代码") + 1
    assert sheet.cell(number + 2, code_column).fill.fgColor.rgb == "FFF4B6B6"
    assert "校验位" in str(sheet.cell(number + 2, sheet.max_column).value)
    assert sheet.cell(2, sheet.max_column).value == "核对结果"
    assert sheet.cell(3, code_column).fill.fgColor.rgb != "FFF4B6B6"


async def test_the_corrected_workbook_changes_only_what_changed(as_officer, tmp_path):
    client = as_officer()
    await apply(client, (await send(client, xlsx(tmp_path, faulty_plants()))).json())
    corrected = list(plants(500))
    corrected[0].values["legal_rep"] = "换了人"
    applied = await apply(client, (await send(client, xlsx(tmp_path, corrected))).json())
    assert (applied["new"], applied["changed"], applied["unchanged"]) == (50, 1, 449)


async def test_the_same_workbook_twice_announces_nothing(as_officer, tmp_path):
    client, follower = as_officer(), as_officer("1408", "follower")
    content = xlsx(tmp_path, list(plants(20)))
    await apply(client, (await send(client, content)).json())
    head = (await follower.get("/v1/feeds/ledger", params={"limit": 500})).json()
    assert sum(c["kind"] == "entity.entered" for c in head["changes"]) == 20
    again = await apply(client, (await send(client, content)).json())
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 20)
    later = (await follower.get("/v1/feeds/ledger", params={"after": head["next"]})).json()
    assert later["changes"] == []


async def test_applying_sixteen_times_at_once_enters_each_row_once(as_officer, tmp_path):
    client = as_officer()
    told = (await send(client, xlsx(tmp_path, list(plants(60))))).json()
    answers = await asyncio.gather(*(apply(client, told) for _ in range(16)))
    assert {answer["state"] for answer in answers} == {"applied"}
    feed = (
        await as_officer("1408", "follower").get("/v1/feeds/ledger", params={"limit": 500})
    ).json()
    positions = [c["position"] for c in feed["changes"]]
    assert positions == sorted(set(positions))
    assert sum(c["kind"].startswith("entity.") for c in feed["changes"]) == 60


async def test_an_import_broken_off_between_chunks_goes_on_after_them(
    as_officer, tmp_path, monkeypatch
):
    from services.ledger_svc.imports import commands

    monkeypatch.setattr(commands, "CHUNK", 10)
    client = as_officer()
    told = (await send(client, xlsx(tmp_path, list(plants(60))))).json()
    url = f"/v1/entity-imports/{told['id']}"
    task = asyncio.create_task(client.put(f"{url}/application", json={}))
    while not task.done() and (await client.get(url)).json()["applied_through"] == 0:
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await client.get(url)).json()["state"] == "checked"
    assert (await apply(client, told))["state"] == "applied"
    feed = (
        await as_officer("1408", "follower").get("/v1/feeds/ledger", params={"limit": 500})
    ).json()
    assert sum(c["kind"] == "entity.entered" for c in feed["changes"]) == 60


async def test_a_lost_staging_table_is_read_again_from_the_kept_file(as_officer, tmp_path, app):
    from services.kit.claims import service_itself

    client = as_officer()
    told = (await send(client, xlsx(tmp_path, list(plants(30))))).json()
    async with app.state.database.raw(service_itself("ledger_svc")) as connection:
        # What PostgreSQL itself does to an unlogged table after a crash.
        await connection.execute("delete from ledger_svc.import_row")
    assert (await apply(client, told))["new"] == 30
    assert len((await client.get("/v1/entities", params={"limit": 500})).json()["items"]) == 30


async def test_a_code_that_another_county_holds_is_told_and_not_entered(as_officer, tmp_path):
    theirs = list(plants(2, towns=("140802001",)))
    ours = list(plants(2))
    await apply(
        as_officer("140802"), (await send(as_officer("140802"), xlsx(tmp_path, theirs))).json()
    )
    told = (await send(as_officer("140882"), xlsx(tmp_path, ours))).json()
    assert told["bad"] == 2
    assert {p["code"] for p in told["problems"]} == {"registered-elsewhere"}


async def test_rows_of_another_county_are_refused_one_by_one(as_officer, tmp_path):
    rows = list(plants(3))
    rows[1].values["division_code"] = "140802001"
    told = (await send(as_officer("140882"), xlsx(tmp_path, rows))).json()
    assert [(p["row"], p["code"]) for p in told["problems"]] == [(4, "outside-region")]


async def test_another_county_cannot_see_the_import(as_officer, tmp_path):
    told = (await send(as_officer("140882"), xlsx(tmp_path, list(plants(2))))).json()
    url = f"/v1/entity-imports/{told['id']}"
    assert (await as_officer("140802").get(url)).status_code == 404
    assert (await as_officer("140802").get(f"{url}/workbook")).status_code == 404
    assert (await as_officer("140802").put(f"{url}/application", json={})).status_code == 404


def csv_of(encoding: str) -> bytes:
    (plant,) = plants(1)
    d = dictionary()
    heading = ",".join(d.by_code[code].label for code in plant.values)
    return f"{heading}\n{','.join(plant.values.values())}\n".encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
async def test_a_csv_is_read_in_the_encodings_that_offices_use(as_officer, encoding):
    told = await send(as_officer(), csv_of(encoding), filename="台账.csv")
    assert (told.json()["rows"], told.json()["bad"]) == (1, 0)
    painted = await as_officer().get(f"/v1/entity-imports/{told.json()['id']}/workbook")
    assert painted.status_code == 200


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (520 << 20))
    return out.getvalue()


def million_empty_rows(tmp_path) -> bytes:
    """A header, a million formatted rows without content, and one plant at the very end."""
    source = io.BytesIO(xlsx(tmp_path, list(plants(1))))
    empty = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1_000_000))
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                head, last = body.split(b'<row r="3"', 1)
                last = re.sub(rb'r="([A-Z]+)3"', rb'r="\g<1>1000000"', last)
                body = head + empty + b'<row r="1000000"' + last
            new.writestr(part.filename, body)
    return out.getvalue()


HOSTILE = {
    "not-a-workbook": [
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
        b"PK\x03\x04 but not really",
        b"\xd0\xcf\x11\xe0" * 9,
    ],
    "unknown-columns": ["甲,乙,丙\n1,2,3\n".encode(), b"", b"\n" * 50],
}


@pytest.mark.parametrize(
    ("code", "content"),
    [(code, content) for code, several in HOSTILE.items() for content in several],
)
async def test_what_is_no_ledger_workbook_is_refused_in_words(as_officer, code, content):
    answer = await send(as_officer(), content)
    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_zip_bomb_is_refused(as_officer):
    answer = await send(as_officer(), zip_bomb())
    assert (answer.status_code, answer.json()["code"]) == (422, "workbook-too-large")


async def test_a_million_empty_rows_are_refused(as_officer, tmp_path):
    answer = await send(as_officer(), million_empty_rows(tmp_path))
    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-empty-rows")


def reader_process() -> int | None:
    """The process that reads a workbook for this one, if there is one."""
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            if b"imports.reading" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
    return None


async def test_a_reader_that_is_killed_leaves_nothing_and_the_file_can_come_again(
    as_officer, tmp_path
):
    client, content = as_officer(), xlsx(tmp_path, list(plants(30)))
    id_ = uuid4()
    sending = asyncio.create_task(send(client, content, id_))
    while (process := reader_process()) is None and not sending.done():
        await asyncio.sleep(0)
    assert process is not None, sending.result().text
    os.kill(process, signal.SIGKILL)
    answer = await sending
    assert (answer.status_code, answer.json()["code"]) == (422, "workbook-too-large")
    assert (await client.get(f"/v1/entity-imports/{id_}")).status_code == 404
    assert (await apply(client, (await send(client, content, id_)).json()))["new"] == 30


async def test_a_body_without_end_is_refused_and_leaves_nothing(as_officer, settings):
    async def endless():
        while True:
            yield b"x" * (1 << 20)

    answer = await as_officer().put(f"/v1/entity-imports/{uuid4()}", content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert list(settings.spool.iterdir()) == []
