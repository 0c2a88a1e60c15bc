"""A form's layout to blocks (版式到内容): each entry becomes what stands on paper in its place."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lawbook.signatures import PARTY
from paper.blocks import (
    Block,
    Cell,
    CheckBoxes,
    Choice,
    CopiesLine,
    FormCell,
    FormLine,
    FormTable,
    Heading,
    LabelledTable,
    NumberedList,
    NumberLine,
    Paragraph,
    RuledList,
    SealPlace,
    Signatures,
    SignatureSlot,
    Title,
)
from paper.geometry import OPINION_HEIGHT
from paper.signing import Signature, fit
from paper.template import PLACE, DocumentTemplate
from paper.values import BEIJING, Item, Value, clean, empty, written_date, written_instant

OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
SIDE_BY_SIDE = 60
"""Characters in half a row, at most."""
TO_SIGN = "　" * 8
"""Room for a name where nobody has signed."""
DATE_TO_FILL = "　　年　　月　　日"


def number_to_fill(template: DocumentTemplate) -> str:
    """The number line of a draft: the pattern with blanks (待编号); empty where none is borne."""
    if template.numbering is None:
        return ""
    return template.numbering.pattern.format(
        region="　", abbreviation=template.numbering.abbreviation, year="　　", sequence="　　"
    )


def _sentence(item: Item) -> dict[str, str]:
    """An item's texts without their full stops, since the form sets its own."""
    return {code: text.rstrip("。；;") for code, text in item.printed.items()}


def _refusal(signature: Signature) -> str:
    """What is put on record of a refusal to sign (拒绝签字情况)."""
    if signature.refused is None:
        return ""
    reason = " ".join(clean(signature.refused).split()).rstrip("。")
    return f"{clean(signature.name)}拒绝签字（{written_instant(signature.signed_at)}）：{reason}。"


def _on_paper(signature: Signature) -> str:
    """By which photo a signature on the printed document is known (已在纸质件签名)."""
    if not signature.signed_paper:
        return ""
    return (
        f"{clean(signature.name)}已在打印的本文书上签名，签名页照片附卷"
        f"（{written_instant(signature.signed_at)}，SHA-256：{signature.signed_paper}）。"
    )


def _mark(signature: Signature) -> str:
    """What stands in the place of strokes."""
    if signature.signed_paper:
        return "已在纸质件签名"
    return "拒绝签字" if signature.refused is not None else ""


def _day(at: datetime) -> str:
    return written_date(at.astimezone(BEIJING).date())


class Maker:
    """Turns each layout entry into the blocks it stands for."""

    def __init__(
        self,
        template: DocumentTemplate,
        values: Mapping[str, Value],
        number: str | None,
        signatures: Sequence[Signature],
    ) -> None:
        self.template = template
        self.values = values
        self.number = number if number is not None else number_to_fill(template)
        self.signatures = signatures

    def blocks(self, layout: Mapping[str, Any]) -> list[Block]:
        when, unless = layout.get("when"), layout.get("unless")
        if (when and self._absent(when)) or (unless and not self._absent(unless)):
            return []
        match layout["kind"]:
            case "heading":
                return [Heading(self._printed(layout["field"]))]
            case "title":
                return [Title(self.template.name)]
            case "number":
                return [NumberLine(self.number)]
            case "paragraph":
                text = self._expand(layout["text"], {})
                indent = bool(layout.get("indent", True))
                ahead = bool(layout.get("keep", False))
                lines = [line for line in text.split("\n") if line]
                return [Paragraph(line, indent, ahead or line.endswith("：")) for line in lines]
            case "table":
                wanted = (
                    codes
                    for codes in layout["rows"]
                    if not layout.get("filled") or not all(map(self._absent, codes))
                )
                rows = tuple(row for codes in wanted for row in self._rows(codes))
                return [LabelledTable(rows, layout["style"])]
            case "form":
                rows_of_form = (self._form_row(row) for row in layout["rows"])
                return [FormTable(tuple(row for row in rows_of_form if row))]
            case "list":
                return self._list(layout)
            case "grouped":
                return self._grouped(layout)
            case "rows":
                return self._ruled_list(layout)
            case "check_boxes":
                field = self.template.field(layout["field"])
                return [CheckBoxes(layout.get("label", field.label), self._choices(field.code))]
            case "signatures":
                slots = [slot for role in layout["roles"] for slot in self._slots(role)]
                return [Signatures(tuple(slots))] if slots else []
            case "seal":
                return [SealPlace(self._printed(layout["field"]), self._printed(layout["date"]))]
            case _:
                return [CopiesLine(self.template.copies_line)]

    def _absent(self, code: str) -> bool:
        raw = self.values[code].raw
        return raw is False or empty(raw)

    def _printed(self, name: str) -> str:
        if name == "number":
            return self.number
        code, _, column = name.partition(".")
        value = self.values[code]
        if column:
            return "、".join(item.printed[column] for item in value.items if item.printed[column])
        if value.items:
            return "、".join(self._each(code))
        return value.text

    def _each(self, code: str) -> list[str]:
        """Every item of a field, in the words the form gives for one."""
        each = self.template.field(code).each
        return [self._expand(each, item.printed) for item in self.values[code].items]

    def _expand(self, text: str, own: Mapping[str, str]) -> str:
        """Fill the places of a layout text; what is filled in is never read as layout again."""

        def fill(part: str) -> str:
            return PLACE.sub(lambda place: look(place[1]), part)

        def look(name: str) -> str:
            return own[name] if name in own else self._printed(name)

        pieces: list[str] = []
        for index, part in enumerate(OPTIONAL.split(text)):
            optional = index % 2 == 1
            if optional and not all(look(name) for name in PLACE.findall(part)):
                continue
            pieces.append(fill(part))
        return "".join(pieces)

    def _list(self, layout: Mapping[str, Any]) -> list[Block]:
        value = self.values[layout["field"]]
        if value.items:
            items = tuple(self._expand(layout["item"], _sentence(item)) for item in value.items)
        else:
            last = len(value.parts) - 1
            ends = ("；" if at < last else "。" for at in range(last + 1))
            items = tuple(
                part.rstrip("；。") + end for part, end in zip(value.parts, ends, strict=True)
            )
        return [NumberedList(items)] if items else []

    def _ruled_list(self, layout: Mapping[str, Any]) -> list[Block]:
        columns = self.template.field(layout["field"]).columns
        items = self.values[layout["field"]].items
        if not items:
            return []
        headings = ("序号", *(column.label for column in columns))
        rows = [
            (str(index), *(item.printed[column.code] for column in columns))
            for index, item in enumerate(items, start=1)
        ]
        return [RuledList(headings, tuple(rows), tuple(column.width for column in columns))]

    def _grouped(self, layout: Mapping[str, Any]) -> list[Block]:
        """One paragraph for each value of the column `by`, naming the items that share it."""
        groups: dict[str, list[str]] = {}
        total = 0
        for index, item in enumerate(self.values[layout["field"]].items, start=1):
            total = index
            chosen = layout.get("where")
            if chosen and item.raw.get(chosen) != layout.get("equals", True):
                continue
            groups.setdefault(item.printed[layout["by"]], []).append(str(index))
        made: list[Block] = []
        for by, indexes in groups.items():
            whole = layout.get("whole")
            text = whole if whole and len(indexes) == total else layout["text"]
            made.append(Paragraph(self._expand(text, {"numbers": "、".join(indexes), "by": by})))
        return made

    def _rows(self, codes: Sequence[str]) -> list[tuple[Cell, ...]]:
        """A row of the form; long values do not stand side by side but one under the other."""
        cells = tuple(self._cell(code) for code in codes)
        if any(len("".join(cell.paragraphs)) > SIDE_BY_SIDE for cell in cells):
            return [(cell,) for cell in cells]
        return [cells]

    def _form_row(self, row: Sequence[str] | Mapping[str, Any]) -> FormLine | None:
        """A row of an approval form: cells, or an opinion with who signs it and when."""
        if not isinstance(row, Mapping):
            return FormLine(tuple(FormCell(self._cell(code)) for code in row))
        if "when" in row and self._absent(row["when"]):
            return None
        if "cells" in row:
            chosen = bool(row.get("chosen", False))
            cells = tuple(FormCell(self._cell(code, chosen)) for code in row["cells"])
            return FormLine(cells, float(row.get("height", 0)))
        cell = self._cell(row["opinion"])
        return FormLine(
            (FormCell(cell, self._signed(row)),), float(row.get("height", OPINION_HEIGHT))
        )

    def _signed(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Who signs an opinion and when: on one line, or one a line; blanks where nobody has yet."""
        by, on, said = row.get("by"), row.get("on"), row.get("sign", "签名")
        names = (self._each(by) or [self._printed(by)]) if by else []
        day = (self._printed(on) if on else "") or DATE_TO_FILL
        signed = [f"{said}：{one or TO_SIGN}" for one in names or [""]]
        return (*signed, day) if len(signed) > 1 else (f"{signed[0]}　　{day}",)

    def _cell(self, code: str, chosen: bool = False) -> Cell:
        """A cell of a table. `chosen`: what is not chosen is left out, instead of boxes for all."""
        field, value = self.template.field(code), self.values[code]
        if field.kind in {"choice", "choices"} and not chosen:
            return Cell(field.label, (), self._choices(code))
        if field.kind == "items":
            return Cell(field.label, tuple(self._each(code)))
        if field.kind == "list":
            numbered = (f"{index}.{part}" for index, part in enumerate(value.parts, start=1))
            return Cell(field.label, tuple(numbered))
        return Cell(field.label, value.parts or ((value.text,) if value.text else ()))

    def _choices(self, code: str) -> tuple[Choice, ...]:
        field, raw = self.template.field(code), self.values[code].raw
        chosen = {raw} if isinstance(raw, str) else set(raw) if isinstance(raw, list) else set()
        return tuple(Choice(text, option in chosen) for option, text in field.options.items())

    def foot(self, page: int, given: Sequence[Signature]) -> tuple[SignatureSlot, ...]:
        """Where the party signs this page; a refusal is told on the last one."""
        signatory = next(one for one in self.template.signatories if one.role == PARTY)
        own = [one for one in given if one.role == PARTY]
        label = f"第{page}页　{signatory.label}"
        slots = [
            SignatureSlot(label, clean(one.name), _day(one.signed_at), fit(one))
            for one in own
            if one.page == page
        ]
        if not slots and any(one.refused for one in own):
            return (SignatureSlot(label, "拒绝签字，情况记于末页", "", ()),)
        if not slots and any(one.signed_paper for one in own):
            return (SignatureSlot(label, "已在纸质件签名，照片记于末页", "", ()),)
        return tuple(slots) or (SignatureSlot(label, "", DATE_TO_FILL, ()),)

    def _slots(self, role: str) -> list[SignatureSlot]:
        signatory = next(one for one in self.template.signatories if one.role == role)
        given = [signature for signature in self.signatures if signature.role == role]
        slots = [
            SignatureSlot(
                signatory.label,
                f"证号：{clean(one.officer_number)}" if one.officer_number else clean(one.name),
                _day(one.signed_at),
                fit(one),
                _refusal(one) or _on_paper(one),
                _mark(one),
            )
            for one in given
        ]
        for _ in range(signatory.count - len(given)):
            remark = "证号：" if role == "officer" else ""
            slots.append(SignatureSlot(signatory.label, remark, DATE_TO_FILL, ()))
        return slots
