"""At the gate: show the certificate (出示执法证), and note who of the plant is there (在场人员)."""

import json
from collections.abc import Sequence

from field_app.acts import clock_at_act, dated_here
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.refusals import InspectionEnded, InspectionIncomplete, InspectionUnknown
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_app.wire import Location, Present
from field_app.writing import SHORT, written

MOST = 10
"""Persons beside the one in charge."""


def show_certificate(store: Store, inspection_id: str, location: Location | None = None) -> str:
    """Keep that the certificate has been shown to the party, when and where. Again: the first moment.

    安全生产法 §67, 行政处罚法 §55. `location`: where the tablet is, if it knows. Refuses
    InspectionUnknown, InspectionEnded.
    """
    inspection = _going_on(store, inspection_id)
    if inspection.certificate_shown_at:
        return inspection.certificate_shown_at
    # A clock that was set back must not make it shown before the visit began.
    at = max(kept(dated_here(store, now())), inspection.started_at)
    with store.atomic():
        store.inspections.change(
            inspection_id,
            {
                "certificate_shown_at": at,
                "shown_clock": json.dumps(clock_at_act(store)),
                "shown_location": json.dumps(location) if location else None,
            },
        )
    return at


def note_present(
    store: Store,
    inspection_id: str,
    people: Sequence[Present],
    location: Location | None = None,
) -> None:
    """Keep who is there: first the person in charge (现场负责人), then the others (name, duty, phone).

    `location`: where the tablet is, if it knows; kept with the moment and the tablet's clocks.
    Whoever has no name is left out. Refuses InspectionIncomplete without the first, or with more
    than MOST others; InspectionEnded; TooLong.
    """
    inspection = _going_on(store, inspection_id)
    told = [_written(one) for one in people]
    if not told or not told[0]["name"]:
        raise InspectionIncomplete("缺少：现场负责人姓名", missing=["现场负责人姓名"])
    first, *others = told
    others = [one for one in others if one["name"]]
    if len(others) > MOST:
        raise InspectionIncomplete(f"除现场负责人外最多记 {MOST} 人")
    if (first, tuple(others)) == (inspection.present, inspection.also_present):
        return
    with store.atomic():
        store.inspections.change(
            inspection_id,
            {
                "present": json.dumps(first, ensure_ascii=False),
                "also_present": json.dumps(others, ensure_ascii=False),
                "present_at": max(kept(dated_here(store, now())), inspection.started_at),
                "present_clock": json.dumps(clock_at_act(store)),
                "present_location": json.dumps(location) if location else None,
            },
        )


def _going_on(store: Store, inspection_id: str) -> Inspection:
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise InspectionUnknown
    if inspection.ended_at:
        raise InspectionEnded
    require_in_use(store)
    return inspection


def _written(one: Present) -> Present:
    return {
        "name": written(one["name"], SHORT, "姓名"),
        "duty": written(one["duty"], SHORT, "职务"),
        "phone": written(one["phone"], SHORT, "电话"),
    }
