"""Every table of ledger_svc, for Alembic."""

from services.ledger_svc.accounts.tables import AccountRow, RefreshTokenRow
from services.ledger_svc.devices.tables import DeviceRow, EnrolmentRow
from services.ledger_svc.entities.tables import EntityRow
from services.ledger_svc.imports.tables import EntityImportRow, ImportRowRow
from services.ledger_svc.officers.tables import OfficerRow
from services.ledger_svc.proposals.tables import LedgerLetterRow, ProposalRow
from services.ledger_svc.rosters.tables import RosterPersonRow
from services.ledger_svc.rows import ChangeRow, FeedCounterRow, Row, SuccessionRow
from services.ledger_svc.trainings.tables import AttendanceRow, TrainingRow
from services.ledger_svc.units.tables import UnitRow

__all__ = [
    "AccountRow", "AttendanceRow", "ChangeRow", "DeviceRow", "EnrolmentRow", "EntityImportRow",
    "EntityRow", "FeedCounterRow", "ImportRowRow", "LedgerLetterRow", "OfficerRow",
    "ProposalRow", "RefreshTokenRow", "RosterPersonRow", "Row", "SuccessionRow", "TrainingRow", "UnitRow",
]  # fmt: skip
