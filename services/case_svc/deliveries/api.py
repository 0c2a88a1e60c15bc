"""Doors for a tablet's letters (平板信件), and for what the office should know of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from services.case_svc.deliveries import lent, queries
from services.case_svc.deliveries.schemas import (
    Delivery,
    HeldLetterPage,
    JournalForkPage,
    ReceiptKey,
    ReceiptKeyList,
    Verdicts,
)
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, CurrentClaims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.kit.problems import TooLarge

router = APIRouter(tags=["平板信件"])
Reader = Annotated[Claims, requires(Permission.LETTER_READ)]
Hours = Annotated[int, Query(ge=0, le=24 * 366, description="至少已暂缓多少小时")]


@router.post("/deliveries")
async def deliver_letters(
    delivery: Delivery, request: Request,
    claims: Annotated[Claims, requires(Permission.INSPECTION_RECORD)],
    database: TheDatabase, folder: ContentFolder,
) -> Verdicts:  # fmt: skip
    """Deliver letters, in order (送信); each gets its own verdict, and a receipt once decided."""
    most = request.app.state.settings.letters_per_delivery
    if len(delivery.letters) > most:
        raise TooLarge(f"一次至多送 {most} 封信")
    signer = request.app.state.receipt_signer
    verdicts = await lent.deliver(
        database, request.app.state.verifier, claims, folder, signer, delivery
    )
    return Verdicts(verdicts=verdicts)


@router.get("/receipt-keys")
async def list_receipt_keys(claims: CurrentClaims, request: Request) -> ReceiptKeyList:
    """The public keys by which receipts are verified (回执公钥): anybody who has signed in."""
    known = request.app.state.receipt_signer.public_keys
    return ReceiptKeyList(
        items=[
            ReceiptKey(key=key, algorithm="Ed25519", public_key=public)
            for key, public in known.items()
        ]
    )


@router.get("/held-letters")
async def list_held_letters(
    claims: Reader, session: Transaction, hours: Hours = 24, after: After = None,
    limit: Limit = 100,
) -> HeldLetterPage:  # fmt: skip
    """Letters that have waited too long (长时间暂缓的信件)."""
    return await queries.held_letters(session, hours=hours, after=after, limit=limit)


@router.get("/journal-forks")
async def list_journal_forks(
    claims: Reader, session: Transaction, after: After = None, limit: Limit = 100
) -> JournalForkPage:
    """Journals in which two tablets write, or that have a hole (日志分叉)."""
    return await queries.journal_forks(session, after=after, limit=limit)
