"""Doing what a tablet's letters ask of the ledger (办理平板信件): each once, each with a verdict.

Few letters come here, so each has its own savepoint. One transaction for the delivery: an answer
that is lost loses nothing, and a database in trouble decides nothing.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.devices import MOST_SKEW
from lawbook.entity import LedgerDictionary
from lawbook.refusal import Refusal
from services.kit.claims import Claims, Verifier
from services.kit.database import Database
from services.kit.desk import Desk, Kind, about_content, decided_columns
from services.kit.grants import GrantDoesNotCover, GrantMissing, read_grant
from services.kit.letters import Delivery, LetterBody, Verdict
from services.kit.problems import Busy, Problem, from_database
from services.kit.receipts import Signer
from services.kit.verdicts import APPLIED, Decided
from services.ledger_svc.permissions import Permission
from services.ledger_svc.proposals import commands
from services.ledger_svc.proposals.proof import require_signed
from services.ledger_svc.proposals.schemas import ForwardedDelivery, ProposalBody
from services.ledger_svc.proposals.tables import LedgerLetterRow

BEGIN = text(
    "select now(), pg_advisory_xact_lock(hashtextextended('delivery ' || cast(:device as text), 1))"
)
# In another region, that is: a letter's id is random, and nobody asks who does not have it.
ELSEWHERE = text("select id, state from ledger_svc.letters_known(cast(:ids as uuid[]))")
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

    Whoever forwards them lends them nothing: the grant is judged here, and that its device signed
    the bundle in which these letters stand. Refuses, whole: GrantMissing, GrantDoesNotCover,
    BundleProofWrong.
    """
    grant = read_grant(verifier, forwarded.grant)
    if grant is None or grant.device != forwarded.device:
        raise GrantMissing()
    require_signed(grant, forwarded)
    if not all(grant.covers(grant.device, one.written_at, MOST_SKEW) for one in forwarded.letters):
        raise GrantDoesNotCover()
    return await deliver(database, grant.claims, dictionary, signer, forwarded)


class _Desk(Desk):
    """One delivery on the desk."""

    kinds = KINDS

    def __init__(
        self, session: AsyncSession, claims: Claims, dictionary: LedgerDictionary, signer: Signer,
        device: str,
    ) -> None:  # fmt: skip
        super().__init__(session, claims, signer, device)
        self.dictionary = dictionary
        self.states: dict[UUID, str] = {}

    async def work(self, letters: list[LetterBody]) -> list[Verdict]:
        begun = await self.session.execute(BEGIN, {"device": self.device})
        self.now = begun.one()[0]
        ids = {letter.id for letter in letters} | {one.after for one in letters if one.after}
        rows = await self.session.execute(
            select(*decided_columns(LedgerLetterRow)).where(LedgerLetterRow.id.in_(ids))
        )
        self.known = {row.id: Decided(*row[1:]) for row in rows}
        left = list(ids.difference(self.known))
        told = await self.session.execute(ELSEWHERE, {"ids": left})
        self.elsewhere = self.states = {row.id: row.state for row in told}
        verdicts = [await self._verdict(letter) for letter in letters]
        if self.new:
            await self.session.execute(insert(LedgerLetterRow), self.new)
        return verdicts

    def _must_wait(self, letter: LetterBody) -> bool:
        if letter.after is None:
            return False
        before = self.known.get(letter.after)
        return (before.state if before else self.states.get(letter.after)) != APPLIED

    async def _do(self, letter: LetterBody) -> None:
        kind, body = self._read(letter)
        try:
            async with self.session.begin_nested():
                await kind.act(self.session, self.claims, self.dictionary, body)
        except DBAPIError as error:
            self.session.expunge_all()
            if not about_content(error):
                raise
            raise from_database(error) from error
        except (Problem, Refusal):
            # Forget every object: one that a savepoint took back would still be found.
            self.session.expunge_all()
            raise
