"""Every table of kpi_svc, for Alembic."""

from services.kpi_svc.facts.tables import (
    EntityRow,
    EntityTallyRow,
    MatterRow,
    MatterTallyRow,
    OfficerRow,
    PaperRow,
    PenaltyCaseRow,
    PlannedInspectionRow,
    RosterPersonRow,
    UnitRow,
)
from services.kpi_svc.rows import FollowedFeedRow, Row, SuccessionRow

__all__ = [
    "EntityRow", "EntityTallyRow", "FollowedFeedRow", "MatterRow", "MatterTallyRow", "OfficerRow", "PaperRow",
    "PenaltyCaseRow",    "PlannedInspectionRow", "RosterPersonRow", "Row", "SuccessionRow", "UnitRow",
]  # fmt: skip
