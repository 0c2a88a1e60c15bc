"""The form of a draft (草稿填写): each field as an input, and what was typed as the draft keeps it.

What cannot be read stays as typed: the draft is kept, and the service tells what is wrong with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.console import shapes
from gateway.console.case_papers import amendable, place
from gateway.console.client import Json
from gateway.console.guard import Fields
from gateway.console.showing import HERE, moment
from lawbook.money import in_figures

WHERE = "said"
PEOPLE = ("_by", "chair", "clerk", "recorder", "reporter", "handler", "presenter")
"""Fields that hold somebody's name: those of the bureau are proposed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The fields of a draft, as the page shows them."""

    asked: list[Json]
    """What must be written, what was, and what is wrong."""
    ready: list[Json]
    """What the case fills in and the handler may write otherwise."""
    optional: list[Json]
    told: list[Json]
    """What the case tells, and from where."""


def shown(draft: Json, typed: Mapping[str, Any], names: Mapping[str, str]) -> Shown:
    """The draft's fields in three groups; `typed` goes before what is kept."""
    asked, ready, optional, told = [], [], [], []
    for field in draft["fields"]:
        value = typed.get(field["code"], draft["data"].get(field["code"]))
        one = field | {
            "value": value, "fault": draft["faults"].get(field["code"]),
            "place": place(field["source"], names), "amend": amendable(field["source"]),
            "people": field["kind"] == "text" and field["code"].endswith(PEOPLE),
        }  # fmt: skip
        if not field["written"]:
            told.append(one)
        elif not one["fault"] and not field["required"] and _recorded(field, value):
            ready.append(one)
        elif field["required"] or value not in (None, "", [], {}) or one["fault"]:
            asked.append(one)
        else:
            optional.append(one)
    return Shown(asked, ready, optional, told)


def complete(draft: Json) -> bool:
    """Whether nothing is left to write or to mend: the case tells all that is asked."""
    if draft["faults"] or draft["missing"] or draft["wanting"]:
        return False
    return not shown(draft, {}, {}).asked


def _recorded(field: Json, value: Any) -> bool:  # noqa: ANN401
    """Whether the value is what the case tells, untouched."""
    return field["recorded"] not in (None, "", []) and value == field["recorded"]


def read(draft: Json, form: Fields) -> Json:
    """What the handler says: only what differs from what the case tells."""
    given = form.below("")
    said: Json = {}
    for field in draft["fields"]:
        if not field["written"]:
            continue
        path = f"{WHERE}.{field['code']}"
        value = (
            _items(field, given, path) if field["kind"] == "items" else _value(field, given, path)
        )
        recorded = field["recorded"]
        if value == (recorded if recorded is not None else _nothing(value)):
            continue
        said[field["code"]] = value
    return said


def _nothing(value: Any) -> Any:  # noqa: ANN401
    """What an empty field of this kind reads as."""
    return [] if isinstance(value, list) else False if isinstance(value, bool) else ""


def _value(field: Json, given: Mapping[str, list[str]], path: str) -> Any:  # noqa: ANN401
    values = [one for one in given.get(path, ()) if one]
    if field["kind"] == "choices":
        return values
    if field["kind"] == "list":
        return [line.strip() for one in values for line in one.splitlines() if line.strip()]
    if field["kind"] == "boolean":
        return shapes.YES in values
    return _plain(field["kind"], values[-1] if values else "")


def _plain(kind: str, text: str) -> Any:  # noqa: ANN401
    """One value as it is typed: a sum in yuan, a moment in the office's time, a number as a number."""
    if kind == "integer" and shapes.COUNT.fullmatch(text):
        return int(text)
    if kind == "money" and text:
        return shapes.fen(text)[0]
    if kind == "instant" and text:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return text
        return (at if at.tzinfo else at.replace(tzinfo=HERE)).isoformat()
    return text.replace("\r\n", "\n")


def _items(field: Json, given: Mapping[str, list[str]], path: str) -> list[Json]:
    rows = []
    for row in shapes.rows_given(given, path):
        item = {
            column["code"]: value
            for column in field["columns"]
            if (value := _value(column, given, f"{path}.{row}.{column['code']}"))
            not in ("", [], False)
        }
        if item:
            rows.append(item)
    return rows


def text(field: Mapping[str, Any], value: Any) -> str:  # noqa: ANN401
    """A value as its input holds it."""
    if value in (None, "", []):
        return ""
    match field["kind"]:
        case "money":
            return in_figures(value).replace(",", "") if isinstance(value, int) else str(value)
        case "instant":
            return moment(value).replace(" ", "T") if moment(value) != "—" else str(value)
        case "list":
            return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
        case _:
            return str(value)


def changed(mine: Mapping[str, Any], draft: Json) -> list[tuple[str, str]]:
    """What somebody else has written otherwise: (label, their words)."""
    found = []
    for field in draft["fields"]:
        theirs = draft["data"].get(field["code"])
        if field["written"] and field["code"] in mine and mine[field["code"]] != theirs:
            found.append((field["label"], "；".join(field["shown"]) or "（空）"))
    return found
