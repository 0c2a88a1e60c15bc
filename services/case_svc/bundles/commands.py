"""Taking sealed bundles (受理封装包): the desk's own work, under the authority of the grant.

Whoever carries a bundle lends it nothing but the way: the letters are done in the name, the region
and the roles of the grant under which each was written. Carried by several, in any order and as
often as they like, a bundle has the effect of its letters, each once.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from lawbook.bundles import signed_part
from lawbook.devices import MOST_SKEW
from services.case_svc.bundles import files, forwarding, withdrawal
from services.case_svc.bundles.opening import Opened, Opener, opened
from services.case_svc.bundles.problems import BundleDamaged, BundleUnsigned
from services.case_svc.bundles.schemas import BundleAnswer, BundleReceipt, Head
from services.case_svc.bundles.tables import BundleRow
from services.case_svc.deliveries import commands as desk
from services.case_svc.settings import CaseSettings
from services.kit.claims import Claims, Verifier
from services.kit.database import Database
from services.kit.files import FileStore
from services.kit.grants import Grant, GrantDoesNotCover, GrantMissing, read_grant
from services.kit.letters import Delivery, LetterBody, Verdict, moment
from services.kit.problems import TooLarge
from services.kit.receipts import Signer, text_of
from services.kit.verdicts import APPLIED, HELD, REJECTED, told_of, undecided


@dataclass(frozen=True, slots=True)
class Office:
    """What a bundle is taken with at the office (办公室). `ledger`: whom its own letters go to."""

    database: Database
    files: FileStore
    settings: CaseSettings
    verifier: Verifier
    opener: Opener
    signer: Signer
    folder: Path
    ledger: httpx.AsyncClient | None


@dataclass
class _Taken:
    """How far a bundle is."""

    verdicts: list[Verdict] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def counted(self, state: str) -> int:
        return sum(1 for one in self.verdicts if one.state == state)


async def take(office: Office, carrier: Claims, sealed: AsyncIterator[bytes]) -> BundleAnswer:
    """Take a bundle (受理封装包). Taking it again gives the same verdicts and receipts.

    Refuses, whole: NoBundle, BundleKeyUnknown, BundleDamaged, BundleUnsigned, GrantMissing.
    """
    place = office.files.spooled(f"bundle-{uuid4()}")
    try:
        await _spool(place, sealed, office.settings.bundle_bytes)
        # Opening reads and writes up to the whole bundle: off the event loop.
        with await asyncio.to_thread(_Entered, office.opener, place) as bundle:
            return await _take(office, carrier, bundle)
    finally:
        place.unlink(missing_ok=True)


class _Entered:
    """A bundle that was opened in a thread; what was opened goes at the end of the block."""

    def __init__(self, opener: Opener, place: Path) -> None:
        self._context = opened(opener, place)
        self._bundle = self._context.__enter__()

    def __enter__(self) -> Opened:
        return self._bundle

    def __exit__(self, *failed: Any) -> None:  # noqa: ANN401 - as Python gives it
        self._context.__exit__(*failed)


async def _spool(place: Path, sealed: AsyncIterator[bytes], most: int) -> None:
    size = 0
    with place.open("wb") as file:
        async for piece in sealed:
            size += len(piece)
            if size > most:
                raise TooLarge(f"封装文件超过 {most >> 20} MB")
            file.write(piece)


async def _take(office: Office, carrier: Claims, bundle: Opened) -> BundleAnswer:
    head, grants = _read(office.verifier, bundle)
    taken = _Taken(await _decided(office, bundle, head, grants))
    # What a bundle has no letters for is still somebody's: of the latest grant.
    whose = max(grants, key=lambda one: one.since)
    if any(file.here for file in head.files):
        taken.files = await files.take(
            office.database, office.files, office.settings, whose.claims, bundle, head.files
        )
    received_at = await _note(office, carrier, whose, bundle, head, taken)
    held = taken.counted(HELD)
    arrived = sum(1 for state in taken.files.values() if state == files.ARRIVED)
    receipt = office.signer.sign(
        {
            "bundle": bundle.sha256, "letters": len(head.letters), "held": held, "files": arrived,
            "done": held == 0, "received_at": moment(received_at),
        }
    )  # fmt: skip
    told = {
        "bundle": bundle.sha256, "files": taken.files,
        "verdicts": [one.model_dump(mode="json") for one in taken.verdicts],
    }  # fmt: skip
    return BundleAnswer(
        receipt=BundleReceipt.model_validate(receipt),
        reply=text_of(bundle.reply(json.dumps(told, ensure_ascii=False).encode())),
    )


def _read(verifier: Verifier, bundle: Opened) -> tuple[Head, list[Grant]]:
    """What a bundle says, once its device has been seen to have signed it."""
    try:
        head = Head.model_validate_json(bundle.head)
    except ValidationError as error:
        raise BundleDamaged("封装内容的格式不正确，可能由更新的版本制作") from error
    if head.office != bundle.key:
        # Opened elsewhere and sealed again.
        raise BundleUnsigned()
    found = (read_grant(verifier, token) for token in head.grants)
    grants = [one for one in found if one is not None and one.device == head.device]
    if not grants:
        raise GrantMissing()
    if not any(_signed(one.device_key, bundle) for one in grants):
        raise BundleUnsigned()
    grants = [one for one in grants if _signed(one.device_key, bundle)]
    if head.letters and not any(_grant_of(head, grants, letter) for letter in head.letters):
        raise GrantMissing()
    return head, grants


def _signed(device_key: str, bundle: Opened) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(files.bytes_of(device_key))
        key.verify(bundle.signature, signed_part(bundle.head))
    except (ValueError, InvalidSignature):
        return False
    return True


def _grant_of(head: Head, grants: Sequence[Grant], letter: LetterBody) -> Grant | None:
    """The latest grant under which a letter was written."""
    fitting = [one for one in grants if one.covers(head.device, letter.written_at, MOST_SKEW)]
    return max(fitting, key=lambda one: one.since, default=None)


async def _decided(
    office: Office, bundle: Opened, head: Head, grants: Sequence[Grant]
) -> list[Verdict]:
    """A verdict for each letter: those for the ledger first, as a tablet sends them."""
    # Of a bundle that repeats an id, every letter still has its own verdict: by place, not by id.
    theirs = [one for one in head.letters if one.kind in forwarding.KINDS]
    ours = [one for one in head.letters if one.kind not in forwarding.KINDS]
    forwarded: list[Verdict] = []
    done: list[Verdict] = []
    for grant, run in groupby(theirs, lambda one: _grant_of(head, grants, one)):
        forwarded += await _forward(office, bundle, head.device, grant, list(run))
    for claims, run in groupby(ours, lambda one: _claims_of(head, grants, one)):
        done += await _do(office, head.device, claims, list(run))
    told = {True: iter(forwarded), False: iter(done)}
    return [next(told[one.kind in forwarding.KINDS]) for one in head.letters]


def _claims_of(head: Head, grants: Sequence[Grant], letter: LetterBody) -> Claims | None:
    grant = _grant_of(head, grants, letter)
    return grant.claims if grant else None


def _under_none(letters: Sequence[LetterBody]) -> list[Verdict]:
    told = told_of(GrantDoesNotCover())
    return [undecided(letter.id, HELD, told) for letter in letters]


async def _forward(
    office: Office, bundle: Opened, device: str, grant: Grant | None, letters: list[LetterBody]
) -> list[Verdict]:
    if grant is None:
        return _under_none(letters)
    verdicts: list[Verdict] = []
    for some in _batches(letters, office.settings.letters_per_delivery):
        verdicts += await forwarding.forward(
            office.ledger, office.database, device, grant, some, bundle
        )
    return verdicts


async def _do(
    office: Office, device: str, claims: Claims | None, letters: list[LetterBody]
) -> list[Verdict]:
    if claims is None:
        return _under_none(letters)
    verdicts: list[Verdict] = []
    for some in _batches(letters, office.settings.letters_per_delivery):
        verdicts += await desk.deliver(
            office.database, claims, office.folder, office.signer,
            Delivery(device=device, letters=some), lent=True,
        )  # fmt: skip
    return verdicts


def _batches(letters: list[LetterBody], most: int) -> Iterator[list[LetterBody]]:
    for start in range(0, len(letters), most):
        yield letters[start : start + most]


async def _note(
    office: Office, carrier: Claims, whose: Grant, bundle: Opened, head: Head, taken: _Taken
) -> datetime:
    """Keep what came and how far it is, for the supervisor; when it first came."""
    claims = whose.claims
    async with office.database.transaction(claims) as session:
        why = await withdrawal.seen(session, claims, whose.until < datetime.now(UTC))
        values = {
            "letters": len(head.letters), "applied": taken.counted(APPLIED),
            "rejected": taken.counted(REJECTED), "held": taken.counted(HELD),
            "files": sum(1 for state in taken.files.values() if state == files.ARRIVED),
        }  # fmt: skip
        written = insert(BundleRow).values(
            id=bundle.sha256, region=claims.region, device=head.device, account=claims.account,
            officer=claims.officer, name=claims.name, unit=claims.unit, purpose=head.purpose,
            made_at=head.made_at, carried_by=carrier.who, after_withdrawal=bool(why),
            withdrawal=why, subjects=sorted({one.subject for one in head.letters}),
            drafts=[one.model_dump(mode="json") for one in head.drafts], **values,
        )  # fmt: skip
        row = await session.execute(
            written.on_conflict_do_update(
                index_elements=["id"], set_=values | {"last_received_at": func.now()}
            ).returning(BundleRow.received_at)
        )
        at: datetime = row.scalar_one()
    return at
