"""Door to findings about forked journals and handovers (信件核查结论)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.case_svc.letter_reviews import commands
from services.case_svc.letter_reviews.schemas import LetterReview, LetterReviewBody
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction

router = APIRouter(tags=["平板信件"])


@router.put("/letter-reviews/{review_id}")
async def review_letters(
    review_id: UUID, body: LetterReviewBody,
    claims: Annotated[Claims, requires(Permission.LETTER_REVIEW)], session: Transaction,
) -> LetterReview:  # fmt: skip
    """Keep what was found out about a fork or a handover (登记核查结论)."""
    return await commands.review(session, claims, review_id, body)
