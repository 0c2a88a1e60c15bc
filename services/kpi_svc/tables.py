"""Every table of kpi_svc, for Alembic."""

from services.kpi_svc.facts.tables import (
    EntityRow,
    EntityTallyRow,
    OfficerRow,
    PenaltyCaseRow,
    PlannedInspectionRow,
    RosterPersonRow,
    UnitRow,
)
from services.kpi_svc.rows import FollowedFeedRow, Row, SuccessionRow

__all__ = [
    "EntityRow", "EntityTallyRow", "FollowedFeedRow", "OfficerRow", "PenaltyCaseRow",
    "PlannedInspectionRow", "RosterPersonRow", "Row", "SuccessionRow", "UnitRow",
]  # fmt: skip
