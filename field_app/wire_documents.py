"""What crosses the wire of a document issued on the spot (出具文书)."""

from typing import Any, NotRequired, TypedDict

from field_app.clocks import ClockBody
from field_app.wire import Location


class GivenOn(TypedDict):
    """Part of SignatureBody: the tablet on which it was given, its key, and its own signature."""

    device: str
    key: str
    proof: str


class SignatureBody(TypedDict):
    """Part of DocumentBody (签名)."""

    role: str
    name: str
    officer_number: str | None
    signed_at: str
    digest: str
    strokes: list[list[list[int]]]
    refused: str | None
    given_on: NotRequired[GivenOn]
    signed_paper: NotRequired[str]
    page: NotRequired[int]
    page_digest: NotRequired[str]
    clock: NotRequired[ClockBody]
    location: NotRequired[Location]


class DocumentBody(TypedDict):
    """Letter document.issue; PUT /v1/documents/{id} (出具文书)."""

    id: str
    inspection_id: str
    kind: str
    template: str
    number: str | None
    lease_id: str | None
    corrects: str | None
    data: dict[str, Any]
    digest: str
    signatures: list[SignatureBody]
    renderer: str
    pdf_sha256: str
    pdf_size: int
    issued_at: str
    device: str
    proof: NotRequired[str]
    pages: NotRequired[list[str]]
    clock: NotRequired[ClockBody]
    location: NotRequired[Location | None]
