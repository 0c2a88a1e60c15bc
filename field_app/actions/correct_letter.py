"""Correct what the office refused (更正): a new letter that names the refused one, in its place.

The refused letter stays as it was written, in its place of the chain, and is shown as 已更正. What was
signed never changes: in the place of a refused document another one is made, under a number of its own.
"""

from collections.abc import Mapping
from typing import Any, cast

from field_app.actions.compose_document import compose_document, matter_of
from field_app.actions.finish_inspection import judged, require_agreed, stated
from field_app.actions.keep_evidence import EVIDENCE, finding_of
from field_app.actions.reinspect import results_of
from field_app.enrolment import require_in_use
from field_app.moments import day, kept, now, read
from field_app.officers import taking_part
from field_app.refusals import (
    AnswerUnreadable,
    DocumentUnknown,
    EntityUnknown,
    IdTakenElsewhere,
    InspectionUnknown,
    LetterNotRefused,
)
from field_app.shelves.documents import Kept
from field_app.shelves.inspections import Inspection
from field_app.shelves.outbox import Letter
from field_app.store import Store
from field_app.wire import Present
from field_app.writing import CAPTION, LONG, SHORT, written
from lawbook.letters import CORRECTS
from lawbook.proposal import proposed_value, require_source
from lawbook.rectification import ReinspectionOutcome, close

RECORD, AGAIN, PROPOSAL, DOCUMENT = (
    "inspection.record", "reinspection.record", "entity.propose", "document.issue",
)  # fmt: skip
KINDS = (RECORD, EVIDENCE, AGAIN, PROPOSAL, DOCUMENT)
"""What can be corrected. What voids or returns a number has nothing in it to put right."""
TAKEN = "different-content"


def refused(store: Store, letter_id: str, kind: str | None = None) -> Letter:
    """A letter that the office refused. Refuses LetterNotRefused, IdTakenElsewhere."""
    letter = store.outbox.one(letter_id)
    if letter is None or letter.state != "refused" or (kind and letter.kind != kind):
        raise LetterNotRefused
    # Under this id the office has something else already: only a document gets another one.
    if kind != DOCUMENT and letter.problem and letter.problem["code"] == TAKEN:
        raise IdTakenElsewhere
    return letter


def send_again(store: Store, letter_id: str) -> str:
    """Send a refused letter once more; as it now stands, where the visit was corrected meanwhile.

    Refuses LetterNotRefused.
    """
    letter = store.outbox.one(letter_id)
    if letter is not None and letter.state == "refused" and letter.kind == RECORD:
        inspection = store.inspections.one(str(letter.body["id"]))
        if inspection and _unlike(letter.body, _record(store, inspection, letter)):
            return correct_record(store, letter_id)
    fresh = store.outbox.send_again(letter_id, kept(now()))
    if fresh is None:
        raise LetterNotRefused
    return fresh


def _unlike(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return {name: one for name, one in before.items() if name != CORRECTS} != dict(after)


def correct_record(
    store: Store, letter_id: str, *, place: str | None = None, present: Present | None = None
) -> str:
    """Write the record of a visit anew, with the answers as they now stand; the new letter's id.

    Evidence that was declared with a finding which is no more is declared anew. Refuses
    LetterNotRefused, ConflictsOpen, TooLong, and what judging a visit refuses.
    """
    require_in_use(store)
    letter = refused(store, letter_id, RECORD)
    inspection = store.inspections.one(str(letter.body["id"]))
    if inspection is None:
        raise InspectionUnknown
    require_agreed(store, inspection)
    on = day(read(inspection.started_at))
    outcome = judged(store, inspection, taking_part(store, inspection.officers, on))
    at = kept(now())
    with store.atomic():
        changes: dict[str, Any] = {"outcome": outcome.value}
        if place is not None and place.strip():
            changes["place"] = written(place, SHORT, "检查场所")
        store.inspections.change(inspection.id, changes)
        if present is not None and present["name"].strip():
            store.inspections.meet(inspection.id, {
                "name": written(present["name"], SHORT, "现场负责人姓名"),
                "duty": written(present.get("duty", ""), SHORT, "现场负责人职务"),
                "phone": written(present.get("phone", ""), SHORT, "现场负责人电话"),
            })  # fmt: skip
        now_known = store.inspections.one(inspection.id) or inspection
        # While they are held behind the record: nobody has them yet.
        _declare_anew(store, now_known, at)
        return store.correct(letter, _record(store, now_known, letter), at)


def _record(store: Store, inspection: Inspection, letter: Letter) -> dict[str, Any]:
    """The record as it now stands; when and where it ended stays as it was said."""
    body = cast("dict[str, Any]", stated(store, inspection, str(letter.body["ended_at"])))
    return body | {name: letter.body[name] for name in ("clock", "location") if name in letter.body}


def _declare_anew(store: Store, inspection: Inspection, at: str) -> None:
    for letter in store.outbox.open_letters():
        if letter.subject != inspection.subject or letter.kind != EVIDENCE:
            continue
        photo = store.inspections.photo(inspection.id, str(letter.body["sha256"]))
        found = finding_of(store, inspection.id, photo.check_item) if photo else None
        if photo and letter.state == "held" and letter.body.get("hazard_id") != found:
            store.correct(letter, letter.body | {"hazard_id": found}, at)


def correct_evidence(store: Store, letter_id: str, caption: str) -> str:
    """Declare a piece of evidence anew, with what is now said of it; the new letter's id.

    Its bytes and its hash stay. Refuses LetterNotRefused, TooLong.
    """
    require_in_use(store)
    letter = refused(store, letter_id, EVIDENCE)
    inspection_id = str(letter.body["inspection_id"])
    photo = store.inspections.photo(inspection_id, str(letter.body["sha256"]))
    if photo is None:
        raise InspectionUnknown
    said = written(caption, CAPTION, "证据说明")
    found = finding_of(store, inspection_id, photo.check_item)
    with store.atomic():
        store.inspections.caption_photo(photo.id, said)
        body = letter.body | {"caption": said, "hazard_id": found}
        return store.correct(letter, body, kept(now()))


def correct_reinspection(
    store: Store, letter_id: str, results: Mapping[str, tuple[str, str]]
) -> str:
    """State anew what was found of each hazard: (outcome, remark) by its id; the new letter's id.

    Refuses LetterNotRefused, AnswerUnreadable, TooLong.
    """
    require_in_use(store)
    letter = refused(store, letter_id, AGAIN)
    again = store.inspections.again(str(letter.body["id"]))
    if again is None:
        raise InspectionUnknown("本机没有这次复查")
    try:
        said = {
            one: again.results[one] | {
                "outcome": ReinspectionOutcome(outcome).value,
                "remark": written(remark, LONG, "复查说明"),
            }
            for one, (outcome, remark) in results.items()
        }  # fmt: skip
    except (ValueError, KeyError) as error:
        raise AnswerUnreadable(str(error)) from error
    anew = {one: said.get(one, result) for one, result in again.results.items()}
    close(list(anew), {one: ReinspectionOutcome(it["outcome"]) for one, it in anew.items()})
    with store.atomic():
        store.inspections.state_again(again.id, anew)
        body = letter.body | {"results": results_of(anew)}
        return store.correct(letter, body, kept(now()))


def correct_proposal(
    store: Store, letter_id: str, text: str, *, source: str | None, note: str = ""
) -> str:
    """Propose another value for the field of a refused proposal; the new letter's id.

    Refuses LetterNotRefused, SourceUnknown, ValueNotFit, EntityUnknown, PackMissing.
    """
    letter = refused(store, letter_id, PROPOSAL)
    entity = store.mirror.as_pulled(str(letter.body["entity_id"]))
    if entity is None:
        raise EntityUnknown
    field, at = str(letter.body["field"]), kept(now())
    from_where = require_source(source, note).value
    value = proposed_value(store.packs.dictionary(), field, text)
    changes = {
        "new_value": value, "source": from_where, "written_at": at,
        "old_value": entity["values"].get(field, ""),
    }  # fmt: skip
    said = {"source_note": written(note, SHORT, "来源说明"), "device": store.device}
    with store.atomic():
        store.proposals.change(str(letter.body["id"]), changes)
        return store.correct(letter, letter.body | changes | said, at)


def replace_document(store: Store, letter_id: str) -> Kept:
    """Begin a draft in the place of a document that the office refused. Again: the same draft.

    What the officer wrote in the old one stands in it, what was signed does not: it is signed anew.
    The old one stays as it was issued. Its number is voided once this one is issued. Refuses
    LetterNotRefused, NoNumbersLeft, and what composing refuses.
    """
    letter = refused(store, letter_id, DOCUMENT)
    if before := store.documents.replacing(letter_id):
        return before
    old = store.documents.one(str(letter.body["id"]))
    if old is None or not old.issued_at:
        raise DocumentUnknown
    # What cannot be made is refused before the old one leaves its place.
    matter_of(store, store.packs.template(old.kind), old.about, now())
    with store.atomic():
        store.documents.step_aside(old.id)
        made = compose_document(store, old.about, old.kind, old.chosen)
        store.documents.change(made.id, {"instead_of": letter_id})
    return store.documents.one(made.id) or made
