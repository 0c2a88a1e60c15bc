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
from services.kpi_svc.snapshots.tables import IndicatorSnapshotRow, RankingNoticeRow

__all__ = [
    "EntityRow",
    "EntityTallyRow",
    "FollowedFeedRow",
    "IndicatorSnapshotRow",
    "MatterRow",
    "MatterTallyRow",
    "OfficerRow",
    "PaperRow",
    "PenaltyCaseRow",
    "PlannedInspectionRow",
    "RankingNoticeRow",
    "RosterPersonRow",
    "Row",
    "SuccessionRow",
    "UnitRow",
]  # fmt: skip
