"""Every table of case_svc, for Alembic."""

from services.case_svc.archives.tables import ArchiveReadingRow, CaseArchiveRow
from services.case_svc.bundles.tables import BundleRow
from services.case_svc.called_off.tables import CalledOffRow
from services.case_svc.case_documents.tables import (
    CaseDocumentVoidRow,
    CaseDraftRow,
    SignedCopyRow,
)
from services.case_svc.cases.tables import CaseActRow, CaseDutyRow, CaseLinkRow, CaseRow
from services.case_svc.delegations.tables import DelegationRow
from services.case_svc.deliveries.tables import HeldLetterRow, JournalForkRow, LetterRow
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.files.tables import UploadRow
from services.case_svc.inspections.tables import HazardRow, InspectionRow
from services.case_svc.ledger_mirror.tables import (
    EntityPastRow,
    EntityRow,
    KnownDeviceRow,
    OfficerPastRow,
    OfficerRow,
    UnitRow,
)
from services.case_svc.letter_reviews.tables import LetterReviewRow
from services.case_svc.numbers.tables import (
    FencedDeviceRow,
    NumberEndRow,
    NumberFreezeRow,
    NumberLeaseRow,
    NumberSeriesRow,
)
from services.case_svc.plans.tables import PlannedInspectionRow, PlanRow
from services.case_svc.precedents.tables import PrecedentRow
from services.case_svc.proposal_photos.tables import ProposalPhotoRow
from services.case_svc.reinspections.tables import ReinspectionRow
from services.case_svc.rows import ChangeRow, FeedCounterRow, FollowedFeedRow, Row, SuccessionRow
from services.case_svc.schemes.tables import InspectionSchemeRow
from services.case_svc.site_duties.tables import SiteDutyRow
from services.case_svc.visits.tables import OpeningRow, PatchRow

__all__ = [
    "ArchiveReadingRow", "BundleRow", "CalledOffRow", "CaseActRow", "CaseArchiveRow",
    "CaseDocumentVoidRow", "CaseDraftRow", "CaseDutyRow", "CaseLinkRow",
    "CaseRow", "ChangeRow",
    "DelegationRow", "DocumentRow", "EntityPastRow", "EntityRow", "EvidenceRow", "FeedCounterRow",
    "FencedDeviceRow", "FollowedFeedRow", "HazardRow", "HeldLetterRow", "InspectionRow", "InspectionSchemeRow",
    "JournalForkRow", "KnownDeviceRow", "LetterReviewRow", "LetterRow",
    "NumberEndRow", "NumberFreezeRow", "NumberLeaseRow",
    "NumberSeriesRow", "OfficerPastRow", "OfficerRow", "OpeningRow", "PatchRow", "PlanRow", "PlannedInspectionRow",
    "PrecedentRow", "ProposalPhotoRow", "ReinspectionRow", "Row", "SignedCopyRow",
    "SiteDutyRow", "SuccessionRow", "UnitRow",
    "UploadRow",
]  # fmt: skip
