"""Begin an inspection (开始现场检查), with or without a signal."""

import json
from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from field_app.acts import clock_at_act, dated_here
from field_app.enrolment import require_in_use
from field_app.moments import day, kept, now
from field_app.officers import taking_part
from field_app.refusals import (
    AnswerUnreadable,
    EntityUnknown,
    InspectionIncomplete,
    SchemeNotApproved,
)
from field_app.shelves.inspections import Inspection
from field_app.shelves.packs import PackMissing
from field_app.store import Store
from field_app.wire import InspectionScheme, Location, Present
from field_app.writing import SHORT, written
from lawbook.entity import LedgerDictionary, require_complete
from lawbook.inspection import GroundKind, ground_said

VISIT = "visit"
"""What a visit by a scheme is named after, beside the scheme's id: each scheme orders one."""


def begin_inspection(
    store: Store,
    *,
    scheme_id: str | None = None,
    entity_id: str | None = None,
    checklist: str | None = None,
    officers: Sequence[str] | None = None,
    ground_kind: str | None = None,
    ground: str | None = None,
    place: str,
    present: Present,
    location: Location | None = None,
) -> str:
    """Begin a visit; its id. One that goes on already is given back: of the scheme, or at the plant.

    By an approved scheme (`scheme_id`; plant, check list and officers are the scheme's; `officers`
    may name others who came in their place), or ad hoc: `entity_id`, `checklist`, `officers`
    (certificate numbers) and the ground (检查缘由) are then needed: a kind (`GroundKind`), a text, or
    both; of another kind (其他) always a text. `present` is the plant's
    person on the spot (现场负责人). Refuses SchemeNotApproved, LedgerIncomplete, TooFewOfficers,
    CertificateNotValid, InspectionIncomplete (what is needed and was not given).
    """
    if going_on := _going_on(store, scheme_id, entity_id):
        return going_on.id
    require_in_use(store)
    scheme = _approved(store, scheme_id) if scheme_id else None
    if scheme:
        entity_id, checklist = scheme["entity_id"], scheme["checklist"]
        ground_kind = ground = None
        officers = officers or scheme["officers"]
    _require(scheme, entity_id, checklist, officers, _said(ground_kind, ground), place, present)
    entity = store.mirror.entity(entity_id or "")
    if entity is None:
        raise EntityUnknown
    if scheme is None:
        require_complete(entity["name"], entity["missing"], _labels(store))
    at = dated_here(store, now())
    numbers = list(dict.fromkeys(officers or ()))
    spoken_to: Present = {
        "name": written(present["name"], SHORT, "现场负责人姓名"),
        "duty": written(present.get("duty", ""), SHORT, "现场负责人职务"),
        "phone": written(present.get("phone", ""), SHORT, "现场负责人电话"),
    }
    taking_part(store, numbers, day(at))
    # By a scheme the visit is the same on the tablets of all its officers, in reach or not.
    inspection_id = _visit_of(store, scheme_id) if scheme_id else str(uuid4())
    with store.atomic():
        store.inspections.begin(
            {
                "id": inspection_id,
                "entity_id": entity["id"],
                "scheme_id": scheme_id,
                "planned_inspection_id": scheme["planned_inspection_id"] if scheme else None,
                "ground_kind": GroundKind(ground_kind) if ground_kind else None,
                "ground": (ground and written(ground, SHORT, "检查缘由")) or None,
                "region": entity["region"],
                "checklist": store.packs.to_begin_with(checklist or "", day(at)).ref,
                "officers": json.dumps(numbers),
                "place": written(place, SHORT, "检查场所"),
                "present": json.dumps(spoken_to, ensure_ascii=False),
                "location": json.dumps(location) if location else None,
                "started_at": kept(at),
                "begun_clock": json.dumps(clock_at_act(store)),
                "proposed": json.dumps(_proposed(store, entity["id"])),
            }
        )
    return inspection_id


def _visit_of(store: Store, scheme_id: str) -> str:
    """The id of the visit that a scheme orders; of the next one, after those that were called off."""
    visit = uuid5(UUID(scheme_id), VISIT)
    while store.inspections.one(str(visit)):
        visit = uuid5(visit, VISIT)
    return str(visit)


def _proposed(store: Store, entity_id: str) -> list[str]:
    """The fields that are here only because this tablet proposed them."""
    pulled = store.mirror.as_pulled(entity_id)
    return store.proposals.fields(pulled) if pulled else []


def _said(kind: str | None, text: str | None) -> str:
    """The ground in words, empty when it is not one. Refuses a kind that there is not."""
    if kind and kind not in {*GroundKind}:
        raise AnswerUnreadable(f"没有“{kind}”这种检查缘由")
    return ground_said(kind, text)


def _going_on(store: Store, scheme_id: str | None, entity_id: str | None) -> Inspection | None:
    if scheme_id:
        return store.inspections.of_scheme(scheme_id)
    return store.inspections.going_on(entity_id) if entity_id else None


def _approved(store: Store, scheme_id: str) -> InspectionScheme:
    scheme = store.mirror.scheme(scheme_id)
    if scheme is None or scheme["stage"] != "approved":
        raise SchemeNotApproved
    return scheme


def _require(
    scheme: InspectionScheme | None,
    entity_id: str | None,
    checklist: str | None,
    officers: Sequence[str] | None,
    ground: str | None,
    place: str,
    present: Present,
) -> None:
    needed = {
        "被检查单位": entity_id,
        "检查表": checklist,
        "执法人员": officers,
        "检查缘由": scheme or ground,
        "检查场所": place.strip(),
        "现场负责人姓名": present["name"].strip(),
    }
    if missing := [name for name, given in needed.items() if not given]:
        raise InspectionIncomplete("缺少：" + "、".join(missing), missing=missing)


def _labels(store: Store) -> dict[str, str]:
    try:
        return LedgerDictionary.from_content(store.packs.body("ledger", "ledger")).label
    except PackMissing:
        return {}
