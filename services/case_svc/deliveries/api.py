"""The door for a tablet's letters (平板信件)."""

from typing import Annotated

from fastapi import APIRouter, Request

from services.case_svc.deliveries import commands
from services.case_svc.deliveries.schemas import Delivery, Verdicts
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase
from services.kit.problems import TooLarge

router = APIRouter(tags=["平板信件"])


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
    return Verdicts(verdicts=await commands.deliver(database, claims, folder, delivery))
