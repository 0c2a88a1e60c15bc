"""Freezing the figures of a due day (固定考核数据), and publishing who stands where (发布通报)."""

import asyncio
import hashlib
import json
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.regions import covers
from paper.render import render
from services.kit.claims import Claims
from services.kit.files import FileStore
from services.kit.problems import Conflict, DifferentContent, Forbidden, NotFound
from services.kit.successions import BEIJING, today
from services.kpi_svc.indicators import queries as indicators
from services.kpi_svc.indicators.schemas import IndicatorFigures, IndicatorTable
from services.kpi_svc.indicators.specs import Indicator
from services.kpi_svc.snapshots.paper import notice_of
from services.kpi_svc.snapshots.ranking import PREFECTURE, RULE, ranking
from services.kpi_svc.snapshots.schemas import (
    Notice,
    NoticeBody,
    Snapshot,
    SnapshotList,
    SnapshotTold,
)
from services.kpi_svc.snapshots.tables import IndicatorSnapshotRow, RankingNoticeRow

BY_ITSELF = timedelta(days=3)
"""So long after a due day it is still frozen by the service itself; later somebody must mean it."""


class NotDueYet(Conflict):
    """Figures are frozen on their due day, not before."""

    code, title = "not-due-yet", "尚未到完成时限，不能固定考核数据"
    next_step = "在完成时限当日或以后办理；当日没有办理的，次日由系统自动固定"


def due_days(specs: tuple[Indicator, ...], year: int) -> list[date]:
    """The days of a year on which something is due."""
    return sorted({one.due_on(year) for one in specs})


def require_prefecture(claims: Claims) -> None:
    """Only the city freezes and publishes. Forbidden."""
    if not covers(claims.region, PREFECTURE):
        raise Forbidden("考核数据由市局固定和通报")


async def freeze(
    session: AsyncSession, claims: Claims, specs: tuple[Indicator, ...], due_on: date
) -> IndicatorSnapshotRow:
    """Keep every figure as it stands now; frozen before: that stands. Refuses NotDueYet."""
    if due_on not in due_days(specs, due_on.year):
        raise NotFound(f"{due_on} 不是考核指标的完成时限")
    known = await session.get(IndicatorSnapshotRow, due_on)
    if known is not None:
        return known
    if today() < due_on:
        raise NotDueYet(f"完成时限为 {due_on}")
    now = datetime.now(UTC)
    table = await indicators.table(session, specs, due_on.year)
    body = spelled(table, due_on, now)
    await session.execute(
        insert(IndicatorSnapshotRow)
        .values(
            due_on=due_on, region=PREFECTURE, taken_at=now, taken_by=claims.who, body=body,
            sha256=sum_of(body),
        )
        .on_conflict_do_nothing()
    )  # fmt: skip
    found = await session.scalars(select(IndicatorSnapshotRow).filter_by(due_on=due_on))
    return found.one()


def spelled(table: IndicatorTable, due_on: date, at: datetime) -> str:
    """The one spelling of a snapshot, whose sum is told."""
    told = {
        "due_on": due_on.isoformat(), "taken_at": at.isoformat(), "rule": RULE,
        **table.model_dump(mode="json"),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sum_of(body: str) -> str:
    """The SHA-256 of a snapshot's bytes."""
    return hashlib.sha256(body.encode()).hexdigest()


async def publish(
    session: AsyncSession, claims: Claims, files: FileStore, due_on: date, body: NoticeBody
) -> Snapshot:
    """Publish the ranking (发布通报): its page is drawn once and kept. The same again: nothing."""
    row = await one(session, due_on, lock=True)
    known = await session.get(RankingNoticeRow, due_on)
    if known is not None:
        said = (known.number, known.published_on, known.remarks)
        if said != (body.number, body.published_on, body.remarks):
            raise DifferentContent(f"{due_on} 的排名已以 {known.number} 通报")
        return told(row, known)
    page = notice_of(told(row, None), body, draft=False)
    pdf = await asyncio.to_thread(render, page, issued_at=datetime.now(UTC))
    sha256, size = await files.keep_bytes(pdf)
    made = RankingNoticeRow(
        due_on=due_on, region=PREFECTURE, **body.model_dump(), published_at=datetime.now(UTC),
        published_by=claims.who, sha256=row.sha256, pdf_sha256=sha256, pdf_size=size,
    )  # fmt: skip
    session.add(made)
    await session.flush()
    return told(row, made)


async def one(session: AsyncSession, due_on: date, *, lock: bool = False) -> IndicatorSnapshotRow:
    """A snapshot in sight; NotFound."""
    if lock:
        # Nothing of the row may change, so it is the day that is locked.
        await session.execute(select(func.pg_advisory_xact_lock(due_on.toordinal())))
    row = await session.get(IndicatorSnapshotRow, due_on)
    if row is None:
        raise NotFound("该完成时限的考核数据尚未固定，或者尚未通报")
    return row


async def listed(session: AsyncSession, specs: tuple[Indicator, ...], year: int) -> SnapshotList:
    """The due days of a year, and what was frozen of each."""
    rows = {row.due_on: row for row in await session.scalars(select(IndicatorSnapshotRow))}
    known = set(await session.scalars(select(RankingNoticeRow.due_on)))
    return SnapshotList(
        items=[
            _told(rows[on], on in known)
            if on in rows
            else SnapshotTold(
                due_on=on, taken_at=None, taken_by="", late_days=0, sha256="", published=False
            )
            for on in due_days(specs, year)
        ]
    )


def _told(row: IndicatorSnapshotRow, published: bool) -> SnapshotTold:
    taken_on = row.taken_at.astimezone(BEIJING).date()
    return SnapshotTold(
        due_on=row.due_on, taken_at=row.taken_at, taken_by=row.taken_by,
        late_days=max((taken_on - row.due_on).days, 0), sha256=row.sha256, published=published,
    )  # fmt: skip


def told(row: IndicatorSnapshotRow, notice: RankingNoticeRow | None) -> Snapshot:
    """A snapshot on the wire: read from its own bytes, whatever the facts are now."""
    body = json.loads(row.body)
    items = [IndicatorFigures.model_validate(one) for one in body["items"]]
    due = [one for one in items if one.due_on == row.due_on and one.computed]
    return Snapshot(
        **_told(row, notice is not None).model_dump(), intact=sum_of(row.body) == row.sha256,
        as_of=body["as_of"], rule=body["rule"], items=items, ranked=[one.code for one in due],
        ranking=ranking(due), notice=_notice(notice) if notice else None,
    )  # fmt: skip


def _notice(row: RankingNoticeRow) -> Notice:
    return Notice(
        number=row.number, published_on=row.published_on, remarks=row.remarks,
        published_at=row.published_at, published_by=row.published_by,
        pdf_sha256=row.pdf_sha256, pdf_size=row.pdf_size,
    )  # fmt: skip


async def read(session: AsyncSession, due_on: date) -> Snapshot:
    """A snapshot in sight, with what was published of it."""
    return told(await one(session, due_on), await session.get(RankingNoticeRow, due_on))
