"""A document template (文书样式): fields, numbering, signatories and layout, read from content.

Layout texts take `{field}`, `{items.column}` (that column of every item, joined by 、) and
`[…]`: a stretch left out when any field named in it is empty.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawbook.content import UNCONFIRMED, ContentError, load, need
from lawbook.signatures import PARTY

KINDS = frozenset(
    {
        "text",
        "long_text",
        "integer",
        "money",
        "date",
        "instant",
        "boolean",
        "choice",
        "choices",
        "list",
        "items",
    }
)
BLOCKS = frozenset(
    {
        "heading",
        "title",
        "number",
        "paragraph",
        "table",
        "form",
        "list",
        "grouped",
        "rows",
        "check_boxes",
        "signatures",
        "seal",
        "copies",
    }
)
CASE = "case"
"""What the forms of a penalty case are about (案件文书)."""
ARCHIVE = "archive"
"""What cover and catalogue of an archived case are about (案卷): drawn when it is sealed, never drafted."""
OFFICE = frozenset({CASE, ARCHIVE})
"""What the office alone makes: no tablet pulls these forms or leases their numbers."""
SUCCESSION = "succession_note"
"""In the data of any form: for whom its unit carries on (承接说明); printed, whatever the form has."""
PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
OWN = frozenset({"number", "numbers", "by"})
"""Places that no field fills: the document's number and, in grouped blocks, the items meant."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form (文书要素).

    kind: text; long_text (line breaks make paragraphs); integer; money (whole fen, printed in
    capitals and figures); date; instant (with UTC offset); boolean; choice and choices (of
    `options`: value → printed text); list of texts; items (each with `columns`, printed by the
    text `each`). source: where the caller finds it. basis: why the form asks for it. written:
    whether an officer writes it, with `phrases` proposed; else it is as recorded. width: a
    column's share of a ruled list. select: whether the officer chooses which of the recorded
    items the document covers.
    """

    code: str
    label: str
    kind: str
    required: bool
    source: str
    basis: str
    options: Mapping[str, str]
    columns: tuple["Field", ...]
    each: str
    written: bool = False
    phrases: tuple[str, ...] = ()
    width: int = 1
    select: bool = False
    beside: str = ""
    """Required only where that other field says something; with a `!` before it, where it says nothing."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs (签名人): how many places stand even when nobody has signed yet."""

    role: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """How numbers are made (文号): the document's abbreviation and the default pattern.

    inherits: "case" where the document bears its case's sequence (沿用案件编号), "" where it has a
    series of its own.
    """

    abbreviation: str
    pattern: str
    status: str
    inherits: str = ""


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """One kind of legal document (执法文书样式), by version.

    numbering: None for what bears no number (笔录). about: what a tablet makes it about
    (inspection, reinspection, document), "case" for the forms of a penalty case (案件文书), "archive"
    for the sheets of an archived one (案卷), "" when the office makes it. open: whether it may be made
    while the visit goes on. repeated: whether there may be several about one thing. each_page:
    whether the party signs every page (逐页签名).
    """

    code: str
    name: str
    version: str
    status: str
    basis: tuple[str, ...]
    numbering: Numbering | None
    fields: tuple[Field, ...]
    signatories: tuple[Signatory, ...]
    copies: int
    copies_line: str
    layout: tuple[Mapping[str, Any], ...]
    about: str = ""
    open: bool = False
    repeated: bool = False
    each_page: bool = False

    @property
    def selects(self) -> Field | None:
        """The field whose recorded items the officer chooses among; None where all are covered."""
        return next((field for field in self.fields if field.select), None)

    @property
    def ref(self) -> str:
        """code@version, as a record quotes it."""
        return f"{self.code}@{self.version}"

    def field(self, code: str) -> Field:
        """The field of this code; ContentError when the form has none."""
        for field in self.fields:
            if field.code == code:
                return field
        raise ContentError(f"{self.code} 没有 {code} 这一项")

    @classmethod
    def from_content(cls, body: Mapping[str, Any]) -> "DocumentTemplate":
        """Read a template. ContentError says what it lacks or which layout names no field."""
        table = dict(body)
        where = f"documents/{table.get('code', '?')}"
        copies = need(table, "copies", where)
        template = cls(
            code=str(need(table, "code", where)),
            name=str(need(table, "name", where)),
            version=str(need(table, "version", where)),
            status=str(table.get("status", UNCONFIRMED)),
            basis=tuple(need(table, "basis", where)),
            numbering=_numbering(table.get("numbering"), where),
            fields=tuple(_field(one, where) for one in need(table, "fields", where)),
            signatories=tuple(
                Signatory(
                    str(need(one, "role", where)),
                    str(need(one, "label", where)),
                    int(need(one, "count", where)),
                )
                for one in table.get("signatories", [])
            ),
            copies=int(need(copies, "count", where)),
            copies_line=str(need(copies, "text", where)),
            layout=tuple(need(table, "layout", where)),
            about=str(table.get("about", "")),
            open=bool(table.get("open", False)),
            repeated=bool(table.get("repeated", False)),
            each_page=bool(table.get("each_page", False)),
        )
        _check_layout(template)
        return template


def load_template(folder: Path, version: str | None = None) -> DocumentTemplate:
    """The template of content/documents/<code>/: the newest, or an earlier one that is kept."""
    name = f"{version}.toml" if version else "document.toml"
    return DocumentTemplate.from_content(load(folder / name))


def _numbering(table: dict[str, Any] | None, where: str) -> Numbering | None:
    if table is None:
        return None
    inherits = str(table.get("inherits", ""))
    if inherits not in {"", "case"}:
        raise ContentError(f"{where} 的文号不能沿用 {inherits}")
    return Numbering(
        str(need(table, "abbreviation", where)),
        str(need(table, "pattern", where)),
        str(table.get("status", UNCONFIRMED)),
        inherits,
    )


def _field(table: Mapping[str, Any], where: str) -> Field:
    own = dict(table)
    code = str(need(own, "code", where))
    here = f"{where}/{code}"
    kind = str(need(own, "kind", here))
    if kind not in KINDS:
        raise ContentError(f"{here} 的类型 {kind} 未知")
    options = {str(one["value"]): str(one["text"]) for one in own.get("options", [])}
    columns = tuple(_field(one, here) for one in own.get("columns", []))
    strangers = set(PLACE.findall(own.get("each", ""))) - {column.code for column in columns}
    if strangers:
        raise ContentError(f"{here} 没有 {'、'.join(sorted(strangers))} 这一列")
    if (kind in {"choice", "choices"}) != bool(options) or (kind == "items") != bool(columns):
        raise ContentError(f"{here}：选项或者列与类型 {kind} 不符")
    return Field(
        code=code,
        label=str(need(own, "label", here)),
        kind=kind,
        required=bool(need(own, "required", here)),
        source=str(own.get("source", "")),
        basis=str(own.get("basis", "")),
        options=options,
        columns=columns,
        each=str(own.get("each", "")),
        written=bool(own.get("written", False)),
        phrases=tuple(map(str, own.get("phrases", ()))),
        width=int(own.get("width", 1)),
        select=bool(own.get("select", False)),
        beside=str(own.get("beside", "")),
    )


def _check_layout(template: DocumentTemplate) -> None:
    for field in template.fields:
        if field.beside:
            template.field(field.beside.lstrip("!"))
    roles = {signatory.role for signatory in template.signatories}
    if template.each_page and not (PARTY in roles and any(b.get("last") for b in template.layout)):
        raise ContentError(
            f"{template.code} 逐页签名，应当有当事人签名处，并注明末页的内容（last）"
        )
    for block in template.layout:
        if block.get("kind") not in BLOCKS:
            raise ContentError(f"{template.code} 的版式含有未知内容 {block.get('kind')}")
        if block["kind"] == "number" and template.numbering is None:
            raise ContentError(f"{template.code} 不编文号，版式中不应有文号")
        if block["kind"] == "rows" and template.field(block["field"]).kind != "items":
            raise ContentError(f"{template.code} 的清单 {block['field']} 没有列")
        if not set(block.get("roles", ())) <= roles:
            raise ContentError(f"{template.code} 的签名处含有未列明的签名人")
        columns: tuple[Field, ...] = ()
        if block["kind"] in {"list", "grouped"}:
            columns = template.field(block["field"]).columns
        inner = {column.code for column in columns}
        for name in _named(block):
            own, _, column = name.partition(".")
            if own in OWN or own in inner:
                continue
            if column and column not in {one.code for one in template.field(own).columns}:
                raise ContentError(f"{template.code} 没有 {name} 这一项")
            field = template.field(own)
            if not column and field.kind == "items" and not field.each and name in _printed(block):
                raise ContentError(f"{template.code} 的 {name} 没有说明每一项如何印出")


def _printed(block: Mapping[str, Any]) -> Iterator[str]:
    """The fields that a layout block prints as one text."""
    for row in block.get("rows", ()):
        yield from row if isinstance(row, list) else row.get("cells", (row.get("opinion", ""),))
    for key in ("text", "item", "whole"):
        yield from PLACE.findall(block.get(key, ""))


def _named(block: Mapping[str, Any]) -> Iterator[str]:
    """Every field that a layout block names."""
    for key in ("field", "date", "when", "unless", "where"):
        if key in block:
            yield block[key]
    if block["kind"] == "grouped":
        yield block.get("by", "")
    for row in block.get("rows", ()):
        if isinstance(row, dict):
            yield from (row[key] for key in ("by", "on", "when") if key in row)
    yield from _printed(block)
