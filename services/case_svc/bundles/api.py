"""Doors for sealed bundles (封装包), and for the list of what was handed over (移交)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from services.case_svc.bundles import commands, queries
from services.case_svc.bundles.schemas import (
    BundleAnswer,
    BundleKey,
    BundleKeyList,
    HandoverPage,
)
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, CurrentClaims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit

router = APIRouter(tags=["封装包"])
MEDIA_TYPE = "application/octet-stream"
BODY = {"requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": {
    "type": "string", "format": "binary",
}}}}}  # fmt: skip
Withdrawn = Annotated[bool | None, Query(description="只列授权撤回之后送来的，或只列其余")]


@router.post("/bundles", openapi_extra=BODY)
async def take_bundle(
    claims: CurrentClaims, request: Request, database: TheDatabase, folder: ContentFolder
) -> BundleAnswer:
    """Take a sealed bundle, whoever carries it (受理封装包); its letters count under its grant."""
    state = request.app.state
    office = commands.Office(
        database, state.files, state.settings, state.verifier, state.bundle_opener,
        state.receipt_signer, folder, state.ledger,
    )  # fmt: skip
    return await commands.take(office, claims, request.stream())


@router.get("/bundle-keys")
async def list_bundle_keys(claims: CurrentClaims, request: Request) -> BundleKeyList:
    """The public keys to which bundles are sealed (封装公钥): anybody who has signed in."""
    known = request.app.state.bundle_opener.public_keys
    return BundleKeyList(
        items=[BundleKey(key=key, algorithm="X25519", public_key=raw) for key, raw in known.items()]
    )


@router.get("/handovers")
async def list_handovers(
    claims: Annotated[Claims, requires(Permission.LETTER_READ)], session: Transaction,
    withdrawn: Withdrawn = None, after: After = None, limit: Limit = 100,
) -> HandoverPage:  # fmt: skip
    """What came in sealed bundles, and whether its authority still stands (移交事项)."""
    return await queries.handovers(session, withdrawn=withdrawn, after=after, limit=limit)
