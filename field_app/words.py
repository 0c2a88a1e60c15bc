"""What is said of an item, as patches and as the answer that a screen shows (填写、改动)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4, uuid5

from field_app.moments import day, read
from field_app.shelves.inspections import Answered, Inspection
from field_app.store import Store
from field_app.wire_visits import ChangeBody, PatchBody
from lawbook.checklist import CheckItem
from lawbook.inspection import Answer
from lawbook.merging import ANSWER, REMARK, Field, Value, merged, open_fields
from lawbook.rectification import proposed_correct_by


def finding_id(inspection_id: str, item: str) -> str:
    """The id of an item's finding: the same on every tablet of the visit."""
    return str(uuid5(UUID(inspection_id), item))


def proposed(asked: CheckItem, started: date) -> dict[str, Value]:
    """What holds of a field of which nobody has said anything."""
    by = proposed_correct_by(started, asked.correct_days, major=asked.major)
    return {
        REMARK: "", "description": asked.unmet, "correct_by": by.isoformat(), "major": asked.major,
    }  # fmt: skip


NO_WORDS: dict[str, Value] = {REMARK: ""}
"""The same of an item of which nothing is found."""


def said_of(answered: Answered) -> dict[str, Value]:
    """An answer by its fields; those of a finding only where there is one."""
    said: dict[str, Value] = {ANSWER: answered.answer.value, REMARK: answered.remark}
    if answered.answer is Answer.NOT_MET:
        said |= {
            "description": answered.description, "correct_by": answered.correct_by,
            "major": answered.major,
        }  # fmt: skip
    return said


def patch_of(
    store: Store, inspection: Inspection, asked: CheckItem, answered: Answered, officer: str,
    known: Mapping[str, Field],
) -> PatchBody | None:  # fmt: skip
    """What is new in an answer, over what this tablet had before it; None when nothing is.

    `known`: what stood of the item's fields before this answer.

    Where different words stand, it takes the place of this officer's own alone: choosing between
    them is an act of its own (settle_item).
    """
    unmet = answered.answer is Answer.NOT_MET
    before = proposed(asked, day(read(inspection.started_at))) if unmet else NO_WORDS
    fields: dict[str, ChangeBody] = {}
    apart = set(open_fields(known))
    for name, value in said_of(answered).items():
        standing = known.get(name)
        if standing is None:
            if value != before.get(name):
                fields[name] = {"value": value, "over": []}
        elif name in apart:
            mine = [word for word in standing.standing if word.officer == officer]
            # What the screen showed and nobody changed is no word of this officer's.
            if value != standing.value and value not in [word.value for word in mine]:
                fields[name] = {"value": value, "over": sorted(word.patch for word in mine)}
        elif value != standing.value:
            fields[name] = {"value": value, "over": sorted(standing.seen)}
    return _patch(store, asked.code, fields, officer, answered.answered_at) if fields else None


def say(store: Store, inspection: Inspection, patch: PatchBody) -> None:
    """Keep what was said here, for the next letter to tell; in the transaction of its act."""
    store.visits.keep(inspection.id, [patch], told=False)
    if not inspection.untold:
        store.visits.mark_untold(inspection.id)


def choice_of(store: Store, item: str, field: str, standing: Field, value: Value,
              officer: str, at: str) -> PatchBody:  # fmt: skip
    """One value in the place of every word that stands (选定)."""
    fields: dict[str, ChangeBody] = {field: {"value": value, "over": sorted(standing.seen)}}
    return _patch(store, item, fields, officer, at)


def _patch(
    store: Store, item: str, fields: dict[str, ChangeBody], officer: str, at: str
) -> PatchBody:
    return {
        "id": str(uuid4()), "item": item, "fields": fields, "officer": officer,
        "device": store.device, "answered_at": at,
    }  # fmt: skip


def answered_by_all(
    inspection: Inspection, asked: CheckItem, fields: Mapping[str, Field], before: Answered | None
) -> Answered | None:
    """The answer that stands after everybody's words; None while nobody has answered."""
    if ANSWER not in fields:
        return before
    answer = Answer(str(fields[ANSWER].value))
    at = fields[ANSWER].said_by.answered_at
    words = {name: one.value for name, one in fields.items()}
    if answer is not Answer.NOT_MET:
        remark = str(words.get(REMARK, ""))
        return Answered(asked.code, answer, remark, at, None, "", "", "", False)
    said = proposed(asked, day(read(inspection.started_at))) | words
    return Answered(
        asked.code,
        answer,
        str(said[REMARK]),
        at,
        (before and before.finding_id) or finding_id(inspection.id, asked.code),
        str(said["description"]),
        asked.basis,
        str(said["correct_by"]),
        bool(said["major"]),
    )


def rebuild(store: Store, inspection: Inspection, items: set[str]) -> None:
    """Bring the answers of these items to what stands, in the transaction of the one who calls."""
    view = merged(store.visits.patches(inspection.id))
    answers = store.inspections.answers(inspection.id)
    asked = {one.code: one for one in store.packs.checklist(inspection.checklist).items}
    for item in sorted(items & asked.keys()):
        before = answers.get(item)
        stands = answered_by_all(inspection, asked[item], view.get(item, {}), before)
        if stands is not None and stands != before:
            # A colleague's word does not touch the clocks of what was said here.
            stands = replace(stands, clock=before.clock if before else None)
            store.inspections.answer(inspection.id, stands)
