"""A document's blocks as text for a screen, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from paper.blocks import (
    Block,
    Cell,
    CheckBoxes,
    Choice,
    CopiesLine,
    FormTable,
    Heading,
    LabelledTable,
    NumberedList,
    NumberLine,
    PageEnd,
    Paragraph,
    RuledList,
    SealPlace,
    Signatures,
    SignatureSlot,
    Title,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of the document as text. `kind`: title, centre, text, flush, item, pair, aside."""

    kind: str
    text: str
    label: str = ""


def as_text(blocks: Sequence[Block]) -> list[Said]:
    """The document's blocks as pieces of text, in their order."""
    return [said for block in blocks for said in said_of(block)]


def said_of(block: Block) -> list[Said]:
    """One block as pieces of text."""
    match block:
        case Heading(organ=organ):
            return [Said("centre", organ)]
        case Title(text=text):
            return [Said("title", text)]
        case NumberLine(text=text):
            return [Said("centre", text)]
        case Paragraph(text=text, indent=indent):
            return [Said("text", f"　　{text}") if indent else Said("flush", text)]
        case CheckBoxes(label=label, choices=choices):
            return [Said("pair", _ticked(choices), label)]
        case LabelledTable(rows=rows):
            return [Said("pair", _filled(cell), cell.label) for row in rows for cell in row]
        case FormTable(rows=forms):
            return [
                Said("pair", "　".join((_filled(one.cell), *one.signed)), one.cell.label)
                for row in forms
                for one in row.cells
            ]
        case NumberedList(items=items):
            return [Said("item", text, f"{at}.") for at, text in enumerate(items, start=1)]
        case RuledList(headings=headings, rows=rows):
            lines = (
                "　".join(
                    f"{label}：{text}"
                    for label, text in zip(headings[1:], row[1:], strict=True)
                    if text
                )
                for row in rows
            )
            return [Said("item", text, f"{at}.") for at, text in enumerate(lines, start=1)]
        case Signatures(slots=slots):
            return [Said("pair", _signed(slot), slot.label) for slot in slots]
        case PageEnd(number=number, of=of, slots=slots):
            told = "；".join(_signed(slot) for slot in slots)
            return [Said("aside", f"—— 第{number}页，共{of}页 ——　{told}")]
        case SealPlace(organ=organ, date=date):
            return [Said("aside", f"{organ}（印章）　{date}")]
        case CopiesLine(text=text):
            return [Said("aside", text)]


def _signed(slot: SignatureSlot) -> str:
    state = slot.note or ("已签名" if slot.strokes else "（未签名）")
    return f"{slot.remark}　{state}"


def _ticked(choices: Sequence[Choice]) -> str:
    """Boxes as text: no Chinese face has the ticked box, so the mark stands before the words."""
    return "　".join(f"{'●' if choice.checked else '○'} {choice.text}" for choice in choices)


def _filled(cell: Cell) -> str:
    return _ticked(cell.choices) if cell.choices else "\n".join(cell.paragraphs) or "—"
