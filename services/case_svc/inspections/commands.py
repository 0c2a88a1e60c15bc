"""Recording on-site inspections (登记现场检查). The lawbook judges; what happened is kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.checklist import Checklist
from lawbook.entity import require_complete
from lawbook.findings import require_borne_out, unfounded
from lawbook.inspection import Answer, PresentOfficer, judge, require_answered
from lawbook.proposal import awaited
from lawbook.rectification import require_order
from lawbook.refusal import Refusal
from paper.values import BEIJING
from services.case_svc.around import around
from services.case_svc.carrying_on import unit_then
from services.case_svc.clocks import doubted
from services.case_svc.inspections.schemas import FindingBody, InspectionBody
from services.case_svc.inspections.tables import HazardRow, InspectionRow
from services.case_svc.ledger_mirror.queries import Visited, entity_visited, officers_then
from services.case_svc.letter_reviews.authority import When, marks, when
from services.case_svc.packs.content import (
    ChecklistUnknown,
    asked,
    checklist,
    item_of,
    ledger_dictionary,
)
from services.case_svc.plans.tables import PlannedInspectionRow
from services.case_svc.rows import announce
from services.case_svc.schemes.tables import InspectionSchemeRow
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet
from services.kit.once import enter_once, entered
from services.kit.problems import DifferentContent, Malformed
from services.kit.wire import ClockBody, Ticks

APPROVED = "approved"


class LedgerBehind(NotKnownYet):
    """An inspection of a plant that was completed on the spot, before the ledger has told so here."""

    code, title = "ledger-behind", "待台账更新：现场补充的台账内容尚未到达"
    next_step = "台账更新后自动办理；补充未被采纳的，另行补全企业台账"


class SchemeNotApproved(Refusal):
    """An inspection by a scheme that nobody has approved."""

    code = "scheme-not-approved"
    title = "现场检查方案尚未批准，不能据此检查"
    law = "运应急发〔2022〕53号 四（二）"
    next_step = "方案批准后再登记据此进行的检查"


class RecordedByColleague(Refusal):
    """A second record of one visit, from the tablet of another of its officers."""

    code = "recorded-by-colleague"
    title = "同行人员已报送该次检查的记录"
    next_step = "本机填写的内容已另行保留，在办公室的检查页面“未写入记录的填写”中查看；需要更正的，制作更正通知书"


def day_of(moment: datetime) -> date:
    """The day on which something happened, on the clocks of Beijing."""
    return moment.astimezone(BEIJING).date()


async def record(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: InspectionBody
) -> InspectionRow:
    """Enter an inspection (登记现场检查). Entering the same record again changes nothing."""
    # What the tablet said, and no more: members that came later than a letter change nothing of it.
    said = body.model_dump(mode="json", exclude_unset=True)
    try:
        known = await entered(session, InspectionRow, id_, said)
    except DifferentContent as differs:
        await _refuse_second(session, id_, body, differs)
        raise
    if known is not None:
        return known
    then = when(folder, body.ended_at, body.clock, _acts(body))
    entity = await entity_visited(session, claims, body.entity_id, body.region, then)
    if body.ended_at < body.started_at:
        raise Malformed("检查结束时间早于开始时间")
    planned = await _occasion(session, folder, body, entity)
    answers = {code: item.answer for code, item in body.answers.items()}
    lists = _checklists(folder, body)
    _require_all_items(lists, answers)
    on = day_of(body.started_at)
    outcome = judge(await present(session, body.officers, then), answers, on, len(body.findings))
    _require_findings(body, answers, on)
    asked_by = {one.id: _asked_by(folder, body, one) for one in body.findings}
    row, made = await enter_once(
        session, InspectionRow, id_, said,
        unit=await unit_then(session, claims, entity.region, on),
        entity_name=entity.name, outcome=outcome, recorded_by=claims.who,
        planned_inspection_id=planned, doubts=_doubts(folder, body) + marks(session), **_columns(body),
    )  # fmt: skip
    if made:
        _announce(session, claims, row, body, asked_by)
        await _announce_visit(session, claims, row)
    return row


async def _refuse_second(
    session: AsyncSession, id_: UUID, body: InspectionBody, differs: DifferentContent
) -> None:
    known = await session.get(InspectionRow, id_)
    if known is not None and known.device != body.device:
        raise RecordedByColleague(
            f"{known.recorded_by} 已于 {known.recorded_at.astimezone(BEIJING):%Y-%m-%d %H:%M} 报送"
        ) from differs


async def present(
    session: AsyncSession, numbers: Sequence[str], then: When
) -> list[PresentOfficer]:
    """The officers of these certificate numbers, as they stood then.

    NotKnownYet when the mirror lacks one, or cannot tell whether they might (AuthorityInDoubt).
    """
    officers = await officers_then(session, numbers, then)
    unknown = [officer.number for officer in officers if not officer.name]
    if unknown:
        raise NotKnownYet(f"服务器上尚无执法证号 {'、'.join(unknown)} 的执法人员")
    return officers


async def _occasion(
    session: AsyncSession, folder: Path, body: InspectionBody, entity: Visited
) -> UUID | None:
    """The planned inspection that this one carries out, if any. Its scheme must stand."""
    planned = body.planned_inspection_id
    if body.scheme_id is None:
        dictionary = ledger_dictionary(folder)
        if body.proposed and awaited(dictionary, entity.values, body.proposed):
            raise LedgerBehind(f"{entity.name}的台账已在现场补充，尚待更新")
        require_complete(entity.name, entity.missing, dictionary.label)
    else:
        scheme = await session.get(InspectionSchemeRow, body.scheme_id)
        if scheme is None:
            raise NotKnownYet("服务器上尚无该现场检查方案")
        if scheme.stage != APPROVED:
            raise SchemeNotApproved(f"{scheme.entity_name}的现场检查方案尚未批准")
        if scheme.entity_id != entity.id:
            raise Malformed(f"该方案的检查对象是{scheme.entity_name}，不是{entity.name}")
        if planned not in (None, scheme.planned_inspection_id):
            raise Malformed("计划内检查与方案所列的不同")
        planned = scheme.planned_inspection_id
    if planned is not None:
        of_plan = await session.get(PlannedInspectionRow, planned)
        if of_plan is None:
            raise NotKnownYet("服务器上尚无该计划内检查")
        if of_plan.entity_id != entity.id:
            raise Malformed(f"该计划内检查的对象是{of_plan.entity_name}，不是{entity.name}")
    return planned


def _checklists(folder: Path, body: InspectionBody) -> Checklist:
    """All check lists of the visit as one."""
    refs = (body.checklist, *body.also_checklists)
    if len({ref.partition("@")[0] for ref in refs}) < len(refs):
        raise Malformed("同一张检查表列了两次")
    try:
        return asked(folder, refs)
    except ChecklistUnknown as unknown:
        # The visit is over: an office that lacks the tablet's version must not refuse its record.
        raise NotKnownYet(unknown.detail) from unknown


def _require_all_items(asked: Checklist, answers: dict[str, Answer]) -> None:
    codes = {item.code for item in asked.items}
    if strangers := sorted(set(answers) - codes):
        raise Malformed(f"{asked.name}没有检查项：{'、'.join(strangers[:8])}")
    require_answered([item.code for item in asked.items], answers)


def _asked_by(folder: Path, body: InspectionBody, finding: FindingBody) -> str | None:
    """The list that asks what a finding is of; None where no list asks about it."""
    if not finding.check_item:
        return None
    if finding.checklist is not None:
        try:
            checklist(folder, finding.checklist).item(finding.check_item)
        except ChecklistUnknown as unknown:
            raise NotKnownYet(unknown.detail) from unknown
        except KeyError as error:
            raise Malformed(f"{finding.checklist} 没有检查项 {finding.check_item}") from error
        return finding.checklist
    known = item_of(folder, (body.checklist, *body.also_checklists), finding.check_item)
    if known is None:
        raise Malformed(f"没有检查项：{finding.check_item}")
    return known[0]


def _require_findings(body: InspectionBody, answers: dict[str, Answer], on: date) -> None:
    """Each unmet item has its finding, each finding its grounds and a day that can still come."""
    unmet = sorted(code for code, answer in answers.items() if answer is Answer.NOT_MET)
    found = [finding.model_dump(mode="json") for finding in body.findings]
    if lacking := unfounded(unmet, found):
        raise Malformed(f"记为“不符合”而没有写明问题的检查项：{'、'.join(lacking)}")
    require_borne_out(answers, found)
    if len({finding.id for finding in body.findings}) < len(body.findings):
        raise Malformed("发现的问题编号重复")
    if body.findings:
        require_order({str(finding.id): finding.correct_by for finding in body.findings}, on)


def _columns(body: InspectionBody) -> dict[str, object]:
    plain = body.model_dump(
        mode="json",
        include={
            "answers",
            "present",
            "findings",
            "location",
            "also_present",
            "clock",
            "begun_clock",
            "present_clock",
            "present_location",
            "shown_clock",
            "shown_location",
            "ended_location",
        },
    )
    kept = {"entity_id", "region", "scheme_id", "checklist", "officers", "place", "started_at"}
    kept |= {
        "ended_at",
        "device",
        "also_checklists",
        "ground_kind",
        "ground",
        "certificate_shown_at",
        "present_at",
    }
    return plain | body.model_dump(include=kept)


def _doubts(folder: Path, body: InspectionBody) -> list[str]:
    """Why its times are doubted: of its beginning, the certificate, its answers and its end."""
    return doubted(folder, body.clock, _acts(body))


def _acts(body: InspectionBody) -> list[ClockBody | Ticks | None]:
    answered = [answer.clock for answer in body.answers.values()]
    return [body.begun_clock, body.present_clock, body.shown_clock, *answered]


def _announce(
    session: AsyncSession, claims: Claims, row: InspectionRow, body: InspectionBody,
    asked_by: Mapping[UUID, str | None],
) -> None:  # fmt: skip
    announce(
        session, claims, "inspection.recorded", row.id, row.region,
        entity_id=str(row.entity_id), outcome=row.outcome, checklist=row.checklist, doubts=row.doubts,
    )  # fmt: skip
    for finding in body.findings:
        session.add(
            HazardRow(
                **finding.model_dump(exclude={"checklist"}), checklist=asked_by[finding.id],
                inspection_id=row.id,
                region=row.region, state="open", entity_id=row.entity_id, entity_name=row.entity_name,
            )
        )  # fmt: skip
        announce(
            session, claims, "hazard.found", finding.id, row.region,
            inspection_id=str(row.id), major=finding.major,
        )  # fmt: skip


async def _announce_visit(session: AsyncSession, claims: Claims, row: InspectionRow) -> None:
    """Of a visit by several, what is shown is from here on only what comes late."""
    if (await around(session, row.id)).shared:
        announce(session, claims, "visit.recorded", row.id, row.region)
