"""What is being written and belongs to no act yet, in the store."""

import shutil
import threading

import pytest

from field_app.withdrawal import erase_departed
from tests.field_app.tablet import INCOMPLETE, PLANT, filled, opened
from tests.field_app.test_withdrawal import AT, all_sent, gone, left, visited


@pytest.fixture(params=["sqlcipher", "sealed"])
def store(request, tmp_path):
    made = filled(tmp_path / "tablet", request.param)
    yield made
    made.close()


def lay(store, text, field="survey-record/survey"):
    """From a thread of its own, as the page in the browser does."""
    given = ("document", PLANT, field, text)
    thread = threading.Thread(target=store.drafts.lay, args=given)
    thread.start()
    thread.join()


def test_it_is_kept_by_field_and_forgotten_by_part(store):
    store.drafts.keep("document", PLANT, {"a/x": "甲", "a/y": ["乙", "丙"], "ab/x": "丁"})
    store.drafts.keep("document", PLANT, {"a/x": None})
    assert store.drafts.of("document", PLANT) == {"a/y": ["乙", "丙"], "ab/x": "丁"}
    assert store.drafts.of("scheme", PLANT) == {}
    store.drafts.forget("document", PLANT, "a/")
    assert store.drafts.of("document", PLANT) == {"ab/x": "丁"}


def test_what_was_laid_down_is_sealed_and_there_for_the_next_process(store, tmp_path):
    lay(store, "炉前有积水")
    lay(store, "炉前有积水，深三厘米")
    files = list((store.folder / "laid").iterdir())
    assert len(files) == 2
    assert not any("炉前".encode() in file.read_bytes() for file in files)
    (store.folder / "laid" / "9-half.part").write_bytes(b"half")
    shutil.copytree(store.folder, tmp_path / "after")
    after = opened(tmp_path / "after")
    assert after.drafts.of("document", PLANT) == {"survey-record/survey": "炉前有积水，深三厘米"}
    assert list((after.folder / "laid").iterdir()) == []
    after.close()


def test_nothing_is_laid_into_a_closed_store(store):
    store.drafts.close()
    with pytest.raises(RuntimeError):
        store.drafts.lay("document", PLANT, "a", "x")
    assert not (store.folder / "laid").exists()


def test_what_was_being_written_about_a_plant_leaves_with_it(store):
    visit = visited(store)
    all_sent(store)
    for about in (PLANT, visit, INCOMPLETE):
        store.drafts.keep("plant", about, {"begin/name": "贺平川"})
    lay(store, "炉前有积水")
    left(store, gone())
    assert erase_departed(store, AT) == [PLANT]
    assert store.db.conn.execute("select about from draft").fetchall() == [(INCOMPLETE,)]
