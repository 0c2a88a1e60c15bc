"""What letters speak of (信件所涉): read many at once before they are done, written together after."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from services.case_svc.documents.tables import DocumentRow
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.ledger_mirror.tables import EntityRow
from services.case_svc.numbers.tables import NumberEndRow, NumberLeaseRow
from services.case_svc.reinspections.tables import ReinspectionRow

RECORDED, ISSUED = "inspection.record", "document.issue"
SPOKEN_OF: tuple[tuple[type[Any], str], ...] = (
    (InspectionRow, "inspection_id"), (EntityRow, "entity_id"), (NumberLeaseRow, "lease_id"),
)  # fmt: skip
ENTERED: dict[str, type[Any]] = {
    RECORDED: InspectionRow, "evidence.declare": EvidenceRow,
    ISSUED: DocumentRow, "reinspection.record": ReinspectionRow,
    "number.void": NumberEndRow, "number.return": NumberEndRow,
}  # fmt: skip
UNREAD = (InspectionRow, EvidenceRow, DocumentRow, NumberEndRow)
"""Rows that can be written at the end of a delivery: a letter that reads one finds it waiting, or
PostgreSQL says at the end what a letter would have read."""


def ids_in(values: Iterable[object]) -> set[UUID]:
    """Those of the values that are ids."""
    found = set()
    for value in values:
        try:
            found.add(UUID(str(value)))
        except ValueError:
            continue
    return found
