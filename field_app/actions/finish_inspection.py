"""Finish an inspection (结束现场检查): from here on its answers never change."""

import json
from collections.abc import Sequence

from field_app.actions.take_photo import declare
from field_app.acts import clock_at_act, dated_here
from field_app.enrolment import require_in_use
from field_app.found import answered_items, found_in, labels
from field_app.moments import day, kept, now, read
from field_app.officers import name_of, taking_part
from field_app.refusals import InspectionEnded, InspectionUnknown, LedByColleague
from field_app.shelves.inspections import Answered, Inspection
from field_app.shelves.packs import PackMissing
from field_app.store import Store
from field_app.wire import AnswerBody, InspectionBody, Location
from field_app.words import is_own
from lawbook.findings import require_borne_out
from lawbook.inspection import Outcome, PresentOfficer, judge, require_answered
from lawbook.merging import ConflictsOpen, merged, open_items


def finish_inspection(
    store: Store, inspection_id: str, *, in_stead: bool = False, location: Location | None = None
) -> Outcome:
    """Judge it, fix its end, write its letters and queue its photos. Again: the same outcome.

    The tablet that leads ends the visit; another one only `in_stead` of it (代为结束), when that one
    cannot. `location`: where it ends, if the tablet knows. Refuses InspectionEnded of one that was
    called off, LedByColleague, ConflictsOpen with the items, Unanswered, FindingContradicted,
    FindingWithoutBasis, TooFewOfficers, CertificateNotValid, PackMissing (a list that a colleague
    added is not here).
    """
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise InspectionUnknown
    if inspection.outcome:
        return Outcome(inspection.outcome)
    if inspection.called_off:
        raise InspectionEnded("本次检查已记为未能检查")
    require_in_use(store)
    if inspection.led_by and not in_stead:
        raise LedByColleague(f"由{name_of(store, inspection.led_by)}的平板结束")
    require_agreed(store, inspection)
    inspected_on = day(read(inspection.started_at))
    present = taking_part(store, inspection.officers, inspected_on)
    outcome = judged(store, inspection, present)
    # A clock that was set back during the visit must not make it end before it began.
    at = max(kept(dated_here(store, now())), inspection.started_at)
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


def judged(store: Store, inspection: Inspection, present: Sequence[PresentOfficer]) -> Outcome:
    """What the answers and the problems of a visit come to; every list is answered.

    Refuses PackMissing, Unanswered, FindingContradicted, FindingWithoutBasis, and what the lawbook
    has against who took part.
    """
    if missing := [ref for ref in inspection.checklists if not store.packs.has(ref)]:
        raise PackMissing(f"缺少 {'、'.join(missing)}")
    given = {item: one.answer for item, one in answered_items(store, inspection).items()}
    codes = [item.code for item in store.packs.asked(inspection.checklists).items]
    require_answered(codes, given)
    found = found_in(store, inspection)
    require_borne_out(given, found)
    return judge(present, given, day(read(inspection.started_at)), len(found))


def require_agreed(store: Store, inspection: Inspection) -> None:
    """Refuses ConflictsOpen while different answers of the officers stand, naming the items."""
    if items := open_items(merged(store.visits.patches(inspection.id))):
        called = labels(store, inspection)
        told = [called.get(item, "另记的问题" if is_own(item) else item) for item in items]
        raise ConflictsOpen("尚未选定：" + "、".join(told), items=items)


def _answer(one: Answered) -> AnswerBody:
    said: AnswerBody = {"answer": one.answer.value, "remark": one.remark}
    return said | {"clock": one.clock} if one.clock else said


def stated(store: Store, inspection: Inspection, ended_at: str) -> InspectionBody:
    """What the record of a visit states, as it now stands on the tablet."""
    answers = answered_items(store, inspection)
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
        "findings": found_in(store, inspection),
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
    if inspection.present_at and inspection.present_clock:
        body["present_at"] = inspection.present_at
        body["present_clock"] = inspection.present_clock
    if inspection.present_location:
        body["present_location"] = inspection.present_location
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
    if inspection.also_checklists:
        body["also_checklists"] = list(inspection.also_checklists)
    return body
