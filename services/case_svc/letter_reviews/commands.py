"""Looking into forked journals and handovers (核查): what was found is kept, the latest counts."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.bundles.tables import BundleRow
from services.case_svc.deliveries.tables import HeldLetterRow, JournalForkRow
from services.case_svc.letter_reviews.authority import AUTHORITY, IN_DOUBT
from services.case_svc.letter_reviews.schemas import LetterReview, LetterReviewBody
from services.case_svc.letter_reviews.tables import LetterReviewRow
from services.kit.claims import Claims
from services.kit.once import enter_once
from services.kit.problems import NotFound


async def review(
    session: AsyncSession, claims: Claims, id_: UUID, body: LetterReviewBody
) -> LetterReview:
    """Keep what was found out; the same again changes nothing. NotFound out of the caller's sight."""
    known = await session.get(LetterReviewRow, id_)
    region = known.region if known else await _region(session, body)
    row, _ = await enter_once(
        session, LetterReviewRow, id_, body, region=region,
        reviewed_by=claims.who, name=claims.name, **body.model_dump(),
    )  # fmt: skip
    await session.refresh(row)
    return LetterReview.model_validate(row)


async def _region(session: AsyncSession, body: LetterReviewBody) -> str:
    if body.about == "fork":
        device, _, journal = body.subject.partition("/")
        fork = JournalForkRow
        wanted = select(fork.region).where(fork.device == device, fork.journal == journal)
    elif body.about == AUTHORITY:
        held = HeldLetterRow
        wanted = select(held.region).where(held.subject == body.subject, held.code == IN_DOUBT)
    else:
        wanted = select(BundleRow.region).where(BundleRow.id == body.subject)
    region: str | None = await session.scalar(wanted.limit(1))
    if region is None:
        raise NotFound("没有这一项分叉、移交或者存疑的信件，或不在您的管辖范围内")
    return region


async def latest(
    session: AsyncSession, about: str, subjects: Collection[str]
) -> dict[str, LetterReview]:
    """The latest finding about each subject."""
    row = LetterReviewRow
    found = await session.scalars(
        select(row)
        .where(row.about == about, row.subject.in_(subjects))
        .order_by(row.reviewed_at, row.id)
    )
    return {one.subject: LetterReview.model_validate(one) for one in found}
