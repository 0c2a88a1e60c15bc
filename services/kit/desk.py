"""The desk (办理): each letter of a delivery once, in order, each with a verdict and a receipt.

What a service does with a letter is its own (`_do`); how letters are recognised, read, signed for
and answered is the same wherever letters come.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import BigInteger, DateTime, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from lawbook.letters import CORRECTS
from lawbook.refusal import Refusal
from services.kit.claims import Claims
from services.kit.letters import (
    EarlierLetterWaits,
    KindNotKnownYet,
    LetterBody,
    NotKnownYet,
    Verdict,
    computed_link,
    in_ascii,
)
from services.kit.problems import DifferentContent, Forbidden, Malformed, Problem, malformed
from services.kit.receipts import Signer
from services.kit.verdicts import (
    APPLIED,
    HELD,
    REJECTED,
    Decided,
    signed,
    told_of,
    undecided,
    verdict_of,
)
from services.kit.wire import Wire


class LetterColumns:
    """A letter that was decided, with the verdict (平板信件). Each service that takes letters has this table."""

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由平板生成")
    device: Mapped[str] = mapped_column(String, index=True, comment="平板编号")
    region: Mapped[str] = mapped_column(String, comment="送信者的行政区划代码")
    account: Mapped[str] = mapped_column(String, comment="送信帐号")
    subject: Mapped[str] = mapped_column(String, comment="所属事项")
    kind: Mapped[str] = mapped_column(String, comment="信件种类")
    sha256: Mapped[str] = mapped_column(String, comment="内容的 SHA-256")
    written_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="写成时间")
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="收到时间"
    )
    state: Mapped[str] = mapped_column(String, comment="applied 已办理，rejected 未受理")
    problem: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="未受理的原因"
    )
    body: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="内容")
    journal: Mapped[str] = mapped_column(
        String, server_default="", comment="日志的名称；旧版平板为空"
    )
    seq: Mapped[int | None] = mapped_column(BigInteger, comment="在日志中的序号")
    prev: Mapped[str | None] = mapped_column(String, comment="前一封信件的链值")
    link: Mapped[str | None] = mapped_column(String, comment="链值")
    receipt_key: Mapped[str | None] = mapped_column(String, comment="签署回执的密钥")
    receipt_signature: Mapped[str | None] = mapped_column(String, comment="回执的签名")


def decided_columns(row: type[LetterColumns]) -> list[Any]:
    """The columns to select of letters: the id, then what `Decided` is made of."""
    return [row.id, *(getattr(row, name) for name in Decided._fields)]


class Kind(NamedTuple):
    """One kind of letter: the permission, the shape of its body, and the act."""

    permission: str
    shape: type[Wire]
    act: Callable[..., Awaitable[Any]]


class Desk:
    """One delivery on the desk. `known`: letters decided before, or further up in this delivery."""

    kinds: ClassVar[Mapping[str, Kind]]

    def __init__(self, session: AsyncSession, claims: Claims, signer: Signer, device: str) -> None:
        self.session, self.claims, self.signer, self.device = session, claims, signer, device
        self.now: datetime
        self.known: dict[UUID, Decided] = {}
        self.elsewhere: Collection[UUID] = ()
        """Ids that letters of another region bear: random, so nobody asks who does not have one."""
        self.new: list[dict[str, Any]] = []
        """What is to be kept of the letters decided here, as rows."""

    def _must_wait(self, letter: LetterBody) -> bool:
        """Whether an earlier letter of its subject is not done yet."""
        raise NotImplementedError

    async def _do(self, letter: LetterBody) -> None:
        """Do what one letter asks; refused, it leaves nothing behind."""
        raise NotImplementedError

    def _stop(self, letter: LetterBody) -> None:
        """A letter was not done: others of its subject may have to wait for it."""

    def _placed(self, letter: LetterBody, known: Decided) -> Decided:
        """A letter that came before, as it is answered now."""
        return known

    def _wait(self, letter: LetterBody, problem: Problem) -> Verdict:
        """Nothing is kept of a letter that waits: it comes again."""
        return undecided(letter.id, HELD, told_of(problem))

    async def _verdict(self, letter: LetterBody) -> Verdict:
        sha256 = letter.spelling.sha256
        known = self.known.get(letter.id)
        if letter.id in self.elsewhere or (known is not None and known.sha256 != sha256):
            self._stop(letter)
            taken = DifferentContent("该信件编号已用于不同的内容")
            return undecided(letter.id, REJECTED, told_of(taken))
        if known is not None:
            if known.state == REJECTED:
                self._stop(letter)
            return verdict_of(letter.id, self._placed(letter, known))
        if self._must_wait(letter):
            return self._wait(letter, EarlierLetterWaits())
        problem: dict[str, Any] | None = None
        link: str | None = None
        try:
            link = computed_link(self.device, letter, sha256)
            await self._do(letter)
        except NotKnownYet as waits:
            self._stop(letter)
            return self._wait(letter, waits)
        except (Problem, Refusal) as refused:
            self._stop(letter)
            problem = told_of(refused)
        seq, prev = (letter.seq, letter.prev) if link else (None, None)
        decided = signed(
            self.signer,
            letter.id,
            Decided(
                sha256, REJECTED if problem else APPLIED, problem, self.now, self.device,
                letter.journal or "", seq, prev, link,
            ),
        )  # fmt: skip
        self._keep(letter, decided)
        return verdict_of(letter.id, decided)

    def _read(self, letter: LetterBody) -> tuple[Kind, Any]:
        """The kind of a letter and its body in that kind's shape. Refuses what may not or cannot be read."""
        kind = self.kinds.get(letter.kind)
        if kind is None:
            raise KindNotKnownYet(f"信件种类 {letter.kind}")
        if kind.permission not in self.claims.permissions:
            raise Forbidden(f"需要“{kind.permission}”权限")
        if not letter.spelling.keepable:
            raise Malformed("内容中含有无法保存的字符或数值")
        try:
            return kind, kind.shape.model_validate(_stated(letter.body))
        except ValidationError as error:
            raise malformed(
                [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
            ) from error

    def _keep(self, letter: LetterBody, decided: Decided) -> None:
        kept = letter.body if letter.spelling.keepable else in_ascii(letter.body)
        self.known[letter.id] = decided
        self.new.append(
            decided._asdict()
            | letter.model_dump(include={"id", "subject", "kind", "written_at"})
            | {"region": self.claims.region, "account": self.claims.account,
               "body": kept}
        )  # fmt: skip


def _stated(body: dict[str, Any]) -> dict[str, Any]:
    """A body without the word that it corrects a refused letter. Refuses one that names none."""
    if CORRECTS not in body:
        return body
    try:
        UUID(str(body[CORRECTS]))
    except ValueError as error:
        raise Malformed("所更正的信件编号不正确") from error
    return {name: value for name, value in body.items() if name != CORRECTS}


def about_content(error: DBAPIError) -> bool:
    """Whether PostgreSQL refuses what a letter says: its values, a name or number that is taken,
    a foreign region. Anything else ails the database, and says nothing about the letter.
    """
    state = str(getattr(error.orig, "sqlstate", "") or "")
    return state.startswith("22") or state in ("23505", "23P01", "42501")
