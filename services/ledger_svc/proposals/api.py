"""Doors to proposals, and to the letters that bring them (台账补充)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.letters import Delivery, Verdicts
from services.kit.pages import After, Limit
from services.kit.problems import Malformed, TooLarge
from services.ledger_svc.dictionary import Dictionary
from services.ledger_svc.permissions import Permission
from services.ledger_svc.proposals import commands, letters, queries
from services.ledger_svc.proposals.schemas import (
    DecisionBody,
    ForwardedDelivery,
    Proposal,
    ProposalBody,
    ProposalCounts,
    ProposalPage,
    ProposalWithLedger,
    State,
)

router = APIRouter(tags=["台账补充"])
Reader = Annotated[Claims, requires(Permission.PROPOSAL_READ)]
Writer = Annotated[Claims, requires(Permission.PROPOSAL_WRITE)]


@router.post("/ledger-deliveries")
async def deliver_ledger_letters(
    delivery: Delivery, request: Request, claims: Writer, database: TheDatabase,
    dictionary: Dictionary,
) -> Verdicts:  # fmt: skip
    """Deliver letters about the ledger, in order (送信); each gets a verdict, and a signed receipt."""
    state = request.app.state
    _require_few(delivery, state.settings.letters_per_delivery)
    return Verdicts(
        verdicts=await letters.deliver(
            database, claims, dictionary, state.receipt_signer, delivery
        )
    )  # fmt: skip


@router.post("/forwarded-deliveries")
async def deliver_forwarded_letters(
    forwarded: ForwardedDelivery, request: Request,
    claims: Annotated[Claims, requires(Permission.LETTER_FORWARD)], database: TheDatabase,
    dictionary: Dictionary,
) -> Verdicts:  # fmt: skip
    """Do letters about the ledger that came in a sealed bundle (转送), under the grant they name.

    For case_svc, which opens bundles; the gateway does not pass it on.
    """
    state = request.app.state
    _require_few(forwarded, state.settings.letters_per_delivery)
    return Verdicts(
        verdicts=await letters.deliver_forwarded(
            database, state.verifier, dictionary, state.receipt_signer, forwarded
        )
    )


def _require_few(delivery: Delivery, most: int) -> None:
    if len(delivery.letters) > most:
        raise TooLarge(f"一次至多送 {most} 封信")


@router.put("/proposals/{proposal_id}")
async def propose(
    proposal_id: UUID, body: ProposalBody, claims: Writer, dictionary: Dictionary,
    session: Transaction,
) -> Proposal:  # fmt: skip
    """Propose a value for one field of a plant (补充台账): an empty one is taken over at once."""
    if body.id != proposal_id:
        raise Malformed("内容中的编号与地址中的不同")
    return queries.wire(await commands.propose(session, claims, dictionary, body))


@router.get("/proposals/counts")
async def count_proposals(claims: Reader, session: Transaction) -> ProposalCounts:
    """How many proposals wait for the office (待核定的台账补充)."""
    return await queries.counts(session)


@router.get("/proposals/{proposal_id}")
async def read_proposal(
    proposal_id: UUID, claims: Reader, session: Transaction
) -> ProposalWithLedger:
    """One proposal, and what the ledger holds now (台账补充)."""
    return await queries.one(session, proposal_id)


@router.get("/proposals")
async def list_proposals(
    claims: Reader,
    session: Transaction,
    state: State | None = None,
    entity: Annotated[UUID | None, Query(description="企业")] = None,
    after: After = None,
    limit: Limit = 50,
) -> ProposalPage:
    """Proposals (台账补充): those that wait, the first first; others, the latest first."""
    return await queries.page(session, state=state, entity=entity, after=after, limit=limit)


@router.post("/proposals/{proposal_id}/decision")
async def decide_proposal(
    proposal_id: UUID, body: DecisionBody,
    claims: Annotated[Claims, requires(Permission.PROPOSAL_DECIDE)],
    dictionary: Dictionary, session: Transaction,
) -> Proposal:  # fmt: skip
    """Accept a proposal that waits, or decline it with a reason (核定台账补充)."""
    return queries.wire(await commands.decide(session, claims, dictionary, proposal_id, body))


@router.get("/pulls/proposals", response_class=pulls.PullResponse)
async def pull_proposals(
    claims: Reader, database: TheDatabase, after: After = None
) -> pulls.PullResponse:
    """Proposals changed since a cursor, as NDJSON with a trailer (台账补充拉取)."""
    return await pulls.respond(database, claims, queries.PULL, after)
