"""What a printed document is made of, top to bottom, before anybody draws it.

Blocks hold finished text: dates are written out, choices are made, strokes are in millimetres.
Two renderers draw the same blocks, so nothing here knows of fonts or pages.
"""

from dataclasses import dataclass, field
from typing import Literal

Point = tuple[float, float]
Stroke = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The organ that issues (发文机关), centred above the title."""

    organ: str
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the document (文书名称)."""

    text: str
    kind: Literal["title"] = field(default="title", init=False)


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The document number (文号), or its pattern with blanks while there is none."""

    text: str
    kind: Literal["number"] = field(default="number", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `indent`: the first line stands in by two characters.

    `keep`: it announces what follows, and goes to the page of that.
    """

    text: str
    indent: bool = True
    keep: bool = False
    kind: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick, and whether it is ticked."""

    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class CheckBoxes:
    """Boxes in a line (勾选项), drawn and never typed: no Chinese font has the ticked box."""

    label: str
    choices: tuple[Choice, ...]
    kind: Literal["check_boxes"] = field(default="check_boxes", init=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and what is filled in beside it: paragraphs, or boxes."""

    label: str
    paragraphs: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledTable:
    """Labelled values (表格): a ruled `grid`, or `lines` with each value on a rule.

    A row holds one cell over the whole width, or two side by side.
    """

    rows: tuple[tuple[Cell, ...], ...]
    style: Literal["grid", "lines"]
    kind: Literal["table"] = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form, and the lines at its lower right: who signs it, and when (签名、日期)."""

    cell: Cell
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormLine:
    """One to three cells side by side, at least `height` mm high: room to write by hand.

    Text stands at the top of a row that is signed, in the middle of any other.
    """

    cells: tuple[FormCell, ...]
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class FormTable:
    """An approval form (审批表): a ruled table whose opinions are signed and dated in their cells."""

    rows: tuple[FormLine, ...]
    kind: Literal["form"] = field(default="form", init=False)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items numbered 1. 2. 3., each a paragraph."""

    items: tuple[str, ...]
    kind: Literal["list"] = field(default="list", init=False)


@dataclass(frozen=True, slots=True)
class RuledList:
    """A list of things (清单): headings repeated on every page, then numbered rows.

    `shares`: the width of each column beside the first, which holds the row's number.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    kind: Literal["rows"] = field(default="rows", init=False)


@dataclass(frozen=True, slots=True)
class SignatureSlot:
    """A place to sign (签名处). Strokes are in mm inside SIGNATURE_WIDTH × SIGNATURE_HEIGHT.

    `note` stands below over the whole width: why somebody did not sign (拒绝签字的情况), or which
    photo shows the printed page that was signed; `mark` stands in the place of strokes then.
    """

    label: str
    remark: str
    date: str
    strokes: tuple[Stroke, ...]
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, one under the other, never torn apart by a page."""

    slots: tuple[SignatureSlot, ...]
    kind: Literal["signatures"] = field(default="signatures", init=False)


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The foot of a page that is signed by itself (逐页签名), and the end of that page."""

    number: int
    of: int
    slots: tuple[SignatureSlot, ...]
    kind: Literal["page_end"] = field(default="page_end", init=False)


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the organ's seal is set over its name and the date (印章)."""

    organ: str
    date: str
    kind: Literal["seal"] = field(default="seal", init=False)


@dataclass(frozen=True, slots=True)
class CopiesLine:
    """How many copies there are and who keeps them (一式几份), at the foot of the last page."""

    text: str
    kind: Literal["copies"] = field(default="copies", init=False)


Block = (
    Heading
    | Title
    | NumberLine
    | Paragraph
    | CheckBoxes
    | LabelledTable
    | FormTable
    | NumberedList
    | RuledList
    | Signatures
    | PageEnd
    | SealPlace
    | CopiesLine
)


@dataclass(frozen=True, slots=True)
class ProofMark:
    """What proves the document (验真码): the text of its QR code, the line that stands beside it,
    and what travels in the PDF's keywords: the same proof, and the data in ASCII.
    """

    code: str
    line: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A composed document (执法文书), ready to be drawn.

    `template` is "inspection-record@2026.1"; `number` is None for a draft and
    for what bears none (笔录); `digest` is the hash of
    kind, number and data that the signatures vouch for. `proof`: None for a draft and for what
    was issued before there were any. `pages`: the digest of each page of what is signed page by page.
    """

    template: str
    name: str
    number: str | None
    digest: str
    blocks: tuple[Block, ...]
    proof: ProofMark | None = None
    watermark: str = ""
    """What stands across every page, behind the text: 草稿. Nothing that was issued has one."""
    pages: tuple[str, ...] = ()
