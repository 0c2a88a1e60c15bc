"""Tell the office, and through it the other officers' tablets, how a visit goes on (同行检查).

Answers are on disk as they are given; as soon as there is a signal, what is new becomes letters.
They are letters of their own subject: the record of the visit never waits for them.
"""

from uuid import UUID, uuid4, uuid5

from field_app.moments import kept, now
from field_app.shelves.inspections import Inspection
from field_app.shelves.packs import PackMissing
from field_app.store import Store
from field_app.wire_visits import VisitAnswerBody, VisitOpenBody
from field_app.words import patch_of

MOST = 300
"""Patches that one letter tells."""


def me(store: Store, inspection: Inspection) -> str:
    """The certificate number of whoever answers here (执法证号)."""
    officer = (store.setting("me") or {}).get("officer")
    return str(officer or inspection.officers[0])


def share(store: Store) -> int:
    """Write the letters of what is new in the visits that others may work on; how many."""
    written = 0
    for visit_id in store.visits.to_share():
        with store.atomic():
            inspection = store.inspections.one(visit_id)
            if inspection is not None:
                written += _share(store, inspection)
    return written


def _share(store: Store, inspection: Inspection) -> int:
    at, subject, written = kept(now()), f"visit:{inspection.id}", 0
    if inspection.shared_at is None:
        _adopt(store, inspection)
        store.report(subject, "visit.open", _opening(store, inspection), at)
        store.inspections.change(inspection.id, {"shared_at": at})
        written += 1
    patches = store.visits.untold(inspection.id)
    for first in range(0, len(patches), MOST):
        body: VisitAnswerBody = {
            "id": str(uuid4()), "visit_id": inspection.id, "device": store.device,
            "patches": patches[first : first + MOST],
        }  # fmt: skip
        store.report(subject, "visit.answer", body, at)
        written += 1
    store.visits.told(inspection.id)
    return written


def _opening(store: Store, inspection: Inspection) -> VisitOpenBody:
    return {
        # The same however often this tablet says it.
        "id": str(uuid5(UUID(inspection.id), store.device)),
        "visit_id": inspection.id,
        "entity_id": inspection.entity_id,
        "region": inspection.region,
        "scheme_id": inspection.scheme_id,
        "planned_inspection_id": inspection.planned_inspection_id,
        "checklist": inspection.checklist,
        "officers": inspection.officers,
        "place": inspection.place,
        "present": inspection.present,
        "ground_kind": inspection.ground_kind,
        "ground": inspection.ground,
        "started_at": inspection.started_at,
        "officer": me(store, inspection),
        "device": store.device,
    }


def _adopt(store: Store, inspection: Inspection) -> None:
    """Answers that were given before this tablet knew of patches become patches."""
    said_of = {patch.item for patch in store.visits.patches(inspection.id)}
    try:
        asked = {one.code: one for one in store.packs.asked(inspection.checklists).items}
    except PackMissing:
        return
    for item, answered in store.inspections.answers(inspection.id).items():
        if item in said_of or item not in asked:
            continue
        officer = me(store, inspection)
        patch = patch_of(store, inspection, asked[item], answered, officer, known={})
        if patch:
            store.visits.keep(inspection.id, [patch], told=False)
