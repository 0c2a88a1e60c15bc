"""Answer an item of the check list (填写检查项). One answer is one commit."""

from dataclasses import replace
from datetime import date

from field_app.acts import ticks_at_act
from field_app.enrolment import require_in_use
from field_app.found import item_of
from field_app.moments import day, kept, now, read
from field_app.refusals import AnswerUnreadable, InspectionEnded, InspectionUnknown, ItemUnknown
from field_app.sharing import me
from field_app.shelves.inspections import Answered, Inspection
from field_app.shelves.visits import as_patch
from field_app.store import Store
from field_app.words import answered_by_all, finding_id, patch_of, say, take_back
from field_app.writing import CITED, LONG, written
from lawbook.checklist import CheckItem
from lawbook.inspection import Answer
from lawbook.merging import merged
from lawbook.rectification import proposed_correct_by, require_order


def answer_item(
    store: Store,
    inspection_id: str,
    item: str,
    answer: Answer | str,
    *,
    remark: str = "",
    description: str | None = None,
    correct_by: date | str | None = None,
    major: bool | None = None,
    basis: str | None = None,
    criterion: str | None = None,
) -> Answered:
    """Keep an answer in the place of an earlier one; it is on disk when this returns.

    `item`: of a list of the visit; of another list, where what it forbids is found all the same; or
    the id of a problem that was recorded (record_finding), of which `basis` and `criterion` can be
    said too. An unmet item (不符合) becomes a finding: its id is made once; description, day and
    `major` are those given, else those kept before, else proposed from the check item. Any other
    answer drops the finding and the further ones of the item, and what no list of the visit asks is
    taken back by it; photos stay. What another officer of the visit says differently stays beside
    it, until one of them chooses (settle_item). Refuses InspectionEnded, ItemUnknown,
    AnswerUnreadable, CorrectionDateImpossible.
    """
    require_in_use(store)
    inspection = going_on(store, inspection_id)
    before = store.inspections.answered(inspection_id, item)
    asked = None if before and before.own else _asked(store, inspection, item)
    try:
        said = Answer(answer)
        until = date.fromisoformat(correct_by) if isinstance(correct_by, str) else correct_by
    except ValueError as error:
        raise AnswerUnreadable(str(error)) from error
    answered = Answered(
        item, said, written(remark, LONG, "备注"), kept(now()), None, "", "", "", False
    )
    if said is Answer.NOT_MET:
        answered = _finding(
            inspection, asked, answered, before, description, until, major, basis, criterion
        )
    elif not _listed(store, inspection, item):
        return _taken_back(store, inspection, answered)
    said_before = store.visits.patches(inspection_id, item)
    fields = merged(said_before).get(item, {})
    patch = patch_of(store, inspection, asked, answered, me(store, inspection), fields)
    if patch:
        fields = merged([*said_before, as_patch(patch)])[item]
    stands = answered_by_all(inspection, asked, item, fields, answered) or answered
    further = store.inspections.further(inspection_id, item) if said is not Answer.NOT_MET else ()
    with store.atomic():
        for key in further:
            take_back(store, inspection, key, me(store, inspection), answered.answered_at)
        if patch:
            say(store, inspection, patch)
        clock = ticks_at_act(store)
        store.inspections.answer(inspection_id, replace(stands, clock=clock))
    return stands


def going_on(store: Store, inspection_id: str) -> Inspection:
    """A visit that goes on, or is being corrected. Refuses InspectionUnknown, InspectionEnded."""
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise InspectionUnknown
    if inspection.ended_at and not sent_back(store, inspection_id):
        raise InspectionEnded
    return inspection


def sent_back(store: Store, inspection_id: str) -> bool:
    """Whether the office refused the record of a visit, which may then be corrected (更正)."""
    return store.outbox.refused_of("inspection.record", inspection_id) is not None


def _asked(store: Store, inspection: Inspection, item: str) -> CheckItem:
    asked = item_of(store, inspection, item)
    if asked is None:
        raise ItemUnknown(f"检查表中没有 {item} 项")
    return asked


def _listed(store: Store, inspection: Inspection, item: str) -> bool:
    return any(one.code == item for one in store.packs.asked(inspection.checklists).items)


def _taken_back(store: Store, inspection: Inspection, answered: Answered) -> Answered:
    """What no list of the visit asks is not a problem after all (撤销)."""
    with store.atomic():
        take_back(store, inspection, answered.item, me(store, inspection), answered.answered_at)
    return answered


def _finding(
    inspection: Inspection,
    asked: CheckItem | None,
    answered: Answered,
    before: Answered | None,
    description: str | None,
    correct_by: date | None,
    major: bool | None,
    basis: str | None,
    criterion: str | None,
) -> Answered:
    kept_before = before if before and before.finding_id else None
    inspected_on = day(read(inspection.started_at))
    if major is None:
        major = kept_before.major if kept_before else bool(asked and asked.major)
    if correct_by is None and kept_before:
        correct_by = date.fromisoformat(kept_before.correct_by)
    if correct_by is None:
        days = asked.correct_days if asked else None
        correct_by = proposed_correct_by(inspected_on, days, major=major)
    said = written(description or "", LONG, "问题描述")
    found = (kept_before and kept_before.finding_id) or finding_id(inspection.id, answered.item)
    require_order({found: correct_by}, inspected_on)
    words = said or (kept_before.description if kept_before else asked.unmet if asked else "")
    day_said = correct_by.isoformat()
    if asked is not None or kept_before is None:
        return replace(
            answered, finding_id=found, description=words, correct_by=day_said, major=major,
            basis=asked.basis if asked else "",
        )  # fmt: skip
    if basis is None:
        basis = kept_before.basis
    if criterion is None:
        criterion = kept_before.criterion
    return replace(
        kept_before, answer=answered.answer, remark=answered.remark, clock=None,
        answered_at=answered.answered_at, description=words, correct_by=day_said, major=major,
        basis=written(basis, CITED, "违反的规定"), criterion=written(criterion, CITED, "判定依据"),
    )  # fmt: skip
