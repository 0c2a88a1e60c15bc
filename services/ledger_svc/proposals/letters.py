"""Doing what a tablet's letters ask of the ledger (办理平板信件): each once, each with a verdict.

Few letters come here, so each has its own savepoint. One transaction for the delivery: an answer
that is lost loses nothing, and a database in trouble decides nothing.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.devices import MOST_SKEW
from lawbook.entity import LedgerDictionary
from lawbook.refusal import Refusal
from services.kit import letters as content
from services.kit.claims import Claims, Verifier
from services.kit.database import Database
from services.kit.grants import GrantDoesNotCover, GrantMissing, read_grant
from services.kit.letters import (
    Delivery,
    EarlierLetterWaits,
    KindNotKnownYet,
    LetterBody,
    NotKnownYet,
    Verdict,
)
from services.kit.problems import (
    Busy,
    DifferentContent,
    Forbidden,
    Problem,
    from_database,
    malformed,
)
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
from services.ledger_svc.permissions import Permission
from services.ledger_svc.proposals import commands
from services.ledger_svc.proposals.schemas import ForwardedDelivery, ProposalBody
from services.ledger_svc.proposals.tables import LedgerLetterRow

BEGIN = text(
    "select now(), pg_advisory_xact_lock(hashtextextended('delivery ' || cast(:device as text), 1))"
)
# In another region, that is: a letter's id is random, and nobody asks who does not have it.
ELSEWHERE = text("select id, state from ledger_svc.letters_known(cast(:ids as uuid[]))")
KNOWN = (
    LedgerLetterRow.id, LedgerLetterRow.sha256, LedgerLetterRow.state, LedgerLetterRow.problem,
    LedgerLetterRow.received_at, LedgerLetterRow.device, LedgerLetterRow.journal,
    LedgerLetterRow.seq, LedgerLetterRow.prev, LedgerLetterRow.link, LedgerLetterRow.receipt_key,
    LedgerLetterRow.receipt_signature,
)  # fmt: skip


class Kind(NamedTuple):
    """One kind of letter: the permission, the shape of its body, and the act."""

    permission: Permission
    shape: type[Wire]
    act: Callable[[AsyncSession, Claims, LedgerDictionary, Any], Awaitable[object]]


KINDS: Mapping[str, Kind] = {
    "entity.propose": Kind(Permission.PROPOSAL_WRITE, ProposalBody, commands.propose),
}


async def deliver(
    database: Database, claims: Claims, dictionary: LedgerDictionary, signer: Signer,
    delivery: Delivery,
) -> list[Verdict]:  # fmt: skip
    """Do what the letters ask, in order (办理信件). Sending them again gives the same verdicts."""
    try:
        async with database.transaction(claims) as session:
            desk = _Desk(session, claims, dictionary, signer, delivery.device)
            return await desk.work(delivery.letters)
    except DBAPIError as error:
        # Whatever ails the database says nothing about any letter: all of them come again.
        raise Busy() from error


async def deliver_forwarded(
    database: Database, verifier: Verifier, dictionary: LedgerDictionary, signer: Signer,
    forwarded: ForwardedDelivery,
) -> list[Verdict]:  # fmt: skip
    """Do letters that came in a sealed bundle (办理转送的信件), in the name of whom the grant names.

    Whoever forwards them lends them nothing: the grant is judged here. That its device signed the
    bundle is known to case_svc alone. Refuses, whole: GrantMissing, GrantDoesNotCover.
    """
    grant = read_grant(verifier, forwarded.grant)
    if grant is None or grant.device != forwarded.device:
        raise GrantMissing()
    if not all(grant.covers(grant.device, one.written_at, MOST_SKEW) for one in forwarded.letters):
        raise GrantDoesNotCover()
    return await deliver(database, grant.claims, dictionary, signer, forwarded)


class _Desk:
    """One delivery on the desk."""

    def __init__(
        self, session: AsyncSession, claims: Claims, dictionary: LedgerDictionary, signer: Signer,
        device: str,
    ) -> None:  # fmt: skip
        self.session, self.claims, self.dictionary = session, claims, dictionary
        self.signer, self.device = signer, device

    async def work(self, letters: list[LetterBody]) -> list[Verdict]:
        begun = await self.session.execute(BEGIN, {"device": self.device})
        self.now = begun.one()[0]
        ids = {letter.id for letter in letters} | {one.after for one in letters if one.after}
        rows = await self.session.execute(select(*KNOWN).where(LedgerLetterRow.id.in_(ids)))
        self.known = {row.id: Decided(*row[1:]) for row in rows}
        left = list(ids.difference(self.known))
        told = await self.session.execute(ELSEWHERE, {"ids": left})
        self.elsewhere: dict[UUID, str] = {row.id: row.state for row in told}
        return [await self._verdict(letter) for letter in letters]

    async def _verdict(self, letter: LetterBody) -> Verdict:
        sha256 = content.sha256_of(letter.body)
        known = self.known.get(letter.id)
        if letter.id in self.elsewhere or (known is not None and known.sha256 != sha256):
            taken = DifferentContent("该信件编号已用于不同的内容")
            return undecided(letter.id, REJECTED, told_of(taken))
        if known is not None:
            return verdict_of(letter.id, known)
        if letter.after and not self._applied(letter.after):
            return undecided(letter.id, HELD, told_of(EarlierLetterWaits()))
        problem: dict[str, Any] | None = None
        link: str | None = None
        try:
            link = content.computed_link(self.device, letter, sha256)
            await self._do(letter)
        except NotKnownYet as waits:
            return undecided(letter.id, HELD, told_of(waits))
        except (Problem, Refusal) as refused:
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
        await self._keep(letter, decided)
        return verdict_of(letter.id, decided)

    def _applied(self, letter_id: UUID) -> bool:
        before = self.known.get(letter_id)
        return (before.state if before else self.elsewhere.get(letter_id)) == APPLIED

    async def _do(self, letter: LetterBody) -> None:
        """Do what one letter asks; refused, it leaves nothing behind."""
        kind = KINDS.get(letter.kind)
        if kind is None:
            raise KindNotKnownYet(f"信件种类 {letter.kind}")
        if kind.permission not in self.claims.permissions:
            raise Forbidden(f"需要“{kind.permission}”权限")
        content.require_keepable(letter.body)
        try:
            body = kind.shape.model_validate(letter.body)
        except ValidationError as error:
            raise malformed(
                [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
            ) from error
        try:
            async with self.session.begin_nested():
                await kind.act(self.session, self.claims, self.dictionary, body)
        except DBAPIError as error:
            self.session.expunge_all()
            if not _about_content(error):
                raise
            raise from_database(error) from error
        except (Problem, Refusal):
            # Forget every object: one that a savepoint took back would still be found.
            self.session.expunge_all()
            raise

    async def _keep(self, letter: LetterBody, decided: Decided) -> None:
        self.known[letter.id] = decided
        await self.session.execute(
            insert(LedgerLetterRow).values(
                **decided._asdict(),
                **letter.model_dump(include={"id", "subject", "kind", "written_at"}),
                region=self.claims.region, account=self.claims.account,
                body=content.keepable(letter.body),
            )
        )  # fmt: skip


def _about_content(error: DBAPIError) -> bool:
    """Whether PostgreSQL refuses what the letter says: its values, a name taken, a foreign region."""
    state = str(getattr(error.orig, "sqlstate", "") or "")
    return state.startswith("22") or state in ("23505", "42501")
