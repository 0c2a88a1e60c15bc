"""Shapes of trainings on the wire (培训)."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from services.kit.wire import Name, RegionCode, Wire


class TrainingRecord(Wire):
    """A training that was held, and who attended (登记培训)."""

    region: RegionCode
    title: Name
    kind: Literal["system", "law", "business", "induction"]
    held_on: date
    hours: float = Field(gt=0, le=500)
    attended: list[UUID] = Field(max_length=2000, description="参训执法人员")


class Training(TrainingRecord):
    """A training with its id (培训)."""

    id: UUID


class TrainingList(Wire):
    """Trainings in sight."""

    items: list[Training]
