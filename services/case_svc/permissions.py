"""What may be done in case_svc; `content/roles.toml` says by whom."""

from enum import StrEnum


class Permission(StrEnum):
    """权限."""

    PLAN_READ = "plan.read"
    PLAN_WRITE = "plan.write"
    PLAN_APPROVE = "plan.approve"
    SCHEME_READ = "scheme.read"
    SCHEME_WRITE = "scheme.write"
    SCHEME_REVIEW = "scheme.review"
    SCHEME_APPROVE = "scheme.approve"
    PACK_READ = "pack.read"
    NUMBER_LEASE = "number.lease"
    NUMBER_READ = "number.read"
    NUMBER_MANAGE = "number.manage"
    INSPECTION_READ = "inspection.read"
    INSPECTION_RECORD = "inspection.record"
    INSPECTION_PULL = "inspection.pull"
    EVIDENCE_READ = "evidence.read"
    EVIDENCE_WRITE = "evidence.write"
    DOCUMENT_READ = "document.read"
    DOCUMENT_ISSUE = "document.issue"
    REINSPECTION_RECORD = "reinspection.record"
    LETTER_READ = "letter.read"
    FEED_READ = "feed.read"
