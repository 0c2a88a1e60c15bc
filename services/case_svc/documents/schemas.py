"""Shapes of legal documents on the wire (执法文书)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from services.case_svc.inspections.schemas import Location
from services.kit.wire import ClockBody, Instant, Name, Sha256, Wire

Point = Annotated[list[int], Field(min_length=2, max_length=2)]


class GivenOn(Wire):
    """The tablet on which a signature was given, beside the one that issued (在其平板签名)."""

    device: Name
    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")] = Field(
        description="该平板的 Ed25519 公钥，base64url"
    )
    proof: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{86}$")] = Field(
        description="该平板对签名内容的签名，base64url"
    )


class SignatureBody(Wire):
    """A signature given on the glass (签名), bound to the content by its digest."""

    role: Literal["officer", "party", "witness"]
    name: Name
    officer_number: Name | None
    signed_at: Instant
    digest: Sha256
    strokes: list[list[Point]] = Field(max_length=2000, description="笔迹：每笔为若干 [x, y]")
    refused: Annotated[str, StringConstraints(min_length=1, max_length=2000)] | None = Field(
        None, description="拒绝签字的情况；签了字的为空"
    )
    given_on: GivenOn | None = Field(None, description="在同行人员的平板上签名的，该平板的证明")
    signed_paper: Sha256 | None = Field(
        None, description="在打印的文书上签名的，签名页照片的 SHA-256；照片作为证据报送"
    )
    page: int | None = Field(None, ge=1, le=999, description="逐页签名的，所签的页；其余为空")
    page_digest: Sha256 | None = Field(None, description="该页内容的摘要")
    clock: ClockBody | None = Field(None, description="签名时平板的各个时钟")
    location: Location | None = Field(None, description="签名的位置")


class DocumentBody(Wire):
    """A document as the tablet issued it on the spot (出具文书)."""

    def as_sent(self) -> dict[str, Any]:
        """The body without members that its tablet did not know: old letters stay what they were."""
        plain = self.model_dump(mode="json")
        for name in ("template", "corrects", "proof", "pages", "clock", "location"):
            if plain[name] is None:
                del plain[name]
        for one in plain["signatures"]:
            for name in (
                "refused",
                "given_on",
                "signed_paper",
                "page",
                "page_digest",
                "clock",
                "location",
            ):
                if one[name] is None:
                    del one[name]
        return plain

    id: UUID
    inspection_id: UUID
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,40}$")]
    template: Name | None = Field(None, description="文书样式及版本；旧版平板不写")
    number: Name | None = Field(description="文号；笔录不编文号")
    lease_id: UUID | None
    corrects: UUID | None = Field(None, description="所更正的文书")
    data: dict[str, Any] = Field(max_length=200, description="各项内容，键为文书样式的栏目代码")
    digest: Sha256
    signatures: list[SignatureBody] = Field(max_length=20)
    renderer: Literal["typst", "fpdf2"]
    pdf_sha256: Sha256
    pdf_size: int = Field(ge=1, le=1 << 32)
    issued_at: Instant
    device: Name
    proof: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        None, description="二维码的内容（验真码）；未取得平板证书的、旧版平板不写"
    )
    pages: Annotated[list[Sha256], Field(max_length=999)] | None = Field(
        None, description="逐页签名的，各页内容的摘要；其余的、旧版平板不写"
    )
    clock: ClockBody | None = Field(None, description="出具时平板的各个时钟")
    location: Location | None = Field(None, description="出具的位置")


class Document(Wire):
    """A document as the office has it (执法文书)."""

    id: UUID
    region: str
    unit: str
    kind: str
    name: str = Field(description="文书名称")
    number: str | None
    corrects: UUID | None = Field(description="所更正的文书")
    corrected_by: list[UUID] = Field(description="更正本文书的文书，先出具的在前")
    inspection_id: UUID | None
    case_id: UUID | None = Field(None, description="案件；不是案件文书的为空")
    entity_id: UUID
    entity_name: str
    lease_id: UUID | None
    data: dict[str, Any]
    digest: str
    signatures: list[SignatureBody]
    template: str = Field(description="文书样式及版本")
    renderer: str
    pdf_sha256: str
    pdf_size: int
    state: Literal["pdf_pending", "complete"]
    issued_at: Instant
    issued_by: str
    device: str | None
    proof: str | None = Field(description="二维码的内容（验真码）；没有的为空")
    clock: ClockBody | None = Field(
        description="出具时平板的各个时钟；办公室出具的和旧版平板的为空"
    )
    doubts: list[str] = Field(description="时间存疑的理由；没有的为空表")
    location: Location | None = Field(description="出具的位置；办公室出具的和旧版平板的为空")
    signature_doubts: list[str] = Field(
        description="在同行人员平板上所签的名，与平板登记不符、有待核查的理由；没有的为空表"
    )
    received_at: Instant


class DocumentCheck(Wire):
    """What anybody may know of a document who holds it (联网核对): nothing of its content."""

    held: bool = Field(description="本局存有该文号、该内容的已出具文书")
    corrected: bool = Field(description="该文书已被更正")
    file: bool | None = Field(description="文件与局存原件逐字节相同；没有问到的为空")


class DocumentPage(Wire):
    """A page of documents."""

    items: list[Document]
    next: str | None
