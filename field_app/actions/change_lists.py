"""Change by which check lists a visit asks (增加检查表、改用新版): one change is one commit."""

from field_app.actions.answer_item import going_on
from field_app.enrolment import require_in_use
from field_app.found import found_in
from field_app.moments import kept, now
from field_app.sharing import me
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_app.words import choice_of, rebuild, say
from lawbook.merging import LIST, LISTS, merged


def use_list(store: Store, inspection_id: str, ref: str) -> list[str]:
    """Ask by this list too, or by this version of one that is in use.

    Answers of items that stand in both stay; what a version asks no more and was unmet stays a
    problem, beyond the lists, until it is taken back: their codes are given back. Again: nothing.
    Refuses InspectionUnknown, InspectionEnded, PackMissing.
    """
    require_in_use(store)
    inspection = going_on(store, inspection_id)
    store.packs.checklist(ref)
    if ref in inspection.checklists:
        return []
    return _say(store, inspection, ref.partition("@")[0], ref)


def leave_list(store: Store, inspection_id: str, ref: str) -> list[str]:
    """Ask no longer by a list that was added; what was unmet of it stays a problem: their codes.

    The list that the visit began with stays. Refuses InspectionUnknown, InspectionEnded.
    """
    require_in_use(store)
    inspection = going_on(store, inspection_id)
    if ref not in inspection.also_checklists:
        return []
    return _say(store, inspection, ref.partition("@")[0], "")


def _say(store: Store, inspection: Inspection, code: str, ref: str) -> list[str]:
    key, at = LISTS + code, kept(now())
    standing = merged(store.visits.patches(inspection.id, key)).get(key, {}).get(LIST)
    before = {item.code for item in store.packs.asked(inspection.checklists).items}
    with store.atomic():
        said = choice_of(store, key, LIST, standing, ref, me(store, inspection), at)
        say(store, inspection, said)
        # Whatever stands is now asked in the words of the version that is in use.
        rebuild(store, inspection, set(store.inspections.answers(inspection.id)))
        changed = store.inspections.one(inspection.id) or inspection
    left = before - {item.code for item in store.packs.asked(changed.checklists).items}
    return [one["check_item"] for one in found_in(store, changed) if one["check_item"] in left]
