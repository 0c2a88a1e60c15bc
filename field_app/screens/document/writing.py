"""What an officer writes in a form: each field as text or choices on the glass, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from field_app.actions.compose_document import Matter, matter_of
from field_app.covering import offered
from field_app.forms import AS_RECORDED, filled
from field_app.moments import now
from field_app.shelves.documents import Kept
from field_app.store import Store
from lawbook.money import in_figures
from paper.refusals import FieldUnreadable
from paper.template import DocumentTemplate, Field
from paper.values import BEIJING, empty

YES = "yes"
BETWEEN = "；"
"""Between the columns of an item, on its line."""
HINTS = {
    "date": "年-月-日，例如 2026-03-05",
    "instant": "年-月-日 时:分，例如 2026-03-05 09:30",
    "integer": "整数",
    "money": "以元计，例如 2000",
    "list": "每行一项",
}
LONG_KINDS = frozenset(("long_text", "list", "items"))


@dataclass(frozen=True, slots=True)
class Written:
    """A field that the officer writes. `several`: more than one option may be chosen."""

    code: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]
    phrases: tuple[str, ...]
    hint: str = ""
    chosen: tuple[str, ...] = ()
    several: bool = False
    long: bool = False
    adds: bool = False
    """Whether a phrase is added to what stands there, rather than put in its place."""
    reasons: tuple[str, ...] = ()
    """Of what the document is to cover: what the law suggests of each option, and why."""


def of_draft(store: Store, kept: Kept) -> list[Written]:
    """What can be written in a draft, with what stands there now."""
    template = store.packs.template(kept.template)
    # By what is known now: a draft's data no longer tell what was found and what was written.
    found = matter_of(store, template, kept.about, now(), kept.chosen).found
    return _offered(template, found, kept.data)


def of_kind(
    store: Store, about: str, kind: str, said: Mapping[str, Any] | None = None
) -> list[Written]:
    """What can be written in a document that has not been begun, with what is proposed.

    `said`: what of it is chosen already.
    """
    template = store.packs.template(kind)
    matter = matter_of(store, template, about, now(), said)
    return _offered(template, matter.found, filled(template, matter.found, said or {}))


def proposed(
    store: Store, about: str, kind: str, covers: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """What stands in each field to be written, by code, when the document is to cover these findings."""
    return {one.code: one.value for one in of_kind(store, about, kind, covers) if not one.options}


def must_be_written(store: Store, about: str, kind: str) -> bool:
    """Whether a document cannot be made before somebody has written in it."""
    template = store.packs.template(kind)
    matter: Matter = matter_of(store, template, about, now())
    data = filled(template, matter.found, {})
    return template.repeated or any(
        field.required and field.code not in data and _may_be_written(field, matter.found)
        for field in template.fields
    )


def _may_be_written(field: Field, found: Mapping[str, object]) -> bool:
    return (
        field.written
        or field.select
        or (field.required and field.source not in AS_RECORDED and empty(found.get(field.source)))
    )


def _offered(
    template: DocumentTemplate, found: Mapping[str, object], data: Mapping[str, Any]
) -> list[Written]:
    return [
        _to_cover(field, data.get(field.code), found)
        if field.select
        else _written(field, data.get(field.code))
        for field in template.fields
        if _may_be_written(field, found)
    ]


def _to_cover(field: Field, value: Any, found: Mapping[str, object]) -> Written:  # noqa: ANN401
    """Which of the findings the document covers, each with what the law suggests of it."""
    every = offered(found)
    options = tuple((one.finding, str(each["description"])) for each, one in every)
    chosen = tuple(one["finding"] for one in value or () if one.get("finding"))
    reasons = tuple(f"{'建议列入' if one.covers else '可不列入'}：{one.told}" for _, one in every)
    return Written(
        field.code, field.label, "", options, (), chosen=chosen, several=True, reasons=reasons
    )


def _written(field: Field, value: Any) -> Written:  # noqa: ANN401 - values of every kind
    label = field.label if field.required else f"{field.label}（可不填）"
    if field.kind in ("choice", "choices", "boolean"):
        options = tuple(field.options.items()) or ((YES, "是"),)
        chosen = (
            tuple(value or ())
            if field.kind == "choices"
            else ((YES,) if value else ())
            if field.kind == "boolean"
            else (value,)
            if value
            else ()
        )
        several = field.kind == "choices"
        first = chosen[0] if chosen and not several else ""
        return Written(field.code, label, first, options, (), chosen=chosen, several=several)
    hint = HINTS.get(field.kind, "")
    if field.kind == "items":
        columns = BETWEEN.join(
            column.label + ("" if column.required else "（可空）") for column in field.columns
        )
        hint = f"每行一项：{columns}"
    return Written(
        field.code,
        label,
        shown(field, value),
        (),
        field.phrases,
        hint,
        long=field.kind in LONG_KINDS,
        adds=field.kind in LONG_KINDS and len(field.phrases) > 1,
    )


def shown(field: Field, value: Any) -> str:  # noqa: ANN401 - values of every kind
    """A value as a person writes it."""
    if empty(value):
        return ""
    match field.kind:
        case "money":
            return in_figures(value).replace(",", "").removesuffix(".00")
        case "instant":
            at = datetime.fromisoformat(value).astimezone(BEIJING)
            return f"{at:%Y-%m-%d %H:%M}"
        case "list":
            return "\n".join(value)
        case "items":
            codes = [column.code for column in field.columns]
            lines = (BETWEEN.join(str(one.get(code) or "") for code in codes) for one in value)
            return "\n".join(line.rstrip(BETWEEN) for line in lines)
        case _:
            return str(value)


def read(
    template: DocumentTemplate, texts: Mapping[str, str], chosen: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """What was written and chosen as the form's values; what is empty is left out.

    Refuses FieldUnreadable, naming the field and how it is written.
    """
    said: dict[str, Any] = {}
    for field in template.fields:
        if field.code in chosen:
            options = list(chosen[field.code])
            several = field.kind == "choices" or field.select
            value: object = options if several else next(iter(options), "")
            if field.kind == "boolean":
                value = bool(options) or None
        elif field.code in texts:
            value = _read(field, texts[field.code].strip())
        else:
            continue
        if not empty(value) or field.select:
            # Nothing chosen is a choice: what the law suggests does not come back by itself.
            said[field.code] = value
    return said


def _read(field: Field, text: str) -> object:
    if not text:
        return None
    try:
        match field.kind:
            case "integer":
                return int(text)
            case "money":
                return _fen(text)
            case "date":
                return date.fromisoformat(text).isoformat()
            case "instant":
                at = datetime.fromisoformat(text.replace("：", ":"))
                return (at if at.tzinfo else at.replace(tzinfo=BEIJING)).isoformat()
            case "list":
                return _lines(text)
            case "items":
                return [_item(field, line) for line in _lines(text)]
            case _:
                return text
    except (ValueError, InvalidOperation):
        hint = HINTS.get(field.kind, "")
        raise FieldUnreadable(f"“{field.label}”无法识别：{hint}", at=field.code) from None


def _fen(text: str) -> int:
    fen = Decimal(text.replace(",", "").removesuffix("元")) * 100
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError(text)
    return int(fen)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _item(field: Field, line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.replace(";", BETWEEN).split(BETWEEN)]
    codes = [column.code for column in field.columns]
    if len(parts) > len(codes):
        parts = [*parts[: len(codes) - 1], BETWEEN.join(parts[len(codes) - 1 :])]
    return {code: part for code, part in zip(codes, parts, strict=False) if part}
