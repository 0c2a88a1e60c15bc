"""A form filled from what is known (从案件要素填写文书): each field from its source, nothing typed twice.

Pure. A source is a path into plain data, such as `party.name`; several joined by `|` are asked one
after the other. What the form cannot hold, or what nobody knows yet, is left for the handler.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lawbook.citation import written_out
from paper.template import SUCCESSION, DocumentTemplate, Field
from paper.values import asked, empty

IN_A_CASE: Mapping[str, str] = {
    "entity.name": "party.name", "entity.address": "party.address",
    "entity.legal_rep": "party.legal_rep", "entity.phone": "party.phone",
    "entity.credit_code": "party.code|party.id_number", "inspection.officers": "case.officers",
    "inspection.officers.first": "case.officers.0.name", "inspection.facts": "case.summary",
    "written.party_kind": "party.kind", "inspection.issued": "issued_documents",
}  # fmt: skip
"""What the sources of the inspection's forms are called in a case."""
ALIASES: Mapping[str, Sequence[str]] = {
    "specification": ("spec",), "quantity": ("amount",), "remark": ("note",), "duty": ("role",),
    "pay_by": ("due_on",),
}  # fmt: skip
"""What a column is called where it comes from, when it is not called the same."""
CITATIONS = frozenset({"broke", "basis", "violated", "penalty_basis"})
"""Where articles stand in the short form that records keep."""


def filled(template: DocumentTemplate, known: Mapping[str, Any]) -> dict[str, Any]:
    """Code → value for every field that is known, in the form that the template wants."""
    found: dict[str, Any] = {}
    for field in template.fields:
        value = _value(field, _found(field.source, known))
        if not empty(value):
            found[field.code] = value
    return found


def confirmed(
    template: DocumentTemplate, known: Mapping[str, Any], said: Mapping[str, Any]
) -> dict[str, Any]:
    """What is known, and over it what the handler wrote; what is recorded is never overwritten.

    A field that is not `written` may still be said as long as nothing is known of it. Where a unit
    carries on for another, its note (承接说明) stands in every form, which need not know of it.
    """
    data = filled(template, known)
    own = {field.code for field in template.fields if field.written or field.code not in data}
    listed = {field.code for field in template.fields}
    for code, value in said.items():
        if code in own or code not in listed:
            data[code] = value
    if note := (known.get("unit") or {}).get("succession"):
        data[SUCCESSION] = note
    return {code: value for code, value in data.items() if not empty(value)}


def told_by(field: Field, known: Mapping[str, Any]) -> str:
    """The path from which a field is filled, such as `acts.serve.served_on`; "" when nobody knows."""
    for way in _ways(field.source):
        value = _look(way, known)
        if not (empty(value) or (type(value) is int and value == 0)):
            return way if not empty(_value(field, value)) else ""
    return ""


def wanting(template: DocumentTemplate, data: Mapping[str, Any]) -> list[str]:
    """Labels of the required fields that nobody has filled in."""
    return [one.label for one in template.fields if asked(one, data) and empty(data.get(one.code))]


def _found(source: str, known: Mapping[str, Any]) -> object:
    for way in _ways(source):
        value = _look(way, known)
        # No sum is said as nought.
        if not empty(value) and not (type(value) is int and value == 0):
            return value
    return None


def _ways(source: str) -> Iterator[str]:
    for one in source.split("|"):
        yield one
        if one in IN_A_CASE:
            yield from IN_A_CASE[one].split("|")


def _look(path: str, known: Mapping[str, Any]) -> object:
    value: object = known
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, Sequence) and not isinstance(value, str) and part.isdigit():
            value = value[int(part)] if int(part) < len(value) else None
        else:
            return None
    return value


def _value(field: Field, value: object) -> object:
    """The value as the field's kind wants it; None when it cannot hold it."""
    match field.kind:
        case "items":
            return _items(field, value)
        case "list":
            return value if isinstance(value, list) else [value] if _text(value) else None
        case "choice":
            return _option(field, value)
        case "choices":
            many = value if isinstance(value, list) else [value]
            return [one for each in many if (one := _option(field, each))]
        case "money" | "integer":
            whole = isinstance(value, int) and not isinstance(value, bool)
            return value if whole and (value or field.kind == "integer") else None
        case "boolean":
            return value if isinstance(value, bool) else None
        case "date":
            return _day(value)
        case "instant":
            return _moment(value)
        case _:
            text = "、".join(map(str, value)) if isinstance(value, list) else _text(value)
            return written_out(text) if text and field.code in CITATIONS else text


def _items(field: Field, value: object) -> list[dict[str, Any]] | None:
    if not isinstance(value, list):
        return None
    made = []
    for at, one in enumerate(value, start=1):
        row = one if isinstance(one, Mapping) else {field.columns[0].code: one}
        item: dict[str, Any] = {}
        for column in field.columns:
            names = (column.code, *ALIASES.get(column.code, ()))
            told = next((row[name] for name in names if not empty(row.get(name))), None)
            told = at if told is None and column.code == "nth" else told
            if not empty(kept := _value(column, told)):
                item[column.code] = kept
        made.append(item)
    return made


def _option(field: Field, value: object) -> str | None:
    """The option of this value, or the one that is printed so."""
    if isinstance(value, str):
        for option, printed in field.options.items():
            if value in (option, printed):
                return option
    return None


def _text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value)


def _day(value: object) -> str | None:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat() if value else None
    except ValueError:
        return None


def _moment(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        return value if datetime.fromisoformat(value).tzinfo else None
    except ValueError:
        return None
