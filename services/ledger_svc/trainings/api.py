"""Doors to trainings (培训)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.ledger_svc.permissions import Permission
from services.ledger_svc.trainings import commands
from services.ledger_svc.trainings.schemas import Training, TrainingList, TrainingRecord

router = APIRouter(tags=["培训"])


@router.put("/trainings/{training_id}")
async def hold_training(
    training_id: UUID, record: TrainingRecord,
    claims: Annotated[Claims, requires(Permission.TRAINING_WRITE)], session: Transaction,
) -> Training:  # fmt: skip
    """Record a training and who attended (登记培训)."""
    return await commands.hold(session, claims, training_id, record)


@router.get("/trainings")
async def list_trainings(
    claims: Annotated[Claims, requires(Permission.TRAINING_READ)], session: Transaction
) -> TrainingList:
    """Trainings in sight, newest first (培训)."""
    return TrainingList(items=await commands.every(session))
