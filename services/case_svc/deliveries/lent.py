"""Letters captured where their sender no longer works (调离后送信): done under the grant of then.

A tablet sends such a letter with the grants that it holds. A grant is the ledger's word; it counts
here only for the account that it names, on the device that it names, and for what was written while
it lasted. Where the sender works now, a letter needs none.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from lawbook.devices import MOST_SKEW
from services.case_svc.deliveries.commands import deliver as do
from services.case_svc.deliveries.schemas import Delivery
from services.case_svc.rows import SuccessionRow
from services.kit.claims import Claims, Verifier
from services.kit.database import Database
from services.kit.grants import Grant, read_grant
from services.kit.letters import LetterBody, Verdict
from services.kit.receipts import Signer
from services.kit.successions import reaches


async def deliver(
    database: Database, verifier: Verifier, claims: Claims, folder: Path, signer: Signer,
    delivery: Delivery,
) -> list[Verdict]:  # fmt: skip
    """Do what the letters ask, in order, each under the authority it was captured with (办理信件)."""
    grants = [
        one for token in delivery.grants
        if (one := read_grant(verifier, token)) is not None
        and (one.claims.account, one.device) == (claims.account, delivery.device)
    ]  # fmt: skip
    if not grants:
        return await do(database, claims, folder, signer, delivery)
    regions = {one.claims.region for one in grants}
    async with database.transaction(claims) as session:
        own = {one for one in regions if await reaches(session, SuccessionRow, claims, one)}
    verdicts: list[Verdict] = []
    for grant, run in groupby(delivery.letters, lambda one: grant_of(grants, one)):
        lent = grant is not None and grant.claims.region not in own
        whose = grant.claims if grant and lent else claims
        some = Delivery(device=delivery.device, letters=list(run))
        verdicts += await do(database, whose, folder, signer, some, lent=lent)
    return verdicts


def grant_of(grants: Sequence[Grant], letter: LetterBody) -> Grant | None:
    """The latest grant under which a letter was written, give or take what a clock may be off."""
    for spare in (timedelta(), MOST_SKEW):
        fitting = [one for one in grants if one.covers(one.device, letter.written_at, spare)]
        if fitting:
            return max(fitting, key=lambda one: one.since)
    return None
