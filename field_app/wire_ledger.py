"""What crosses the wire to the ledger, beside `wire`. Each names its operation."""

from typing import TypedDict


class ProposalBody(TypedDict):
    """Letter entity.propose; PUT /v1/proposals/{id} (补充台账)."""

    id: str
    entity_id: str
    field: str
    old_value: str
    new_value: str
    source: str
    source_note: str
    written_at: str
    device: str
    evidence_sha256: str | None


class Proposal(TypedDict):
    """A line of GET /v1/pulls/proposals (台账补充)."""

    id: str
    state: str
    reason: str | None
    entity_version: int | None
