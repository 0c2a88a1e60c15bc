"""Whether an authority held when an act was done (作出时的权限): what cannot be told, a person looks into.

A letter comes later than its act. It is judged by the day of its act where the tablet's clock is
not in doubt; where it is, or where the authority had ended by then, the letter waits until somebody
of the office has said whether it is taken (`PUT /v1/letter-reviews`). What is taken so says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.devices import MOST_SKEW
from lawbook.refusal import Refusal
from paper.values import BEIJING
from services.case_svc.clocks import doubted
from services.case_svc.deliveries.tables import HeldLetterRow
from services.case_svc.letter_reviews.tables import LetterReviewRow
from services.kit.letters import LetterBody, NotKnownYet
from services.kit.wire import ClockBody, Ticks

AUTHORITY = "authority"
IN_DOUBT = "authority-in-doubt"


class AuthorityInDoubt(NotKnownYet):
    """An act of which it cannot be told that its officer still had the authority for it."""

    code, title = IN_DOUBT, "作出时的权限存疑，待人工核查"
    next_step = "由本单位负责人在“信件核查”中登记是否受理；本机记录保留，核查后自动办理"


class AuthorityDenied(Refusal):
    """An act that somebody of the office has looked into and does not take."""

    code = "authority-denied"
    title = "经核查，作出时不具有相应权限，未受理"
    law = "行政处罚法 §42"
    next_step = "对核查结论有异议的，向登记结论的人说明；内容保留在本机"


@dataclass(frozen=True, slots=True)
class When:
    """When an act was done. `at`: as its tablet says; `latest`: proved to be no later; None: unproved."""

    at: datetime
    latest: datetime | None

    def surely_before(self, end: datetime) -> bool:
        """Whether the act was done before `end`, for certain, give or take what a clock may be off."""
        return self.at < end and self.latest is not None and self.latest <= end + MOST_SKEW


def when(
    folder: Path, at: datetime, clock: ClockBody | None,
    acts: Sequence[ClockBody | Ticks | None] = (),
) -> When:  # fmt: skip
    """When an act was done, by its clock; a clock that is doubted proves nothing (R23).

    `acts`: the clocks of what was done before as part of it.
    """
    proved = clock is not None and not doubted(folder, clock, acts)
    latest = clock.latest if clock and proved else None
    return When(at, max(at, latest) if latest else None)


def told(at: datetime) -> str:
    """A moment, in words."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def begin(session: AsyncSession, letter: LetterBody) -> None:
    """What is done from here on is what this letter asks."""
    session.info["letter"], session.info["marks"] = letter, []


def marks(session: AsyncSession) -> list[str]:
    """What is to be said of what the letter brings: who has taken it in spite of which doubt."""
    return list(dict.fromkeys(session.info.get("marks", ())))


async def require_accepted(session: AsyncSession, why: str) -> None:
    """Somebody has looked into the letter since it first came, and takes it; that is marked.

    Refuses AuthorityInDoubt as long as nobody has, AuthorityDenied.
    """
    letter: LetterBody | None = session.info.get("letter")
    found = await _review(session, letter) if letter else None
    if found is None:
        raise AuthorityInDoubt(why)
    if not found.accepted:
        raise AuthorityDenied(f"{why}。{found.name}于 {told(found.reviewed_at)} 核查：{found.note}")
    session.info["marks"].append(
        f"{why}；{found.name}于 {told(found.reviewed_at)} 核查后受理：{found.note}"
    )


async def _review(session: AsyncSession, letter: LetterBody) -> LetterReviewRow | None:
    """The latest finding about the letter's matter, of those since it first waited."""
    row, held = LetterReviewRow, HeldLetterRow
    found: LetterReviewRow | None = await session.scalar(
        select(row)
        .join(held, held.subject == row.subject)
        .where(
            row.about == AUTHORITY,
            row.subject == letter.subject,
            held.id == letter.id,
            row.reviewed_at >= held.held_since,
        )
        .order_by(row.reviewed_at.desc(), row.id.desc())
        .limit(1)
    )
    return found
