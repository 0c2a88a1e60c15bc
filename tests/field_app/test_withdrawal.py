"""What has left an officer's sight is delivered first, and then nothing of it is here (R9, M9)."""

from pathlib import Path

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.draft_scheme import draft_for_plant, give_up_scheme, scheme_pdf, send_scheme
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.photograph_hazard import photograph_hazard
from field_app.actions.reinspect import begin_reinspection, finish_reinspection, record_result
from field_app.actions.take_photo import keep_photo
from field_app.sharing import share
from field_app.shelves.mirror import Place
from field_app.withdrawal import erase_departed, erased_here
from lawbook.inspection import Answer
from tests.examples import jpeg
from tests.field_app.tablet import (
    CHECKLIST,
    FIRST,
    INCOMPLETE,
    PLANT,
    SECOND,
    answered,
    begun,
    entity,
    receipt_of,
    signed,
)
from tests.field_app.unsealed import unsealed

AT = "2026-06-24T00:00:00Z"
MARKS = ("熔炼车间西侧", "贺平川", "不锈钢踏板缺失")


@pytest.fixture(params=["sqlcipher", "sealed"])
def adapter(request):
    """However the store is encrypted."""
    return request.param


def left(store, *rows, whole=False):
    """A pull of the plants."""
    store.mirror.apply("entities", rows, Place("2-aa", len(rows), AT), whole=whole)


def gone(entity_id=PLANT):
    return {"id": entity_id, "removed": True}


def visited(store, *, ended=True) -> str:
    inspection_id = answered(store, begun(store, place=MARKS[0]))
    keep_photo(store, inspection_id, jpeg(seed=3), "image/jpeg", caption=MARKS[2])
    if ended:
        finish_inspection(store, inspection_id)
        for kind in ("correction-order", "inspection-record"):
            document = compose_document(store, inspection_id, kind)
            issue_document(store, signed(store, document.id))
    return inspection_id


def all_sent(store):
    """The office has signed for everything."""
    with store.atomic():
        for letter in store.outbox.waiting(-1):
            store.outbox.sent(letter.id, receipt_of(store, letter))
        for upload in store.outbox.uploads("waiting"):
            store.outbox.upload_done(upload.sha256, {"offset": upload.size})


def marks_in(store) -> list[str]:
    """Which of the marks any file of the store still holds, even for whoever has its key."""
    found = set()
    photo = jpeg(seed=3)[:200]
    for _, data in unsealed(store):
        found |= {mark for mark in MARKS if mark.encode() in data}
        if photo in data:
            found.add("photo")
    return sorted(found)


def test_the_marks_would_be_found(store):
    visited(store)
    assert len(marks_in(store)) == len(MARKS) + 1


def test_after_an_acknowledged_leave_nothing_of_it_is_in_the_folder(store):
    name = store.mirror.entity(PLANT)["name"]
    about = visited(store)
    printed = store.documents.about(about, "inspection-record")
    lent = store.files.lend(printed.pdf_path, "现场检查记录")
    all_sent(store)
    left(store, gone())
    assert lent.is_file()
    assert erase_departed(store, AT) == [PLANT]
    assert marks_in(store) == []
    assert not lent.exists()
    for path, data in unsealed(store):
        assert name.encode() not in data, path
    assert list((store.folder / "files").iterdir()) == []
    assert erased_here(store) == [{"entity_id": PLANT, "erased_at": AT}]


def test_a_scheme_that_was_drafted_at_the_plant_goes_with_it(store):
    for ground in (MARKS[0], MARKS[2]):
        drafted = draft_for_plant(
            store, PLANT, checklist=CHECKLIST, officers=[FIRST, SECOND], ground_kind="other",
            ground=ground,
        )  # fmt: skip
        scheme_pdf(store, drafted)
    send_scheme(store, drafted)
    left(store, gone())
    # The office has not signed for it yet.
    assert erase_departed(store, AT) == []
    all_sent(store)
    # One was never sent: whether it goes is the officer's to say.
    assert erase_departed(store, AT) == []
    (unsent,) = [one.id for one in store.schemes.all() if one.drafted_at is None]
    give_up_scheme(store, unsent)
    assert erase_departed(store, AT) == [PLANT]
    assert marks_in(store) == []
    assert store.schemes.all() == []
    assert list((store.folder / "files").iterdir()) == []


def test_what_was_looked_at_again_of_a_colleagues_visit_goes_too(store):
    found = {
        "id": "00000000-0000-4000-8000-0000000000d1",
        "inspection_id": "00000000-0000-4000-8000-0000000000c1", "entity_id": PLANT,
        "description": MARKS[0], "correct_by": "2026-07-08", "state": "open",
    }  # fmt: skip
    store.mirror.apply("hazards", [found], store.mirror.place("hazards"), whole=False)
    again = begin_reinspection(store, found["inspection_id"], [FIRST, SECOND])
    photograph_hazard(store, again, found["id"], jpeg(seed=3), "image/jpeg", caption=MARKS[2])
    record_result(store, again, found["id"], "corrected", MARKS[1])
    finish_reinspection(store, again)
    assert len(marks_in(store)) == len(MARKS) + 1
    all_sent(store)
    left(store, gone())
    assert erase_departed(store, AT) == [PLANT]
    assert marks_in(store) == []


def test_the_journal_is_proved_as_before(store):
    visited(store)
    all_sent(store)
    left(store, gone())
    erase_departed(store, AT)
    assert store.outbox.journal.broken(store.device) is None
    written, receipted = store.outbox.receipted()
    assert written == receipted > 0


def test_what_is_unsent_stays_until_the_office_has_signed_for_it(store):
    inspection_id = visited(store)
    left(store, gone())
    assert store.mirror.entity(PLANT) is None
    assert erase_departed(store, AT) == []
    assert store.inspections.one(inspection_id)
    assert len(store.outbox.waiting()) > 3
    all_sent(store)
    assert erase_departed(store, AT) == [PLANT]
    assert store.inspections.one(inspection_id) is None


def test_a_file_that_is_on_its_way_keeps_it_here(store):
    inspection_id = visited(store)
    with store.atomic():
        for letter in store.outbox.waiting(-1):
            store.outbox.sent(letter.id, receipt_of(store, letter))
    left(store, gone())
    assert erase_departed(store, AT) == []
    assert store.inspections.photos(inspection_id)


def test_a_receipt_that_nobody_signed_erases_nothing(store):
    inspection_id = visited(store)
    with store.atomic():
        for letter in store.outbox.waiting(-1):
            bare = receipt_of(store, letter)
            del bare["signature"]
            store.outbox.sent(letter.id, bare)
        for upload in store.outbox.uploads("waiting"):
            store.outbox.upload_done(upload.sha256, {"offset": upload.size})
    left(store, gone())
    assert erase_departed(store, AT) == []
    assert store.inspections.one(inspection_id)


def test_a_visit_that_goes_on_can_be_ended_and_sent(store):
    inspection_id = visited(store, ended=False)
    left(store, gone())
    assert erase_departed(store, AT) == []
    finish_inspection(store, inspection_id)
    assert erase_departed(store, AT) == []
    all_sent(store)
    assert erase_departed(store, AT) == [PLANT]


def test_a_refused_letter_keeps_it_here_and_goes_with_the_one_that_took_its_place(store):
    visited(store)
    first = store.outbox.waiting(1)[0]
    with store.atomic():
        store.outbox.refused(first, {"code": "x", "title": MARKS[0]}, None)
    left(store, gone())
    assert erase_departed(store, AT) == []
    store.outbox.send_again(first.id, AT)
    all_sent(store)
    assert erase_departed(store, AT) == [PLANT]
    assert marks_in(store) == []


def test_what_of_another_plant_stays(store):
    visited(store)
    all_sent(store)
    left(store, gone(INCOMPLETE))
    assert erase_departed(store, AT) == [INCOMPLETE]
    assert store.inspections.all()
    assert store.mirror.entity(PLANT)
    assert store.mirror.scheme("00000000-0000-4000-8000-0000000000a2") is None


def test_a_plant_that_has_come_back_is_not_erased(store):
    visited(store)
    all_sent(store)
    left(store, gone())
    left(store, entity(PLANT, 1))
    assert erase_departed(store, AT) == []
    assert store.inspections.all()


def test_of_an_erased_plant_nothing_is_kept_that_is_told_later(store):
    left(store, gone())
    assert erase_departed(store, AT) == [PLANT]
    late = {"id": "00000000-0000-4000-8000-0000000000f1", "entity_id": PLANT, "region": "140882"}
    store.mirror.apply("hazards", [late], Place("3-aa", 1, AT), whole=False)
    assert erase_departed(store, AT) == []
    assert not list(store.mirror.rows("hazards"))


def test_with_an_erased_plant_that_comes_back_everything_about_it_is_pulled_anew(store):
    for dataset in ("entities", "hazards", "inspections"):
        store.mirror.apply(dataset, [], Place("2-aa", 0, AT), whole=False)
    left(store, gone())
    left(store, entity(PLANT, 1))
    assert store.mirror.place("hazards")
    left(store, gone())
    assert erase_departed(store, AT) == [PLANT]
    assert store.mirror.place("hazards")
    left(store, entity(PLANT, 2))
    assert store.mirror.place("hazards") is None
    assert store.mirror.place("inspections") is None
    assert store.mirror.place("entities")


def test_a_plant_that_is_not_among_the_whole_has_left(store):
    visited(store)
    all_sent(store)
    left(store, entity(INCOMPLETE, 2), whole=True)
    assert erase_departed(store, AT) == [PLANT]
    assert marks_in(store) == []


def test_an_officer_who_is_moved_leaves_everything_of_the_old_region(store):
    visited(store)
    all_sent(store)
    store.mirror.forget_places()
    assert erase_departed(store, AT) == []
    left(store, whole=True)
    assert PLANT in erase_departed(store, AT)
    assert marks_in(store) == []


@pytest.mark.parametrize("killed", range(3))
def test_killed_in_the_middle_it_is_ended_by_the_next_look(store, killed, monkeypatch):
    visited(store)
    all_sent(store)
    left(store, gone())
    calls = []
    real = Path.unlink

    def dies(path, missing_ok=False):
        calls.append(path)
        if len(calls) > killed:
            raise KeyboardInterrupt
        return real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", dies)
    with pytest.raises(KeyboardInterrupt):
        erase_departed(store, AT)
    monkeypatch.undo()
    erase_departed(store, AT)
    assert marks_in(store) == []


def said_together(store) -> str:
    """A visit that ended, of which the office was told while it went on."""
    inspection_id = answered(store, begun(store, place=MARKS[0]))
    item = store.packs.checklist(store.inspections.one(inspection_id).checklist).items[0].code
    share(store)
    answer_item(store, inspection_id, item, Answer.MET, remark=MARKS[2])
    return inspection_id


def test_what_was_said_together_and_signed_for_a_colleague_goes_too(store):
    inspection_id = said_together(store)
    share(store)
    finish_inspection(store, inspection_id)
    row = {
        "document_id": "d1", "entity_id": PLANT, "officer": "1", "name": "现场检查记录",
        "number": "", "digest": "0", "data": MARKS[1], "answer": "{}", "signed_at": AT,
    }  # fmt: skip
    with store.atomic():
        store.documents.keep_cosigned(row)
    all_sent(store)
    left(store, gone())
    assert erase_departed(store, AT) == [PLANT]
    assert store.visits.patches(inspection_id) == []
    assert marks_in(store) == []


def test_words_that_no_letter_tells_yet_keep_it_here(store):
    inspection_id = said_together(store)
    finish_inspection(store, inspection_id)
    all_sent(store)
    left(store, gone())
    assert erase_departed(store, AT) == []
    assert store.visits.patches(inspection_id)
    share(store)
    all_sent(store)
    assert erase_departed(store, AT) == [PLANT]
