"""What is said of an item, as patches and as the answer that a screen shows (填写、改动)."""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4, uuid5

from field_app.found import item_of
from field_app.moments import day, read
from field_app.shelves.inspections import Answered, Inspection
from field_app.store import Store
from field_app.wire_visits import ChangeBody, PatchBody
from lawbook.checklist import CheckItem
from lawbook.inspection import Answer
from lawbook.merging import (
    ABOUT,
    ANSWER,
    CRITERION,
    LIST,
    LISTS,
    PENALTY_BASIS,
    REMARK,
    WITHDRAWN,
    Field,
    Merged,
    Value,
    merged,
    open_fields,
)
from lawbook.rectification import proposed_correct_by


def finding_id(inspection_id: str, item: str) -> str:
    """The id of an item's finding: the same on every tablet of the visit."""
    return str(uuid5(UUID(inspection_id), item))


def own_id() -> str:
    """An id for a problem that no item says: a UUID of version 7, later ones sort after earlier."""
    bits = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    bits = bits & ~(0xF << 76) | 7 << 76
    return str(UUID(int=bits & ~(3 << 62) | 2 << 62))


def is_own(key: str) -> bool:
    """Whether this is the id of a problem, not the code of an item."""
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


def proposed(asked: CheckItem, started: date) -> dict[str, Value]:
    """What holds of a field of which nobody has said anything."""
    by = proposed_correct_by(started, asked.correct_days, major=asked.major)
    return {
        REMARK: "", "description": asked.unmet, "correct_by": by.isoformat(), "major": asked.major,
    }  # fmt: skip


NO_WORDS: dict[str, Value] = {
    REMARK: "", "basis": "", CRITERION: "", ABOUT: "", PENALTY_BASIS: "",
}  # fmt: skip
"""The same of an item of which nothing is found, and of a problem that no item says."""


def said_of(answered: Answered) -> dict[str, Value]:
    """An answer by its fields; those of a finding only where there is one."""
    said: dict[str, Value] = {ANSWER: answered.answer.value, REMARK: answered.remark}
    if answered.answer is Answer.NOT_MET:
        said |= {
            "description": answered.description, "correct_by": answered.correct_by,
            "major": answered.major,
        }  # fmt: skip
    if answered.own:
        said |= {
            "basis": answered.basis, CRITERION: answered.criterion, ABOUT: answered.about,
            PENALTY_BASIS: answered.penalty_basis,
        }  # fmt: skip
    return said


def patch_of(
    store: Store, inspection: Inspection, asked: CheckItem | None, answered: Answered, officer: str,
    known: Mapping[str, Field],
) -> PatchBody | None:  # fmt: skip
    """What is new in an answer, over what this tablet had before it; None when nothing is.

    `asked`: None of a problem with an id of its own. `known`: what stood of the item's fields before
    this answer.

    Where different words stand, it takes the place of this officer's own alone: choosing between
    them is an act of its own (settle_item).
    """
    unmet = answered.answer is Answer.NOT_MET and asked is not None
    before = proposed(asked, day(read(inspection.started_at))) if unmet and asked else NO_WORDS
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
    return _patch(store, answered.item, fields, officer, answered.answered_at) if fields else None


def say(store: Store, inspection: Inspection, patch: PatchBody) -> None:
    """Keep what was said here, for the next letter to tell; in the transaction of its act."""
    store.visits.keep(inspection.id, [patch], told=False)
    if not inspection.untold:
        store.visits.mark_untold(inspection.id)


def choice_of(store: Store, item: str, field: str, standing: Field | None, value: Value,
              officer: str, at: str) -> PatchBody:  # fmt: skip
    """One value in the place of every word that stands (选定)."""
    over = sorted(standing.seen) if standing else []
    fields: dict[str, ChangeBody] = {field: {"value": value, "over": over}}
    return _patch(store, item, fields, officer, at)


def _patch(
    store: Store, item: str, fields: dict[str, ChangeBody], officer: str, at: str
) -> PatchBody:
    return {
        "id": str(uuid4()), "item": item, "fields": fields, "officer": officer,
        "device": store.device, "answered_at": at,
    }  # fmt: skip


def take_back(store: Store, inspection: Inspection, key: str, officer: str, at: str) -> None:
    """Say that a problem that no list asks about is none (撤销), in the caller's transaction."""
    standing = merged(store.visits.patches(inspection.id, key)).get(key, {}).get(ANSWER)
    say(store, inspection, choice_of(store, key, ANSWER, standing, WITHDRAWN, officer, at))
    store.inspections.take_back(inspection.id, key)


def answered_by_all(
    inspection: Inspection, asked: CheckItem | None, key: str, fields: Mapping[str, Field],
    before: Answered | None,
) -> Answered | None:  # fmt: skip
    """The answer that stands after everybody's words; None while nobody has answered, or it is
    taken back. `asked`: None of a problem with an id of its own."""
    if ANSWER not in fields:
        return before
    value = str(fields[ANSWER].value)
    if value == WITHDRAWN:
        # One took it back and another stands by it: it stands until they have settled that.
        if Answer.NOT_MET not in fields[ANSWER].standing_values:
            return None
        value = Answer.NOT_MET
    answer = Answer(value)
    at = fields[ANSWER].said_by.answered_at
    words = {name: one.value for name, one in fields.items()}
    if answer is not Answer.NOT_MET:
        return Answered(key, answer, str(words.get(REMARK, "")), at, None, "", "", "", False)
    said = (proposed(asked, day(read(inspection.started_at))) if asked else NO_WORDS) | words
    return Answered(
        key,
        answer,
        str(said[REMARK]),
        at,
        (before and before.finding_id) or (finding_id(inspection.id, key) if asked else key),
        str(said["description"]),
        asked.basis if asked else str(said["basis"]),
        str(said["correct_by"]),
        bool(said["major"]),
        None,
        str(words.get(ABOUT, "")),
        str(words.get(PENALTY_BASIS, "")),
        str(words.get(CRITERION, "")),
    )


def rebuild(store: Store, inspection: Inspection, items: set[str]) -> None:
    """Bring the answers of these items to what stands, in the transaction of the one who calls.

    Words that could not be read before, since their list was not here yet, come with them.
    """
    view = merged(store.visits.patches(inspection.id))
    inspection = keep_lists(store, inspection, view)
    answers = store.inspections.answers(inspection.id)
    unread = {item for item, fields in view.items() if ANSWER in fields} - answers.keys()
    for item in sorted(items | unread):
        asked = None if is_own(item) else item_of(store, inspection, item)
        if item.startswith(LISTS) or (asked is None and not is_own(item)):
            continue
        before, fields = answers.get(item), view.get(item, {})
        if is_own(item) and not {"description", "correct_by", "major"} <= fields.keys():
            continue
        stands = answered_by_all(inspection, asked, item, fields, before)
        if stands is None and before is not None:
            store.inspections.take_back(inspection.id, item)
        elif stands is not None and stands != before:
            # A colleague's word does not touch the clocks of what was said here.
            stands = replace(stands, clock=before.clock if before else None)
            store.inspections.answer(inspection.id, stands)


def lists_of(inspection: Inspection, view: Merged) -> tuple[str, ...]:
    """By which lists a visit asks after everybody's words, in the order in which they were added."""
    first = inspection.checklist.partition("@")[0]
    lists = {first: inspection.checklist}
    changed = [
        (item.removeprefix(LISTS), fields[LIST])
        for item, fields in view.items()
        if item.startswith(LISTS) and LIST in fields
    ]
    for code, field in sorted(changed, key=lambda one: (one[1].said_by.answered_at, one[0])):
        # Of two who did not see each other's word, one leaving a list and one working by it, it stays:
        # what was answered by it would be nowhere in the record.
        used = [str(value) for value in field.standing_values if value]
        if used:
            lists[code] = used[-1]
        elif code != first:
            lists.pop(code, None)
    return tuple(lists.values())


def keep_lists(store: Store, inspection: Inspection, view: Merged) -> Inspection:
    """Bring the lists of a visit to what stands, in the transaction of the one who calls."""
    lists = lists_of(inspection, view)
    if lists == inspection.checklists:
        return inspection
    also = json.dumps(lists[1:])
    store.inspections.change(inspection.id, {"checklist": lists[0], "also_checklists": also})
    return replace(inspection, checklist=lists[0], also_checklists=lists[1:])
