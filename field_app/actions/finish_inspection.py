"""Finish an inspection (结束现场检查): from here on its answers never change."""

import json

from field_app.actions.take_photo import declare
from field_app.acts import clock_at_act
from field_app.enrolment import require_in_use
from field_app.moments import day, kept, now, read
from field_app.officers import name_of, taking_part
from field_app.refusals import InspectionUnknown, LedByColleague
from field_app.shelves.inspections import Answered, Inspection, findings
from field_app.store import Store
from field_app.wire import AnswerBody, FindingBody, InspectionBody, Location
from lawbook.checklist import Checklist
from lawbook.inspection import Outcome, judge, require_answered
from lawbook.merging import ConflictsOpen, merged, open_items


def finish_inspection(
    store: Store, inspection_id: str, *, in_stead: bool = False, location: Location | None = None
) -> Outcome:
    """Judge it, fix its end, write its letters and queue its photos. Again: the same outcome.

    The tablet that leads ends the visit; another one only `in_stead` of it (代为结束), when that one
    cannot. `location`: where it ends, if the tablet knows. Refuses LedByColleague, ConflictsOpen
    with the items, Unanswered, TooFewOfficers, CertificateNotValid.
    """
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise InspectionUnknown
    if inspection.outcome:
        return Outcome(inspection.outcome)
    require_in_use(store)
    if inspection.led_by and not in_stead:
        raise LedByColleague(f"由{name_of(store, inspection.led_by)}的平板结束")
    require_agreed(store, inspection)
    answers = store.inspections.answers(inspection_id)
    given = {item: answered.answer for item, answered in answers.items()}
    asked = store.packs.checklist(inspection.checklist)
    items = [item.code for item in asked.items]
    require_answered(items, given)
    inspected_on = day(read(inspection.started_at))
    present = taking_part(store, inspection.officers, inspected_on)
    outcome = judge(present, given, inspected_on)
    # A clock that was set back during the visit must not make it end before it began.
    at = max(kept(now()), inspection.started_at)
    with store.atomic():
        store.inspections.change(
            inspection_id,
            {
                "ended_at": at,
                "outcome": outcome.value,
                "led_by": None,
                "ended_location": json.dumps(location) if location else None,
            },
        )
        ended = store.inspections.one(inspection_id) or inspection
        body = stated(store, ended, at)
        store.report(inspection.subject, "inspection.record", body, at)
        for photo in store.inspections.photos(inspection_id):
            declare(store, inspection, photo)
    return outcome


def _add_criteria(found: list[FindingBody], asked: Checklist) -> None:
    """Say by which criterion each major hazard is one, where the check list says so (判定依据)."""
    for finding in found:
        criterion = asked.item(finding["check_item"]).criterion
        if finding["major"] and criterion:
            finding["criterion"] = criterion


def require_agreed(store: Store, inspection: Inspection) -> None:
    """Refuses ConflictsOpen while different answers of the officers stand, naming the items."""
    if items := open_items(merged(store.visits.patches(inspection.id))):
        raise ConflictsOpen("尚未选定：" + "、".join(items), items=items)


def _answer(one: Answered) -> AnswerBody:
    said: AnswerBody = {"answer": one.answer.value, "remark": one.remark}
    return said | {"clock": one.clock} if one.clock else said


def stated(store: Store, inspection: Inspection, ended_at: str) -> InspectionBody:
    """What the record of a visit states, as it now stands on the tablet."""
    answers = store.inspections.answers(inspection.id)
    body: InspectionBody = {
        "id": inspection.id,
        "scheme_id": inspection.scheme_id,
        "planned_inspection_id": inspection.planned_inspection_id,
        "entity_id": inspection.entity_id,
        "region": inspection.region,
        "checklist": inspection.checklist,
        "officers": inspection.officers,
        "answers": {item: _answer(one) for item, one in answers.items()},
        "place": inspection.place,
        "started_at": inspection.started_at,
        "ended_at": ended_at,
        "present": inspection.present,
        "findings": findings(answers),
        "device": store.device,
        "location": inspection.location,
        "clock": clock_at_act(store),
    }
    if inspection.begun_clock:
        body["begun_clock"] = inspection.begun_clock
    # Said only where it is known: the office takes letters of tablets that do not know of it.
    if inspection.ground_kind:
        body["ground_kind"] = inspection.ground_kind
    if inspection.ground:
        body["ground"] = inspection.ground
    if inspection.certificate_shown_at:
        body["certificate_shown_at"] = inspection.certificate_shown_at
    if inspection.shown_clock:
        body["shown_clock"] = inspection.shown_clock
    if inspection.shown_location:
        body["shown_location"] = inspection.shown_location
    if inspection.ended_location:
        body["ended_location"] = inspection.ended_location
    if inspection.proposed:
        body["proposed"] = list(inspection.proposed)
    if inspection.also_present:
        body["also_present"] = list(inspection.also_present)
    _add_criteria(body["findings"], store.packs.checklist(inspection.checklist))
    return body
