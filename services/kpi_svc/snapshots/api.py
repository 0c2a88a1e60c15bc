"""Doors to snapshots and to the published ranking (考核快照、通报)."""

import asyncio
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from paper.docx import docx
from paper.render import render
from services.kit.claims import Claims, requires
from services.kit.database import Snapshot as OneMoment
from services.kit.database import Transaction
from services.kpi_svc.indicators.api import Indicators, Year
from services.kpi_svc.permissions import Permission
from services.kpi_svc.snapshots import commands
from services.kpi_svc.snapshots.paper import notice_of
from services.kpi_svc.snapshots.schemas import NoticeBody, Snapshot, SnapshotList

router = APIRouter(tags=["考核快照与通报"])
Reader = Annotated[Claims, requires(Permission.INDICATOR_READ)]
Publisher = Annotated[Claims, requires(Permission.INDICATOR_PUBLISH)]
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/indicator-snapshots")
async def list_snapshots(
    claims: Reader, indicators: Indicators, session: Transaction, year: Year
) -> SnapshotList:
    """The due days of a year, and what was frozen of each (考核快照)."""
    return await commands.listed(session, indicators, year)


@router.get("/indicator-snapshots/{due_on}")
async def read_snapshot(due_on: date, claims: Reader, session: Transaction) -> Snapshot:
    """The figures as they stood, and who stands where. A county reads it once it is published."""
    return await commands.read(session, due_on)


@router.put("/indicator-snapshots/{due_on}")
async def take_snapshot(
    due_on: date, claims: Publisher, indicators: Indicators, session: OneMoment
) -> Snapshot:
    """Freeze the figures of a due day (固定考核数据); frozen before: that stands."""
    commands.require_prefecture(claims)
    await commands.freeze(session, claims, indicators, due_on)
    return await commands.read(session, due_on)


@router.put("/indicator-snapshots/{due_on}/notice")
async def publish_notice(
    due_on: date, body: NoticeBody, claims: Publisher, request: Request, session: Transaction
) -> Snapshot:
    """Publish the ranking (发布通报): from now on every county reads it."""
    commands.require_prefecture(claims)
    return await commands.publish(session, claims, request.app.state.files, due_on, body)


@router.get("/indicator-snapshots/{due_on}/notice/pdf", response_class=StreamingResponse)
async def read_notice(
    due_on: date, claims: Reader, request: Request, session: Transaction
) -> Response:
    """The notice as it was published; before, a draft that says so (通报 PDF)."""
    told = await commands.read(session, due_on)
    if told.notice is not None:
        return StreamingResponse(
            request.app.state.files.store.read(told.notice.pdf_sha256), media_type=PDF,
            headers={"Content-Length": str(told.notice.pdf_size)},
        )  # fmt: skip
    page = notice_of(told, _unsaid(), draft=True)
    content = await asyncio.to_thread(render, page, issued_at=datetime.now(UTC))
    return Response(content, media_type=PDF)


@router.get("/indicator-snapshots/{due_on}/notice/docx", response_class=Response)
async def read_notice_to_edit(due_on: date, claims: Reader, session: Transaction) -> Response:
    """The notice as DOCX, for an office that edits it (通报 DOCX)."""
    told = await commands.read(session, due_on)
    said = NoticeBody.model_validate(
        told.notice.model_dump(include=set(NoticeBody.model_fields))
    ) if told.notice else _unsaid()  # fmt: skip
    content = await asyncio.to_thread(docx, notice_of(told, said, draft=told.notice is None))
    return Response(content, media_type=DOCX)


def _unsaid() -> NoticeBody:
    """What a draft says where nothing is published yet."""
    return NoticeBody(number="（待编号）", published_on=datetime.now(UTC).date(), remarks="")
