"""Re-inspect (整改复查): hazard by hazard, whether what was ordered has been done."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from field_app.acts import clock_at_act, dated_here
from field_app.enrolment import require_in_use
from field_app.found import found_in
from field_app.moments import day, kept, now, read
from field_app.officers import taking_part
from field_app.refusals import (
    AnswerUnreadable,
    InspectionEnded,
    InspectionUnknown,
    NothingToReview,
)
from field_app.shelves.inspections import Reinspection
from field_app.store import Store
from field_app.wire import Hazard, Location, ReinspectionBody, ResultBody
from field_app.writing import LONG, written
from lawbook.rectification import NotAHazardOfThisOrder, ReinspectionOutcome, close, require_due

CLOSED = "closed"


def open_hazards(store: Store, inspection_id: str) -> list[Hazard]:
    """The hazards of an inspection that are not closed: what the office and this tablet know."""
    hazards = {one["id"]: one for one in _found_here(store, inspection_id)}
    hazards |= {one["id"]: one for one in store.mirror.hazards(inspection_id=inspection_id)}
    # What was found corrected here is closed before the office has heard of it.
    corrected = {
        hazard
        for again in store.inspections.agains(inspection_id)
        if again.reinspected_at
        for hazard, result in again.results.items()
        if result["outcome"] == ReinspectionOutcome.CORRECTED
    }
    return [
        one for one in hazards.values() if one["state"] != CLOSED and one["id"] not in corrected
    ]


def _found_here(store: Store, inspection_id: str) -> list[Hazard]:
    inspection = store.inspections.one(inspection_id)
    if inspection is None or inspection.ended_at is None or inspection.called_off:
        return []
    return [
        {
            "id": found["id"],
            "inspection_id": inspection_id,
            "entity_id": inspection.entity_id,
            "description": found["description"],
            "correct_by": found["correct_by"],
            "state": "open",
        }
        for found in found_in(store, inspection)
    ]


def begin_reinspection(store: Store, inspection_id: str, officers: Sequence[str]) -> str:
    """Begin a re-inspection by these officers (certificate numbers); its id.

    One that is open already is given back. Refuses NothingToReview, TooFewOfficers,
    CertificateNotValid.
    """
    for again in store.inspections.agains(inspection_id):
        if again.reinspected_at is None:
            return again.id
    require_in_use(store)
    hazards = open_hazards(store, inspection_id)
    if not hazards:
        raise NothingToReview
    at = dated_here(store, now())
    numbers = list(dict.fromkeys(officers))
    taking_part(store, numbers, day(at))
    reinspection_id = str(uuid4())
    with store.atomic():
        store.inspections.begin_again(
            {
                "id": reinspection_id,
                "inspection_id": inspection_id,
                "entity_id": hazards[0]["entity_id"],
                "officers": json.dumps(numbers),
                "results": "{}",
                "started_at": kept(at),
            }
        )
    return reinspection_id


def record_result(
    store: Store,
    reinspection_id: str,
    hazard_id: str,
    outcome: ReinspectionOutcome | str,
    remark: str = "",
) -> None:
    """Keep what was found about one hazard. One result is one commit.

    Refuses InspectionEnded, NotAHazardOfThisOrder, AnswerUnreadable.
    """
    require_in_use(store)
    again = _known(store, reinspection_id)
    if again.reinspected_at:
        raise InspectionEnded("复查已结束，内容不能再修改")
    hazards = {one["id"]: one for one in open_hazards(store, again.inspection_id)}
    if hazard_id not in hazards:
        raise NotAHazardOfThisOrder("这一项不在待复查的隐患之中")
    try:
        said = ReinspectionOutcome(outcome)
    except ValueError as error:
        raise AnswerUnreadable(str(error)) from error
    # The description goes with the result: the document names it after the hazard has closed.
    result = {
        "outcome": said.value,
        "remark": written(remark, LONG, "复查说明"),
        "description": hazards[hazard_id]["description"],
    }
    with store.atomic():
        store.inspections.change_again(
            reinspection_id,
            {"results": json.dumps(again.results | {hazard_id: result}, ensure_ascii=False)},
        )


def finish_reinspection(
    store: Store, reinspection_id: str, location: Location | None = None
) -> Reinspection:
    """Fix it and write its letter. Again: the same. `location`: where, as far as the tablet knows.

    Refuses NothingToReview (all was closed meanwhile), NotAHazardOfThisOrder, DayHasCome.
    """
    again = _known(store, reinspection_id)
    if again.reinspected_at:
        return again
    require_in_use(store)
    due = {
        one["id"]: date.fromisoformat(one["correct_by"])
        for one in open_hazards(store, again.inspection_id)
    }
    hazards = list(due)
    if not hazards:
        raise NothingToReview
    # What others closed since it was looked at is theirs to tell.
    results = {one: again.results[one] for one in hazards if one in again.results}
    outcomes = {one: ReinspectionOutcome(it["outcome"]) for one, it in results.items()}
    close(hazards, outcomes)
    # Two tablets' clocks may disagree: what was re-inspected has been inspected before.
    at = max(dated_here(store, now()), *_before(store, again))
    require_due(due, outcomes, day(at))
    taking_part(store, again.officers, day(at))
    with store.atomic():
        store.inspections.change_again(
            reinspection_id,
            {"results": json.dumps(results, ensure_ascii=False), "reinspected_at": kept(at)},
        )
        body: ReinspectionBody = {
            "id": reinspection_id,
            "inspection_id": again.inspection_id,
            "reinspected_at": kept(at),
            "officers": again.officers,
            "results": results_of(results),
            "device": store.device,
            "clock": clock_at_act(store),
        }
        if location:
            body["location"] = location
        subject = f"inspection:{again.inspection_id}"
        store.report(subject, "reinspection.record", body, kept(at))
    return _known(store, reinspection_id)


def results_of(results: dict[str, dict[str, str]]) -> list[ResultBody]:
    """Results by hazard as the letter tells them."""
    return [
        {"hazard_id": one, "outcome": it["outcome"], "remark": it["remark"]}
        for one, it in results.items()
    ]


def _before(store: Store, again: Reinspection) -> list[datetime]:
    """What a re-inspection cannot be earlier than: its own beginning, and that of the inspection."""
    own = store.inspections.one(again.inspection_id)
    begun = [again.started_at, *([own.started_at] if own else [])]
    begun += [one["started_at"] for one in store.mirror.rows("inspections", id=again.inspection_id)]
    return [read(at) for at in begun]


def _known(store: Store, reinspection_id: str) -> Reinspection:
    again = store.inspections.again(reinspection_id)
    if again is None:
        raise InspectionUnknown("本机没有这次复查")
    return again
