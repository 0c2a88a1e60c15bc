"""What was found at a visit (发现的问题), whatever says it: an item of its lists, of another, or nobody's.

The one place where answers become findings: records, documents and re-inspections read it from here.
"""

from collections.abc import Mapping

from field_app.shelves.inspections import Answered, Inspection
from field_app.store import Store
from field_app.wire import FindingBody
from lawbook.checklist import CheckItem
from lawbook.inspection import Answer
from lawbook.refusal import Refusal


def item_of(store: Store, inspection: Inspection, code: str) -> CheckItem | None:
    """An item as the lists of the visit ask it, else as any list on this tablet does."""
    try:
        return store.packs.asked(inspection.checklists).item(code)
    except (KeyError, Refusal):
        known = store.packs.anywhere(code, inspection.checklists)
        return known[1] if known else None


def found_at(store: Store, inspection_id: str) -> list[FindingBody]:
    """What was found at a visit; nothing of one that is not on this tablet."""
    inspection = store.inspections.one(inspection_id)
    return found_in(store, inspection) if inspection else []


def found_in(store: Store, inspection: Inspection) -> list[FindingBody]:
    """What was found, by the code of its item, then what no item says in the order of its making."""
    unmet = [one for one in answers_of(store, inspection) if one.answer is Answer.NOT_MET]
    return [_finding(store, inspection, one) for one in unmet if one.finding_id]


def answers_of(store: Store, inspection: Inspection) -> list[Answered]:
    """Everything that stands: items by code, each followed by its further problems; then the others."""
    said = store.inspections.answers(inspection.id).values()
    return sorted(
        said, key=lambda one: (one.own and not one.about, one.about or one.item, one.own, one.item)
    )


def answered_items(store: Store, inspection: Inspection) -> dict[str, Answered]:
    """Of the items that the lists of the visit ask, those that are answered, by code."""
    asked = {item.code for item in store.packs.asked(inspection.checklists).items}
    said = store.inspections.answers(inspection.id)
    return {item: one for item, one in said.items() if item in asked}


def _finding(store: Store, inspection: Inspection, one: Answered) -> FindingBody:
    code = one.about if one.own else one.item
    found: FindingBody = {
        "id": str(one.finding_id), "check_item": code, "description": one.description,
        "basis": one.basis, "correct_by": one.correct_by, "major": one.major,
    }  # fmt: skip
    item = item_of(store, inspection, code) if code else None
    criterion = one.criterion or (item.criterion if item else None)
    if one.major and criterion:
        found["criterion"] = criterion
    if code and (elsewhere := _list_elsewhere(store, inspection, code)):
        found["checklist"] = elsewhere
    if one.penalty_basis:
        found["penalty_basis"] = one.penalty_basis
    return found


def _list_elsewhere(store: Store, inspection: Inspection, code: str) -> str | None:
    """Which list asks an item that no list of the visit asks."""
    if any(item.code == code for item in store.packs.asked(inspection.checklists).items):
        return None
    known = store.packs.anywhere(code, inspection.checklists)
    return known[0] if known else None


def labels(store: Store, inspection: Inspection) -> Mapping[str, str]:
    """What each problem with an id of its own is called: G06-2 of an item, 另1 of none."""
    told: dict[str, str] = {}
    of_item: dict[str, int] = {}
    for one in answers_of(store, inspection):
        if one.own:
            of_item[one.about] = of_item.get(one.about, 1 if one.about else 0) + 1
            told[one.item] = (
                f"{one.about}-{of_item[one.about]}" if one.about else f"另{of_item['']}"
            )
    return told
