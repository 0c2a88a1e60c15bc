"""What proves a hazard (隐患的证据): the one condition by which evidence counts as missing."""

from sqlalchemy import ColumnElement, exists

from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.inspections.tables import HazardRow


def unproven() -> ColumnElement[bool]:
    """Of a hazard: that it is major, and no picture or video of it is here."""
    proof = exists().where(
        EvidenceRow.inspection_id == HazardRow.inspection_id,
        EvidenceRow.hazard_id == HazardRow.id,
        EvidenceRow.received_at.is_not(None),
        EvidenceRow.media_type.regexp_match("^(image|video)/"),
    )
    return HazardRow.major & ~proof
