"""Reading shared visits; what stands is computed from everything that was said."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook import merging
from services.case_svc.inspections.queries import UTC_TEXT
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.rows import SCHEMA
from services.case_svc.visits.schemas import (
    LeftOutWord,
    Opening,
    SaidWord,
    SettledField,
    StandingField,
    StandingItem,
    Visit,
)
from services.case_svc.visits.tables import OpeningRow, PatchRow
from services.kit.letters import moment
from services.kit.problems import NotFound
from services.kit.pulls import Pull

PULL = Pull(
    "visit",
    SCHEMA,
    f"""select o.visit_id as id, jsonb_build_object('id', o.visit_id, 'region', o.region,
        'entity_id', o.entity_id, 'entity_name', o.entity_name, 'scheme_id', o.scheme_id,
        'planned_inspection_id', o.planned_inspection_id, 'checklist', o.checklist,
        'officers', o.officers, 'place', o.place, 'present', o.present,
        'ground_kind', o.ground_kind, 'ground', o.ground,
        'started_at', {UTC_TEXT.format("o.started_at")}, 'officer', o.officer, 'device', o.device,
        'patches', coalesce(said.patches, '[]'),
        'called_off', case when c.id is not null then jsonb_build_object('why', c.why,
            'at', {UTC_TEXT.format("c.called_off_at")}) end)::text as line
    from (
        select distinct on (visit_id) * from {SCHEMA}.visit_opening
        order by visit_id, started_at, device
    ) as o
    left join {SCHEMA}.inspection i on i.id = o.visit_id
    left join {SCHEMA}.called_off_visit c on c.id = o.visit_id
    left join lateral (
        select jsonb_agg(jsonb_build_object('id', p.id, 'item', p.item, 'fields', p.fields,
            'officer', p.officer, 'device', p.device,
            'answered_at', {UTC_TEXT.format("p.answered_at")}) order by p.answered_at, p.id) as patches
        from {SCHEMA}.visit_patch p
        where p.visit_id = o.visit_id and (i.id is null or p.received_at > i.recorded_at)
    ) as said on true""",
)
"""One line a visit, in the words of the opening that leads; once it is recorded, what came late."""


async def one(session: AsyncSession, visit_id: UUID) -> Visit:
    """A visit as it stands; NotFound when none is in sight."""
    openings = await _openings(session, visit_id)
    if not openings:
        raise NotFound("未找到该同行检查，或不在您的管辖范围内")
    rows = await _patches(session, visit_id)
    patches = [as_patch(row) for row in rows]
    view = merging.merged(patches)
    record = await session.get(InspectionRow, visit_id)
    first = openings[0]
    return Visit(
        **{name: getattr(first, name) for name in (
            "region", "entity_id", "entity_name", "scheme_id", "checklist", "officers",
        )},
        id=visit_id,
        openings=[Opening.model_validate(row) for row in openings],
        recorded=record is not None,
        items=[_item(item, fields) for item, fields in sorted(view.items())],
        settled=[
            SettledField.model_validate({
                "item": done.item, "field": done.field, "chosen": _word(done.chosen),
                "left": [_word(word) for word in done.left],
            })
            for done in merging.settlements(patches)
        ],
        left_out=_left_out(view, record, rows) if record else [],
    )  # fmt: skip


async def _openings(session: AsyncSession, visit_id: UUID) -> Sequence[OpeningRow]:
    row = OpeningRow
    wanted = select(row).where(row.visit_id == visit_id).order_by(row.started_at, row.device)
    return (await session.scalars(wanted)).all()


async def _patches(session: AsyncSession, visit_id: UUID) -> Sequence[PatchRow]:
    row = PatchRow
    wanted = select(row).where(row.visit_id == visit_id).order_by(row.answered_at, row.id)
    return (await session.scalars(wanted)).all()


def as_patch(row: PatchRow) -> merging.Patch:
    """A row as the lawbook reads it."""
    fields = {
        name: merging.Change(told["value"], frozenset(told["over"]))
        for name, told in row.fields.items()
    }
    at = moment(row.answered_at)
    return merging.Patch(str(row.id), row.item, fields, row.officer, row.device, at)


def recorded(record: InspectionRow) -> dict[str, dict[str, merging.Value]]:
    """What the record of a visit says: item → field → value."""
    told: dict[str, dict[str, merging.Value]] = {
        item: dict(answered) for item, answered in record.answers.items()
    }
    for finding in record.findings:
        found = {name: finding.get(name, "") for name in merging.FINDING}
        # A further finding of an item, and one that no item says, go by ids of their own.
        told[str(finding["id"])] = {merging.ANSWER: "not_met", merging.REMARK: ""} | found
        first = told.setdefault(finding["check_item"], {merging.ANSWER: "not_met"})
        if "description" not in first:
            first |= found
    return told


def _left_out(
    view: merging.Merged, record: InspectionRow, rows: Sequence[PatchRow]
) -> list[LeftOutWord]:
    came: dict[str, datetime] = {str(row.id): row.received_at for row in rows}
    return [
        LeftOutWord.model_validate({
            "item": item, "field": field, "word": _word(word),
            "late": came[word.patch] > record.recorded_at,
        })
        for item, field, word in merging.left_out(view, recorded(record))
    ]  # fmt: skip


def _item(item: str, fields: dict[str, merging.Field]) -> StandingItem:
    open_ = set(merging.open_fields(fields))
    return StandingItem(
        item=item,
        fields=[
            StandingField.model_validate({
                "field": name, "open": name in open_,
                "standing": [_word(word) for word in fields[name].standing],
            })
            for name in merging.FIELDS
            if name in fields
        ],
    )  # fmt: skip


def _word(word: merging.Word) -> SaidWord:
    return SaidWord.model_validate(word)
