"""What may be done in ledger_svc; `content/roles.toml` says by whom."""

from enum import StrEnum


class Permission(StrEnum):
    """权限."""

    ENTITY_READ = "entity.read"
    ENTITY_WRITE = "entity.write"
    ENTITY_IMPORT = "entity.import"
    ENTITY_PULL = "entity.pull"
    PROPOSAL_READ = "proposal.read"
    PROPOSAL_WRITE = "proposal.write"
    LETTER_FORWARD = "letter.forward"
    PROPOSAL_DECIDE = "proposal.decide"
    UNIT_READ = "unit.read"
    UNIT_WRITE = "unit.write"
    OFFICER_READ = "officer.read"
    OFFICER_WRITE = "officer.write"
    ROSTER_WRITE = "roster.write"
    TRAINING_READ = "training.read"
    TRAINING_WRITE = "training.write"
    ACCOUNT_READ = "account.read"
    ACCOUNT_WRITE = "account.write"
    DEVICE_READ = "device.read"
    DEVICE_WRITE = "device.write"
    DEVICE_REPORT = "device.report"
    FEED_READ = "feed.read"
