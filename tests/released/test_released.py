"""What an earlier release wrote and was promised still holds (R22): its store, letters and API.

`2026.11/` was recorded with the code of that release: `store.sql` is its tablet's store with a full
journal and a visit in the middle, `files/` what lay beside it. Nothing here is made by today's code.
"""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.sign_in import sign_in
from field_app.delivery import deliver
from field_app.refresh import refresh
from field_app.session import office_client
from field_app.store import Store
from tests.examples import entity_values
from tests.field_app.office import PASSWORD, URL, good
from tests.field_app.tablet import PLANT, brought_in
from tests.field_app.weather import Weather

RELEASES = sorted(path for path in Path(__file__).parent.iterdir() if path.name[:2] == "20")
LEASES = {
    "inspection-record": "00000000-0000-4000-8000-0000000001e1",
    "correction-order": "00000000-0000-4000-8000-0000000001e2",
    "reinspection-opinion": "00000000-0000-4000-8000-0000000001e3",
}
WRITTEN = 6
ANSWERED = 7

pytestmark = pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)


def laid_out(release: Path, folder: Path) -> Path:
    """The tablet's folder as that release left it."""
    folder.mkdir()
    shutil.copytree(release / "files", folder / "files")
    with sqlite3.connect(folder / "tablet.sqlite3") as db:
        db.executescript((release / "store.sql").read_text(encoding="utf-8"))
    db.close()
    return folder


def kept(folder: Path) -> dict[str, list[str]]:
    """Every table's rows that are the officer's own, as that release reads them."""
    with sqlite3.connect(folder / "tablet.sqlite3") as db:
        tables = (
            "inspection",
            "answer",
            "evidence",
            "reinspection",
            "document",
            "signature",
            "record",
        )
        rows = {table: db.execute(f"select * from {table}").fetchall() for table in tables}
        rows["letter"] = db.execute("select id, subject, kind, body, sha256 from letter").fetchall()
        rows["upload"] = db.execute("select sha256, size from upload").fetchall()
    db.close()
    return {table: sorted(map(str, found)) for table, found in rows.items()}


def now_kept(store: Store, before: dict[str, list[str]], release: Path) -> dict[str, list[str]]:
    """The same columns of the same tables today."""
    old = sqlite3.connect(":memory:")
    old.executescript((release / "store.sql").read_text(encoding="utf-8"))
    found = {}
    for table in before:
        names = {
            "letter": ["id", "subject", "kind", "body", "sha256"], "upload": ["sha256", "size"],
        }.get(table) or [column[1] for column in old.execute(f"pragma table_info({table})")]  # fmt: skip
        rows = store.db.conn.execute(f"select {', '.join(names)} from {table}").fetchall()
        found[table] = sorted(map(str, rows))
    old.close()
    return found


@pytest.fixture
async def ready(office):
    """The office as that release's tablet knew it: the plant, and the leases that it holds."""
    clerk = office.client("ledger_clerk")
    await good(await clerk.put(f"/v1/entities/{PLANT}", json={"values": entity_values(7)}))
    for follower in office.case.state.followers:
        await follower.catch_up()
    officer = office.client("officer", officer="14088200001", name="张岳")
    for document, lease in LEASES.items():
        asked = {
            "document": document, "year": 2026, "count": 20,
            "device": "d0000000-0000-4000-8000-000000002611",
        }  # fmt: skip
        await good(await officer.put(f"/v1/number-leases/{lease}", json=asked))
    return office


def test_its_store_opens_today_with_everything_that_the_officer_recorded(release, tmp_path):
    folder = laid_out(release, tmp_path / "tablet")
    before = kept(folder)
    store = brought_in(folder)
    assert now_kept(store, before, release) == before
    assert len(store.outbox.waiting()) == WRITTEN
    store.close()


async def test_its_full_journal_is_delivered_after_the_upgrade(release, ready, tmp_path):
    folder = laid_out(release, tmp_path / "tablet")
    store = brought_in(folder)
    weather = Weather(ready.transport)
    await sign_in(store, URL, "zhangyue", PASSWORD, weather)
    async with office_client(store, URL, weather) as client:
        assert (await refresh(store, client)).stopped is None
        done = await deliver(store, client)
    # Beside them, what is told of the visit that goes on: that it began, and what was answered.
    assert (done.sent, done.refused, done.stopped) == (WRITTEN + 2, 0, None)
    assert store.outbox.uploads("waiting") == []
    officer = ready.client("officer", officer="14088200001", name="张岳")
    documents = (await good(await officer.get("/v1/documents")))["items"]
    on_the_spot = [one for one in documents if one["kind"] in LEASES]
    assert len(on_the_spot) == len(LEASES)
    for one in on_the_spot:
        pdf = await officer.get(f"/v1/documents/{one['id']}/pdf")
        assert pdf.content == (release / "files" / f"{one['pdf_sha256']}.pdf").read_bytes()
    store.close()


def test_a_visit_in_the_middle_goes_on_with_the_version_of_its_check_list(release, tmp_path):
    store = brought_in(laid_out(release, tmp_path / "tablet"))
    (visit,) = (one for one in store.inspections.all() if one.ended_at is None)
    assert len(store.inspections.answers(visit.id)) == ANSWERED
    assert len(store.inspections.photos(visit.id)) == 1
    for item in store.packs.checklist(visit.checklist).items:
        if item.code not in store.inspections.answers(visit.id):
            answer_item(store, visit.id, item.code, "met")
    finish_inspection(store, visit.id)
    assert len(store.outbox.waiting()) == WRITTEN + 2  # the record and its photo
    store.close()


async def test_a_tablet_that_was_not_upgraded_delivers_to_todays_office(release, ready, tmp_path):
    folder = laid_out(release, tmp_path / "tablet")
    with sqlite3.connect(folder / "tablet.sqlite3") as db:
        rows = db.execute(
            "select id, subject, kind, written_at, body from letter order by position"
        )
        letters = [
            dict(zip(("id", "subject", "kind", "written_at"), row[:4], strict=True))
            | {"body": json.loads(row[4])}
            for row in rows
        ]
    db.close()
    officer = ready.client("officer", officer="14088200001", name="张岳")
    sent = {"device": "d0000000-0000-4000-8000-000000002611", "letters": letters}
    answer = await good(await officer.post("/v1/deliveries", json=sent))
    assert [one["state"] for one in answer["verdicts"]] == ["applied"] * WRITTEN
    for verdict in answer["verdicts"]:
        # What that release reads of a receipt.
        assert {"letter", "sha256", "received_at", "state"} <= set(verdict["receipt"])
