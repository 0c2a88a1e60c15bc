"""Shapes of a case's documents on the wire (案件文书)."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from services.kit.wire import Instant, Name, Sha256, Text, Wire

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,40}$")]


class Mends(Wire):
    """What mends a precondition: a document to issue, or an act to do."""

    kind: Literal["document", "act"]
    code: str


class NeedTold(Wire):
    """A precondition that is not met (尚缺的前提)."""

    title: str
    law: str = Field(description="依据的条款")
    next_step: str
    mends: Mends | None = None


class SignatoryTold(Wire):
    """Who signs the printed page (签名人)."""

    label: str
    count: int


class FormTold(Wire):
    """A form that can be made in the case, and what it still wants (可制作的文书)."""

    kind: str
    name: str
    numbered: Literal["case", "own", "none"] = Field(
        description="case 沿用案件编号，own 单独编号，none 不编文号"
    )
    issued: int = Field(description="本案已出具几份，作废的不计")
    repeated: bool = Field(description="一案可以出具多份")
    signatories: list[SignatoryTold] = Field(description="打印后由谁签名")
    wanting: list[NeedTold]


class FormList(Wire):
    """Every form of a case."""

    items: list[FormTold]


class DraftBody(Wire):
    """What the handler writes in a draft (草稿)."""

    kind: Kind
    said: dict[str, Any] = Field(max_length=200, description="填写的内容，键为文书样式的栏目代码")
    revision: int = Field(ge=0, description="所见的是第几稿；新稿为 0")
    act: UUID | None = Field(
        default=None, description="所记载的办案行为；空即该文书尚缺的最早一项。新稿以后不能更改"
    )


class ColumnTold(Wire):
    """A column of a list in the draft."""

    code: str
    label: str
    kind: str
    required: bool
    options: dict[str, str]


class FieldTold(Wire):
    """A field of the draft: where it comes from, and whether the handler writes it."""

    model_config = ConfigDict(protected_namespaces=())

    code: str
    label: str
    kind: str
    required: bool
    written: bool = Field(description="由承办人填写；否则来自案件，不能改")
    basis: str
    phrases: list[str]
    options: dict[str, str]
    columns: list[ColumnTold] = Field(description="清单的各列；不是清单的为空表")
    source: str = Field(description="内容来自案件的哪一处，如 acts.serve.served_on；空即无人知道")
    recorded: Any = Field(description="案件所记的内容；没有的为空")
    shown: list[str] = Field(description="现有内容印在文书上的文字，逐段")


class Draft(Wire):
    """A draft as it stands now: filled from the case as it is, with what was written over it."""

    id: UUID
    case_id: UUID
    kind: str
    act: str | None = Field(description="所记载的办案行为")
    name: str
    template: str
    state: Literal["draft", "issued", "dropped"]
    revision: int
    data: dict[str, Any]
    fields: list[FieldTold]
    missing: list[str] = Field(description="尚未填写的必填栏目")
    faults: dict[str, str] = Field(description="不能出具的栏目：栏目代码与理由")
    signatories: list[SignatoryTold]
    copies: str = Field(description="一式几份，由谁存")
    wanting: list[NeedTold] = Field(description="尚缺的前提")
    written_by: str
    changed_at: Instant


class DraftList(Wire):
    """The open drafts of a case."""

    items: list[Draft]


class IssueBody(Wire):
    """Issue a draft as it was confirmed (出具)."""

    revision: int = Field(ge=1, description="承办人核对的是第几稿")
    at: Instant = Field(description="出具时间")
    after: int = Field(ge=1, description="核对时案件有几个办案行为")


class VoidBody(Wire):
    """Void a document that was issued in a case (作废文书)."""

    reason: Text = Field(min_length=1, max_length=2000, description="作废的理由")
    at: Instant = Field(description="作废时间")


class VoidTold(VoidBody):
    """That a document is void, since when, by whom and why."""

    by: str


class SignedCopyBody(Wire):
    """The scan of a document that was printed and signed (签名件)."""

    sha256: Sha256 = Field(description="扫描件或者照片的摘要，文件先行上传")
    signed_by: list[Name] = Field(
        min_length=1, max_length=20, description="纸面上签名、盖章的人，如 当事人周正、执法人员张岳"
    )
    signed_on: date = Field(description="纸面上的签名日期")
    note: Text = Field("", max_length=500, description="如 当事人拒绝签名、见证人在场")
    at: Instant = Field(description="放入案件的时间")


class SignedCopy(SignedCopyBody):
    """A signed copy beside its document (签名件)."""

    id: UUID
    media_type: str
    size: int
    by: str = Field(description="放入的人")


class CaseDocument(Wire):
    """A document that was issued in a case (已出具的案件文书)."""

    id: UUID
    kind: str
    name: str
    number: str | None
    issued_at: Instant
    issued_by: str
    act: str | None = Field(description="所记载的办案行为；早先出具的没有")
    party: str = Field(description="文书上的当事人")
    of_case: bool = Field(description="在本案出具；否则是检查中出具的")
    void: VoidTold | None = Field(description="作废的情况；有效的为空")
    signed: list[SignedCopy] = Field(description="打印签名后的扫描件，先放入的在前")
    to_sign: str = Field(description="依法应当签名而还没有签名件的，写明依据；其他的为空")


class CaseDocumentList(Wire):
    """Everything that was issued in a case and in its inspection, the earliest first."""

    items: list[CaseDocument]
