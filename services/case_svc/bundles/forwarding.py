"""Letters in a bundle that are for the ledger (台账的信件): passed on with their grant, not done here.

ledger_svc judges the grant by itself and does the letters in its name; what cannot be asked of it
now is held, and done when the bundle comes again.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import httpx
import structlog

from services.case_svc.bundles.problems import LedgerAway
from services.case_svc.deliveries import waiting
from services.kit.database import Database
from services.kit.grants import Grant
from services.kit.letters import LetterBody, Verdict, Verdicts
from services.kit.receipts import text_of
from services.kit.verdicts import HELD, told_of, undecided

KINDS = frozenset(("entity.propose",))
"""Letters of these kinds are the ledger's."""
PATH = "/v1/forwarded-deliveries"
log = structlog.get_logger("forwarding")


class Proof(Protocol):
    """A bundle's head as it was signed, and the device's signature."""

    @property
    def head(self) -> bytes: ...

    @property
    def signature(self) -> bytes: ...


async def forward(
    ledger: httpx.AsyncClient | None, database: Database, device: str, grant: Grant,
    letters: Sequence[LetterBody], proof: Proof,
) -> list[Verdict]:  # fmt: skip
    """Have letters done by the ledger under their grant: a verdict for each, in order.

    `proof`: what the device signed, for the ledger to judge by itself.

    Held with LedgerAway when it gives no whole answer. `ledger` None: there is none to ask.
    """
    verdicts = await _asked(ledger, device, grant, letters, proof) if ledger else None
    if verdicts is None:
        verdicts = [undecided(one.id, HELD, told_of(LedgerAway())) for one in letters]
    held = [
        (letter, verdict.problem.model_dump())
        for letter, verdict in zip(letters, verdicts, strict=True)
        if verdict.state == HELD and verdict.problem
    ]
    decided = [one.id for one in verdicts if one.state != HELD]
    async with database.transaction(grant.claims) as session:
        # The office sees what waits here, as it sees what waits at the desk.
        await waiting.note(session, grant.claims, device, held, decided)
    return verdicts


async def _asked(
    ledger: httpx.AsyncClient,
    device: str,
    grant: Grant,
    letters: Sequence[LetterBody],
    proof: Proof,
) -> list[Verdict] | None:
    """What the ledger answers; None when that is unknown, or no answer to these letters."""
    said = {"device": device, "grant": grant.token, "letters": list(_on_the_wire(letters))}
    said |= {"head": proof.head.decode(), "signature": text_of(proof.signature)}
    try:
        answer = await ledger.post(
            PATH, content=json.dumps(said), headers={"content-type": "application/json"}
        )
        verdicts = Verdicts.model_validate_json(answer.raise_for_status().content).verdicts
    except (httpx.HTTPError, OSError, ValueError, KeyError) as error:
        log.warning("letters not forwarded", device=device, letters=len(letters), why=repr(error))
        return None
    if [one.id for one in verdicts] != [one.id for one in letters]:
        log.warning("letters answered in part", device=device, letters=len(letters))
        return None
    return verdicts


def _on_the_wire(letters: Iterable[LetterBody]) -> Iterable[dict[str, Any]]:
    """The letters as they came: a body is passed on untouched, since its hash is signed for."""
    for one in letters:
        yield one.model_dump(mode="json", exclude={"body"}) | {"body": one.body}
