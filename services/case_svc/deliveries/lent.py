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
from services.kit.claims import Claims, Verifier
from services.kit.database import Database
from services.kit.grants import Grant, read_grant
from services.kit.letters import LetterBody, Verdict
from services.kit.receipts import Signer


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
    verdicts: list[Verdict] = []
    for whose, run in groupby(delivery.letters, lambda one: authority_of(claims, grants, one)):
        some = Delivery(device=delivery.device, letters=list(run))
        verdicts += await do(database, whose, folder, signer, some, lent=whose is not claims)
    return verdicts


def authority_of(claims: Claims, grants: Sequence[Grant], letter: LetterBody) -> Claims:
    """The sender as of when the letter was written: of the latest grant that covers it, else as of now."""
    exact = [one for one in grants if one.covers(one.device, letter.written_at, timedelta())]
    near = exact or [one for one in grants if one.covers(one.device, letter.written_at, MOST_SKEW)]
    then = max(near, key=lambda one: one.since, default=None)
    if then is None or then.claims.region.startswith(claims.region):
        return claims
    return then.claims
