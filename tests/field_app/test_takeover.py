"""A plain store of an earlier version becomes an encrypted one: whole, or not yet; never half."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from field_app import carrier
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.take_photo import keep_photo
from field_app.crypt import port
from field_app.sealing import own
from field_app.setting_aside import set_aside
from field_app.takeover import TakeoverFailed, copy, owner, state
from field_app.vault import Vault
from tests.examples import jpeg
from tests.field_app import tablet, taken_over
from tests.field_app.tablet import KEY, LIGHT, PASSWORD, USER

ROOT = Path(__file__).parents[2]
RELEASE = ROOT / "tests" / "released" / "2026.11"
ROTTEN = "0" * 64 + ".jpg"
ME = {"account": "a", "officer": "14088200001", "name": "张岳", "region": "140882"}


def laid_out(folder):
    """The folder of a tablet of that release, one of its files rotten, its log not yet folded."""
    shutil.copytree(RELEASE / "files", folder / "files")
    (folder / "files" / ROTTEN).write_bytes(b"rotten")
    (folder / "files" / ".half.jpg.part").write_bytes(b"half")
    db = sqlite3.connect(folder / "tablet.sqlite3")
    db.execute("pragma journal_mode = wal")
    db.executescript((RELEASE / "store.sql").read_text(encoding="utf-8"))
    db.execute("insert or replace into setting values ('me', ?)", (json.dumps(ME),))
    db.commit()
    # As a kill leaves it: what was written last lies in the log.
    for name in ("tablet.sqlite3", "tablet.sqlite3-wal", "tablet.sqlite3-shm"):
        shutil.copy(folder / name, folder / f"{name}.kept")
    db.close()
    for path in folder.glob("*.kept"):
        path.replace(path.with_suffix(""))


def plain_state(folder, tmp_path):
    """What is in the plain store, read from a copy."""
    copied = tmp_path / "looked-at"
    shutil.copytree(folder, copied)
    db = sqlite3.connect(copied / "tablet.sqlite3")
    found = state(db)
    db.close()
    return found


@pytest.fixture(scope="module", params=["sqlcipher", "sealed"])
def deaths(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("takeover")
    laid_out(root / "fresh")
    done = subprocess.run(
        [sys.executable, "-m", taken_over.__name__, root, request.param], cwd=ROOT,
        capture_output=True, text=True, check=False, timeout=600,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return root


def lived(root):
    return sorted(path for path in root.iterdir() if path.name.isdigit())


def test_it_is_killed_at_every_step_and_goes_on_and_nothing_is_lost(deaths, tmp_path):
    assert len(lived(deaths)) > 40
    letters = sqlite3.connect(":memory:")
    letters.executescript((RELEASE / "store.sql").read_text(encoding="utf-8"))
    want = {
        table: letters.execute(f"select count(*) from {table}").fetchone()
        for table in ("letter", "inspection", "answer", "evidence", "document", "signature")
    }
    letters.close()
    files = sorted(path.name for path in (RELEASE / "files").iterdir())
    for folder in lived(deaths):
        store = Vault(folder, LIGHT).open(USER, PASSWORD)
        for table, count in want.items():
            told = store.db.conn.execute(f"select count(*) from {table}").fetchone()
            assert told == count, folder.name
        for name in files:
            data = (RELEASE / "files" / name).read_bytes()
            assert store.files.read(f"files/{name}") == data, (folder.name, name)
        assert not store.files.whole(f"files/{ROTTEN}", ROTTEN[:64])
        sha256 = hashlib.sha256(b"rotten").hexdigest()
        assert store.files.whole(f"files/{ROTTEN}", sha256)
        store.close()


def test_afterwards_nothing_plain_is_left(deaths):
    photo = next((RELEASE / "files").glob("*.jpg")).read_bytes()[:64]
    for folder in lived(deaths):
        assert not (folder / "tablet.sqlite3").exists(), folder.name
        assert not (folder / "files").exists(), folder.name
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert b"SQLite format 3" not in data, (folder.name, path)
                assert photo not in data, (folder.name, path)


def test_the_plain_store_goes_only_when_the_encrypted_one_counts(deaths, tmp_path):
    """In whatever state a kill left the folder: one of the two is whole."""
    want = plain_state(deaths / "fresh", tmp_path)
    seen = set()
    for dead in sorted(deaths.glob("*-dead")):
        swapped = (Vault(dead, LIGHT).folder(USER) / "key.json").is_file()
        seen.add(swapped)
        if not swapped:
            (tmp_path / dead.name).mkdir()
            assert plain_state(dead, tmp_path / dead.name) == want, dead.name
    assert seen == {True, False}


def test_rows_keep_their_order_and_every_table_its_hash(tmp_path):
    laid_out(tmp_path / "tablet")
    for made_by in ("sqlcipher", "sealed"):
        from field_app.crypt.port import named

        folder = tmp_path / made_by
        folder.mkdir()
        named(made_by).bring(tmp_path / "tablet" / "tablet.sqlite3", folder, KEY)
        connection = named(made_by).connect(folder, KEY)
        (tmp_path / f"look-{made_by}").mkdir()
        assert state(connection) == plain_state(tmp_path / "tablet", tmp_path / f"look-{made_by}")
        connection.close()


def test_a_copy_that_differs_is_refused_and_the_plain_store_stays(tmp_path, monkeypatch):
    laid_out(tmp_path / "tablet")
    from field_app import takeover

    told = iter(range(9))
    monkeypatch.setattr(takeover, "state", lambda _: next(told))
    (tmp_path / "taking").mkdir()
    with pytest.raises(TakeoverFailed):
        copy(tmp_path / "tablet", tmp_path / "taking", KEY)
    assert (owner(tmp_path / "tablet") or {})["name"] == "张岳"


def test_another_s_plain_store_waits_for_him_and_is_told(tmp_path):
    laid_out(tmp_path / "tablet")
    vault = Vault(tmp_path / "tablet", LIGHT)
    assert vault.waits_for() == "张＊"
    store = vault.opened("liqiu", vault.admit("liqiu", "Another-2026", "b"))
    assert store.outbox.letters() == []
    assert store.device == "d0000000-0000-4000-8000-000000002611"
    store.close()
    assert vault.waits_for() == "张＊"
    store = vault.opened(USER, vault.admit(USER, PASSWORD, "a"))
    assert len(store.outbox.letters()) == 6
    assert store.device == "d0000000-0000-4000-8000-000000002611"
    store.close()
    assert vault.waits_for() is None


@pytest.mark.parametrize("made_by", ["sqlcipher", "sealed"])
def test_a_plain_store_of_the_present_schema_is_taken_over_with_its_bundles(
    tmp_path, monkeypatch, made_by
):
    """As the last version before encryption left it: sealed bundles, grants, erased plants."""
    store = tablet.filled(tmp_path / "filled")
    visit = tablet.answered(store, tablet.begun(store))
    keep_photo(store, visit, jpeg(seed=3), "image/jpeg", caption="现场")
    finish_inspection(store, visit)
    tablet.may_seal(store)
    bundle = set_aside(store)
    assert bundle
    root, before = tmp_path / "tablet", state(store.db.conn)
    (root / "files").mkdir(parents=True)
    plain_copy(store, root)
    letters, device = store.outbox.letters(), store.device
    store.close()
    monkeypatch.setattr(port, "cipher_is_here", lambda: made_by == "sqlcipher")
    vault = Vault(root, LIGHT)
    again = vault.opened(USER, vault.admit(USER, PASSWORD, "a"))
    assert (vault.folder(USER) / "store.db").exists() is (made_by == "sqlcipher")
    assert state(again.db.conn) == before
    assert (again.outbox.letters(), again.device) == (letters, device)
    assert again.outbox.journal.broken(device) is None
    assert [path.name for path in carrier.waiting(vault.device)] == [bundle.name]
    assert own(again) == {bundle.stem}
    assert set_aside(again) == root / "carried" / bundle.name
    (photo,) = again.inspections.photos(visit)
    assert again.files.read(photo.path) == jpeg(seed=3)
    assert not (root / "tablet.sqlite3").exists()
    again.close()


def plain_copy(store, root):
    """The same store as it lay on the disk before it was encrypted."""
    store.db.conn.execute("attach database ? as plain key ''", (str(root / "tablet.sqlite3"),))
    store.db.conn.execute("select sqlcipher_export('plain')").fetchone()
    (version,) = store.db.conn.execute("pragma main.user_version").fetchone()
    store.db.conn.execute(f"pragma plain.user_version = {version}")
    store.db.conn.execute("detach database plain")
    for sealed in (store.folder / "files").iterdir():
        (root / "files" / sealed.name).write_bytes(store.files.read(f"files/{sealed.name}"))
    shutil.copytree(store.folder / "carried", root / "carried")
    for name in ("device.json", "contact.json"):
        if (store.folder / name).exists():
            shutil.copy(store.folder / name, root)
