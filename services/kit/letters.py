"""Letters of a tablet (平板信件): their shapes on the wire, their hash and link, the answer to each.

A service that takes letters gives each the same answer however often it comes.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from lawbook.journal import link_of
from services.kit import problems
from services.kit.wire import Instant, Name, Sha256, Wire


@dataclass(frozen=True, slots=True)
class Spelling:
    """A body in its one spelling, as the tablet hashes it.

    `sha256`: what a receipt repeats. `keepable`: PostgreSQL can keep the body as it is.
    """

    sha256: str
    keepable: bool


def spelling_of(body: dict[str, Any]) -> Spelling:
    """The hash of a body, and whether no column is asked to hold NUL, half characters or no number."""
    try:
        text = _spelled(body, allow_nan=False)
        raw = text.encode()
        keepable = "\\u0000" not in text
    except ValueError:
        raw, keepable = _spelled(body).encode(errors="surrogatepass"), False
    return Spelling(hashlib.sha256(raw).hexdigest(), keepable)


def in_ascii(body: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a body that PostgreSQL cannot keep as it is: its spelling in ASCII."""
    return {"spelled": _spelled(body, ensure_ascii=True)}


def _spelled(body: dict[str, Any], *, ensure_ascii: bool = False, allow_nan: bool = True) -> str:
    return json.dumps(
        body, ensure_ascii=ensure_ascii, allow_nan=allow_nan, sort_keys=True, separators=(",", ":")
    )


class LetterBody(Wire):
    """One letter: what was done on the tablet, to be done at the office (信件).

    A tablet that keeps a journal tells the letter's place in it: `seq`, `prev`, `link`, `journal`.
    One that does not is taken at its word, as before.
    """

    id: UUID
    subject: Name = Field(description="所属事项；同一事项的信件依次办理")
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$")]
    written_at: Instant
    body: dict[str, Any] = Field(description="内容，如同单独提交时一样")
    journal: Sha256 | None = Field(default=None, description="日志的名称：首封信件的 prev")
    seq: int | None = Field(default=None, ge=1, le=1 << 53, description="在日志中的序号，从 1 起")
    prev: Sha256 | None = Field(default=None, description="前一封信件的链值")
    link: Sha256 | None = Field(default=None, description="本封信件的链值")
    after: UUID | None = Field(
        default=None, description="同一事项中的前一封信件；其未办理时，本封信件等待"
    )

    @cached_property
    def spelling(self) -> Spelling:
        """How the body is spelled; worked out once."""
        return spelling_of(self.body)

    @model_validator(mode="after")
    def _a_place_is_whole(self) -> Self:
        if (self.seq is None) != (self.prev is None):
            raise ValueError("seq 与 prev 应同时给出")
        return self


class Delivery(Wire):
    """Letters in the order in which they were written (送信)."""

    device: Name
    letters: list[LetterBody] = Field(min_length=1)


class Problem(Wire):
    """Why a letter was refused or waits (RFC 9457)."""

    code: str
    title: str
    detail: str
    law: str | None
    next_step: str | None


class Receipt(Wire):
    """The office has this letter, and this is what it read, signed (回执).

    `signature`: Ed25519 by the key named `key` (GET /v1/receipt-keys), base64url, over the
    canonical JSON of all other members.
    """

    letter: UUID
    device: str
    seq: int | None
    link: str | None
    sha256: str
    received_at: Instant
    state: Literal["applied", "rejected"]
    key: str
    signature: str


class Verdict(Wire):
    """What became of one letter."""

    id: UUID
    state: Literal["applied", "held", "rejected"]
    problem: Problem | None
    receipt: Receipt | None


class Verdicts(Wire):
    """What became of each letter, in the order of the delivery."""

    verdicts: list[Verdict]


class NotKnownYet(problems.Problem):
    """Something that a letter rests on has not reached this office yet; the same letter may later.

    In a delivery the letter is held: nothing is kept of it, and the tablet sends it again.
    """

    status, code, title = HTTPStatus.CONFLICT, "not-known-yet", "所依据的内容尚未到达服务器"
    next_step = "稍后会自动重新送出；长时间未解决的，请联系管理员"


class EarlierLetterWaits(NotKnownYet):
    """A letter behind another one of its subject that was not done."""

    code, title = "earlier-letter-waits", "同一事项前面的信件尚未办理"
    next_step = "先处理前面的信件"


class KindNotKnownYet(NotKnownYet):
    """A kind of letter that this version of the office does not know."""

    code, title = "letter-kind-unknown", "服务器版本较旧，暂不能办理此类信件"


class LinkDiffers(problems.Problem):
    """A letter whose link is not that of its content: it was changed after it was written."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "link-differs",
        "信件与它在平板日志中的链值不符",
    )
    next_step = "内容可能在写成之后被改动，请与原件核对；核对无误的，可重新送出"


def moment(at: datetime) -> str:
    """A moment as a tablet spells it: UTC with Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def computed_link(device: str, letter: LetterBody, sha256: str) -> str | None:
    """The link that follows from a letter; None when it has no place. LinkDiffers from a told one."""
    if letter.seq is None or letter.prev is None:
        return None
    link = link_of(
        device=device, seq=letter.seq, prev=letter.prev, id=str(letter.id), subject=letter.subject,
        kind=letter.kind, written_at=moment(letter.written_at), sha256=sha256,
    )  # fmt: skip
    if letter.link is not None and letter.link != link:
        raise LinkDiffers(f"第 {letter.seq} 封信件应为 {link[:12]}…，所附为 {letter.link[:12]}…")
    return link
