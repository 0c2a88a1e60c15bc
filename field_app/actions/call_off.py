"""Call off a visit that cannot be carried out (未能检查): it ends without a record, and counts for nothing."""

import json

from field_app.actions.discard_draft import discard_draft
from field_app.actions.take_photo import declare
from field_app.acts import clock_at_act, dated_here
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.officers import name_of
from field_app.refusals import InspectionEnded, InspectionUnknown, LedByColleague
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_app.wire import Location
from field_app.wire_visits import CallOffBody
from field_app.writing import LONG, SHORT, written
from lawbook.calling_off import PapersIssued, Why, require_told

GIVEN_UP = "未能检查，不再出具"


def call_off(
    store: Store, inspection_id: str, why: Why, account: str = "", witness: str = "",
    location: Location | None = None,
) -> None:  # fmt: skip
    """End a visit without a record, write its letter, declare its evidence. Again: nothing.

    Its drafts are given up, its numbers go back; its scheme can be carried out another day.
    Refuses InspectionUnknown, InspectionEnded, LedByColleague, ReasonIncomplete, PapersIssued,
    TooLong.
    """
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise InspectionUnknown
    if inspection.called_off:
        return
    if inspection.ended_at:
        raise InspectionEnded
    require_in_use(store)
    if inspection.led_by:
        raise LedByColleague(f"由{name_of(store, inspection.led_by)}的平板办理")
    account, witness = written(account, LONG, "经过"), written(witness, SHORT, "见证人")
    require_told(why, account, witness)
    papers = store.documents.of_inspection(inspection_id)
    if issued := [one for one in papers if one.issued_at]:
        raise PapersIssued("已出具：" + "、".join(one.number or one.kind for one in issued))
    # A clock that was set back during the visit must not make it end before it began.
    at = max(kept(dated_here(store, now())), inspection.started_at)
    with store.atomic():
        for one in papers:
            discard_draft(store, one.id, GIVEN_UP)
        ended_as_called_off(store, inspection, why, at)
        body = _told(store, inspection, why, account, witness, at, location)
        store.report(inspection.subject, "visit.call_off", body, at)
        for photo in store.inspections.photos(inspection_id):
            declare(store, inspection, photo, hazards=())


def ended_as_called_off(store: Store, inspection: Inspection, why: str, at: str) -> None:
    """The visit is over, and its scheme is free for another one."""
    told = {"why": why, "scheme_id": inspection.scheme_id}
    changes = {"ended_at": at, "scheme_id": None, "led_by": None, "called_off": json.dumps(told)}
    store.inspections.change(inspection.id, changes)


def _told(
    store: Store, inspection: Inspection, why: Why, account: str, witness: str, at: str,
    location: Location | None,
) -> CallOffBody:  # fmt: skip
    return {
        "id": inspection.id,
        "entity_id": inspection.entity_id,
        "region": inspection.region,
        "scheme_id": inspection.scheme_id,
        "planned_inspection_id": inspection.planned_inspection_id,
        "ground_kind": inspection.ground_kind,
        "ground": inspection.ground,
        "officers": inspection.officers,
        "place": inspection.place,
        "present": inspection.present,
        "started_at": inspection.started_at,
        "certificate_shown_at": inspection.certificate_shown_at,
        "called_off_at": at,
        "why": why.value,
        "account": account,
        "witness": witness,
        "device": store.device,
        "location": location,
        "clock": clock_at_act(store),
    }
