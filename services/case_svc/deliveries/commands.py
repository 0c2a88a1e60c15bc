"""Doing what a tablet's letters ask (办理平板信件): in order, each once, each with a verdict.

One transaction for the delivery: an answer that is lost loses nothing, and a database in trouble
decides nothing. The letters are done together as long as all of them can be; when one cannot, all
are undone and done again with a savepoint for each, so that a refusal undoes only its own letter.
"""

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, literal, select, text, union_all
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.refusal import Refusal
from services.case_svc.around import forget, look
from services.case_svc.deliveries import waiting
from services.case_svc.deliveries.journal import notice_forks
from services.case_svc.deliveries.kinds import KINDS, Office
from services.case_svc.deliveries.speaking import (
    ENTERED,
    ISSUED,
    RECORDED,
    SPOKEN_OF,
    UNREAD,
    ids_in,
)
from services.case_svc.deliveries.tables import LetterRow
from services.case_svc.files.queries import arrived, sent_by
from services.case_svc.letter_reviews import authority
from services.kit.claims import Claims
from services.kit.database import Database, among
from services.kit.desk import Desk, about_content, decided_columns
from services.kit.letters import (
    Delivery,
    LetterBody,
    LinkDiffers,
    NotKnownYet,
    Verdict,
    computed_link,
)
from services.kit.once import absent, together
from services.kit.problems import (
    Busy,
    NotFound,
    from_database,
)
from services.kit.problems import Problem as AnyProblem
from services.kit.receipts import Signer
from services.kit.successions import OutOfReach
from services.kit.verdicts import (
    APPLIED,
    HELD,
    Decided,
    signed,
    told_of,
    undecided,
)

BEGIN = text(
    "select now(), pg_advisory_xact_lock(hashtextextended('delivery ' || cast(:device as text), 0))"
)
HELD_ELSEWHERE = text("select case_svc.letters_known(cast(:ids as uuid[]))")
APPLIED_ELSEWHERE = text("select case_svc.letters_applied(cast(:ids as uuid[]))")
HASH = re.compile(r"[0-9a-f]{64}")


class CapturedElsewhere(NotKnownYet):
    """A letter of a region where its sender does not work, sent without the grant of then."""

    code, title = "captured-elsewhere", "在其他辖区写成，未附当时的授权"
    next_step = "平板更新后会附上授权自动重新送出；没有授权的，由本人导出封装包交原单位"


class _NotTogether(Exception):
    """One of the letters cannot be done: they are done again, each in its own savepoint."""


async def deliver(
    database: Database, claims: Claims, folder: Path, signer: Signer, delivery: Delivery, *,
    lent: bool = False,
) -> list[Verdict]:  # fmt: skip
    """Do what the letters ask, in order (办理信件). Sending them again gives the same verdicts.

    `lent`: `claims` are of a grant of the sender, who may have moved and sent the files from there.
    """
    try:
        async with database.transaction(claims) as session:
            return await _Desk(session, claims, folder, signer, delivery, lent=lent).work()
    except DBAPIError as error:
        # Whatever ails the database says nothing about any letter: all of them come again.
        raise Busy() from error


class _Desk(Desk):
    """One delivery on the desk."""

    kinds = KINDS

    def __init__(
        self, session: AsyncSession, claims: Claims, folder: Path, signer: Signer,
        delivery: Delivery, *, lent: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(session, claims, signer, delivery.device)
        self.folder, self.letters, self.lent = folder, delivery.letters, lent
        self.applied_elsewhere: set[UUID] = set()
        self.together = True

    async def work(self) -> list[Verdict]:
        begun = await self.session.execute(BEGIN, {"device": self.device})
        self.now = begun.one()[0]
        await self._recall()
        self.before = dict(self.known)
        fresh = [letter for letter in self.letters if letter.id not in self.known]
        hashes = {
            said
            for letter in fresh
            for name in ("sha256", "pdf_sha256")
            if isinstance(said := letter.body.get(name), str) and HASH.fullmatch(said)
        }
        here = await arrived(self.session, hashes)
        if self.lent and hashes:
            here |= await sent_by(self.session, self.claims.account, hashes)
        self.office = Office(self.session, self.claims, self.folder, here)
        # Every act writes by itself what other letters read; the rest goes out together.
        with self.session.no_autoflush:
            try:
                async with self.session.begin_nested(), together(self.session, *UNREAD):
                    verdicts = await self._all(fresh)
            except (_NotTogether, DBAPIError) as error:
                if isinstance(error, DBAPIError) and not about_content(error):
                    raise
                self.together = False
                self._forget()
                verdicts = await self._all(fresh)
        if self.new:
            await notice_forks(self.session, self.claims, self.device, self.new)
            await self.session.execute(insert(LetterRow), self.new)
        decided = [one.id for one in verdicts if one.state != HELD]
        await waiting.note(self.session, self.claims, self.device, self.held, decided)
        return verdicts

    async def _all(self, fresh: Sequence[LetterBody]) -> list[Verdict]:
        self.known = dict(self.before)
        self.stopped: set[str] = set()
        self.new = []
        self.held: list[tuple[LetterBody, dict[str, Any]]] = []
        # Held here, since a session forgets what nobody else holds.
        self.at_hand: list[object] = await self._fetch(fresh)
        return [await self._verdict(letter) for letter in self.letters]

    async def _recall(self) -> None:
        """Which letters were decided before, here or where the sender cannot look."""
        ids = [letter.id for letter in self.letters]
        before = {letter.after for letter in self.letters if letter.after}.difference(ids)
        rows = await self.session.execute(
            select(*decided_columns(LetterRow)).where(among(LetterRow.id, [*ids, *before]))
        )
        self.known = {row.id: Decided(*row[1:]) for row in rows}
        if left := [one for one in ids if one not in self.known]:
            self.elsewhere = set(await self.session.scalars(HELD_ELSEWHERE, {"ids": left}))
        if left := [*before.difference(self.known), *self.elsewhere]:
            applied = await self.session.scalars(APPLIED_ELSEWHERE, {"ids": left})
            self.applied_elsewhere = set(applied)

    async def _fetch(self, letters: Sequence[LetterBody]) -> list[object]:
        """What the letters speak of, a statement for each kind instead of one or two a letter."""
        found: list[object] = []
        nowhere = absent(self.session)
        nowhere.clear()
        here = await self._here(letters)
        for row, ids in here.items():
            if ids:
                found += await self.session.scalars(select(row).where(among(row.id, ids)))
        await look(
            self.session,
            ids_in(
                letter.body.get("id" if letter.kind == RECORDED else "inspection_id")
                for letter in letters if letter.kind in (RECORDED, ISSUED)
            ),
        )  # fmt: skip
        for kind, name in SPOKEN_OF:
            ids = ids_in(letter.body.get(name) for letter in letters)
            if ids := {id_ for id_ in ids if (kind, id_) not in nowhere}:
                found += await self.session.scalars(select(kind).where(among(kind.id, ids)))
        return found

    async def _here(self, letters: Sequence[LetterBody]) -> dict[type[Any], set[UUID]]:
        """Which of the things that the letters bring have been entered before; the others are absent."""
        asked: dict[type[Any], set[UUID]] = {}
        for letter_kind, row in ENTERED.items():
            ids = ids_in(one.body.get("id") for one in letters if one.kind == letter_kind)
            if ids:
                asked.setdefault(row, set()).update(ids)
        if not asked:
            return {}
        each = [
            select(literal(row.__tablename__), row.id).where(among(row.id, ids))
            for row, ids in asked.items()
        ]
        told = {(name, id_) for name, id_ in await self.session.execute(union_all(*each))}
        here = {
            row: {id_ for id_ in ids if (row.__tablename__, id_) in told}
            for row, ids in asked.items()
        }
        absent(self.session).update(
            (row, id_) for row, ids in asked.items() for id_ in ids - here[row]
        )
        return here

    def _stop(self, letter: LetterBody) -> None:
        self.stopped.add(letter.subject)

    def _must_wait(self, letter: LetterBody) -> bool:
        if letter.after is not None:
            before = self.known.get(letter.after)
            done = before is not None and before.state == APPLIED
            return not done and letter.after not in self.applied_elsewhere
        # A tablet with a journal says which letter is its subject's first; of an older one the
        # order within a delivery is all that is known.
        return letter.seq is None and letter.subject in self.stopped

    def _wait(self, letter: LetterBody, problem: AnyProblem) -> Verdict:
        told = told_of(problem)
        self.held.append((letter, told))
        return undecided(letter.id, HELD, told)

    def _placed(self, letter: LetterBody, known: Decided) -> Decided:
        """A letter that came before its tablet kept a journal gets its place in the receipt now."""
        if known.receipt_signature is not None:
            return known
        if known.seq is None and known.device == self.device:
            with contextlib.suppress(LinkDiffers):
                link = computed_link(self.device, letter, known.sha256)
                known = known._replace(seq=letter.seq, prev=letter.prev, link=link)
        return signed(self.signer, letter.id, known)

    async def _do(self, letter: LetterBody) -> None:
        kind, body = self._read(letter)
        authority.begin(self.session, letter)
        try:
            if self.together:
                self.at_hand.append(await kind.act(self.office, body))
                return
            async with self.session.begin_nested():
                self.at_hand.append(await kind.act(self.office, body))
        except DBAPIError as error:
            if not about_content(error):
                raise
            self._set_back(error)
            raise from_database(error) from error
        except OutOfReach as error:
            self._set_back(error)
            raise CapturedElsewhere(error.detail) from error
        except NotFound as error:
            # The mirror of the ledger is not so far yet, or it is none of the sender's.
            self._set_back(error)
            raise NotKnownYet(error.detail) from error
        except (AnyProblem, Refusal) as error:
            self._set_back(error)
            raise

    def _set_back(self, error: Exception) -> None:
        if self.together:
            raise _NotTogether from error
        self._forget()

    def _forget(self) -> None:
        """Forget every object: one that a savepoint took back would still be found."""
        self.session.expunge_all()
        forget(self.session)
        self.at_hand.clear()
