"""At rest nothing can be read: not by day, not after a kill, not after the store is closed."""

import logging
import random
import shutil
import sys

import pytest

from field_app.__main__ import Reticent
from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.take_photo import keep_photo
from field_app.crypt import port
from field_app.parting import put_away
from field_app.setting_aside import set_aside
from field_app.vault import Vault
from lawbook.inspection import Answer
from tests.examples import entity_values
from tests.field_app import tablet
from tests.field_app.tablet import LIGHT, PASSWORD, USER, begun, items, locked, may_seal, signed

TOKEN = "eyJhbGciOiJFZERTQSJ9.token-of-zhangyue"
REMARK = "熔炼炉前二十米内堆放可燃物"
PHOTO = b"\xff\xd8\xff" + random.Random(3).randbytes(3 << 20)
PHONE, PERSON = tablet.PRESENT["phone"], tablet.PRESENT["name"]


def markers(store):
    """What must be nowhere: as UTF-8, as both kinds of UTF-16, as JSON escapes, as raw bytes."""
    plant = store.mirror.entity(tablet.PLANT)
    (order,) = (one for one in store.documents.of_inspection(store.inspections.all()[0].id))
    texts = [
        plant["name"], plant["credit_code"], entity_values(1)["legal_rep"], PERSON, PHONE, REMARK,
        PASSWORD, TOKEN, "张岳", USER, order.number, order.data["officers"][0]["name"],
        store.outbox.letters()[0].id, "not_met", "create table",
    ]  # fmt: skip
    found = [PHOTO[100:164], PHOTO[-64:], b"%PDF-", b"SQLite format 3", store.key]
    for text in texts:
        found += [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
        if not text.isascii():
            found.append(text.encode("unicode_escape"))
    return found


def plain_in(root, marks):
    """(file, mark) of everything below a folder that can be read."""
    return [
        (path.relative_to(root), mark)
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for mark in marks
        if mark in path.read_bytes() or (len(mark) > 8 and mark in str(path).encode())
    ]


@pytest.mark.parametrize("made_by", ["sqlcipher", "sealed"])
def test_no_file_below_the_root_says_anything_of_a_day_s_work(tmp_path, monkeypatch, made_by):
    monkeypatch.setattr(port, "cipher_is_here", lambda: made_by == "sqlcipher")
    root = tmp_path / "tablet"
    store = locked(tablet.filled(tmp_path / "filled", made_by), root)
    store.set("token", {"access": TOKEN, "refresh": TOKEN, "good_until": "2026-01-01T00:00:00Z"})
    visit = begun(store)
    for number, item in enumerate(items(store)):
        answer_item(store, visit, item, Answer.NOT_MET if number < 2 else Answer.MET, remark=REMARK)
    photo = keep_photo(store, visit, PHOTO, "image/jpeg", caption=REMARK)
    finish_inspection(store, visit)
    order = compose_document(store, visit, "correction-order")
    signed(store, order.id)
    issued = issue_document(store, order.id)
    # What is unsent lies there twice: in the store, and sealed for the office.
    may_seal(store)
    bundle = set_aside(store)
    assert bundle
    assert bundle.is_relative_to(root)
    put_away(store)
    marks = markers(store)
    # While it is open, the log not folded; and as a kill leaves it.
    assert plain_in(root, marks) == []
    shutil.copytree(root, tmp_path / "killed")
    killed = Vault(tmp_path / "killed", LIGHT).open(USER, PASSWORD)
    assert killed.files.read(photo.path) == PHOTO
    killed.close()
    # What a viewer is lent can be read for as long as it is lent, and no longer.
    lent = store.files.lend(str(issued.pdf_path), "指令书")
    assert plain_in(root, [b"%PDF-"]) == [(lent.relative_to(root), b"%PDF-")]
    assert lent.stat().st_mode & 0o077 == 0 or lent.parent.stat().st_mode & 0o077 == 0
    shutil.copytree(root, tmp_path / "lent")
    Vault(tmp_path / "lent", LIGHT)
    store.close()
    for left in (root, tmp_path / "killed", tmp_path / "lent"):
        assert plain_in(left, marks) == []


def test_the_search_for_what_is_plain_finds_it(tmp_path):
    """The test above can fail: the same search in a folder that has a mark."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "x-wal").write_bytes(b"....." + "贺平川".encode("utf-16-le"))
    assert plain_in(tmp_path, ["贺平川".encode("utf-16-le")])


def test_the_log_does_not_say_what_an_error_quotes(tmp_path):
    log = logging.FileHandler(tmp_path / "tablet.log", encoding="utf-8")
    log.setFormatter(Reticent("%(message)s"))
    try:
        int(PERSON)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "not done", (), sys.exc_info())
        log.handle(record)
    log.close()
    said = (tmp_path / "tablet.log").read_text("utf-8")
    assert PERSON not in said
    assert "ValueError" in said
    assert "test_at_rest.py" in said
