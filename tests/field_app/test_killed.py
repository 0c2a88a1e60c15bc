"""Killed anywhere: what was shown as saved is there, nothing is twice, and the day goes on."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from field_app.moments import day, now
from tests.field_app import killed
from tests.field_app.killed import ITEMS, OPINION, ORDER, RECORD
from tests.field_app.tablet import opened as opened_store

ROOT = Path(__file__).parents[2]
LETTERS = [
    "inspection.record", "evidence.declare", "document.issue", "document.issue",
    "reinspection.record", "document.issue",
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlcipher", "sealed"])
def deaths(request, tmp_path_factory):
    """A folder for each step at which the day was killed and carried on, and some whole days."""
    root = tmp_path_factory.mktemp("killed")
    done = subprocess.run(
        [sys.executable, "-m", killed.__name__, root, request.param], cwd=ROOT,
        capture_output=True, text=True, check=False, timeout=900,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return sorted(folder for folder in root.iterdir() if folder.name.isdigit())


def shown(folder, name):
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def killed_there(folder):
    """Whether the day died in this folder, or had no such step any more."""
    return (folder / "before.jsonl").exists()


def opened(deaths):
    for folder in deaths:
        store = opened_store(folder)
        yield folder, store
        store.close()


def test_the_day_is_killed_at_every_step_towards_the_disk(deaths):
    # Each commit, each file's two or three syncs and its renaming, before and after.
    died = [folder for folder in deaths if killed_there(folder)]
    assert len(died) > 60
    assert [int(folder.name) for folder in died] == list(range(1, len(died) + 1))
    told = [len(shown(folder, "before.jsonl")) for folder in died]
    assert (told[0], told[-1]) == (0, max(told))


def test_what_was_shown_as_saved_before_the_kill_is_there_after(deaths):
    for folder, store in opened(filter(killed_there, deaths)):
        for what, *said in shown(folder, "before.jsonl"):
            assert is_there(store, what, said), (folder.name, what, said)


def is_there(store, what, said):
    match what, said:
        case "inspection", [visit]:
            return store.inspections.one(visit)
        case "answer", [visit, item, at, finding]:
            answer = store.inspections.answers(visit)[item]
            return (answer.answered_at, answer.finding_id) == (at, finding)
        case "photo", [visit, photo, sha256]:
            (kept,) = store.inspections.photos(visit)
            data = store.files.read(kept.path)
            return (kept.id, hashlib.sha256(data).hexdigest()) == (photo, sha256)
        case "outcome", [visit, outcome]:
            return store.inspections.one(visit).outcome == outcome
        case "number", [about, kind, document, number]:
            kept = store.documents.about(about, kind)
            return (kept.id, kept.number) == (document, number)
        case "signature", [document, name]:
            return name in {one["name"] for one in store.documents.signatures(document)}
        case "issued", [document, at, sha256]:
            kept = store.documents.one(document)
            data = store.files.read(kept.pdf_path)
            same = hashlib.sha256(data).hexdigest() == sha256 == kept.pdf_sha256
            return same and kept.issued_at == at
        case "reinspection", [again]:
            return store.inspections.again(again)
        case "result", [again, hazard]:
            return hazard in store.inspections.again(again).results
        case "reinspected", [again]:
            return store.inspections.again(again).reinspected_at
    raise AssertionError(what)


def test_nothing_is_there_twice_and_no_number_is_lost_or_used_again(deaths):
    year = day(now()).year
    for folder, store in opened(deaths):
        (visit,) = store.inspections.all()
        assert len(store.inspections.answers(visit.id)) == ITEMS
        assert len(store.inspections.photos(visit.id)) == 1
        assert len(store.inspections.agains(visit.id)) == 1
        kept = store.documents.of_inspection(visit.id)
        assert [one.kind for one in kept] == [ORDER, RECORD, OPINION], folder.name
        for one in kept:
            assert one.number.endswith("〕21号"), folder.name
            assert store.leases.left(one.kind, year) == 19
            assert len(store.documents.signatures(one.id)) == 3
        letters = store.outbox.letters()
        assert [one.kind for one in letters] == LETTERS, folder.name
        assert len({one.body["id"] for one in letters}) == len(LETTERS)
        uploads = {one.sha256 for one in store.outbox.uploads()}
        photo = store.inspections.photos(visit.id)[0]
        assert uploads == {photo.sha256, *(one.pdf_sha256 for one in kept)}
        assert store.db.conn.execute("pragma integrity_check").fetchone() == ("ok",)


def test_no_name_in_the_folder_stands_for_half_a_file(deaths):
    for folder, store in opened(deaths):
        for path in (folder / "files").glob("[!.]*"):
            assert store.files.whole(f"files/{path.name}", path.stem)
