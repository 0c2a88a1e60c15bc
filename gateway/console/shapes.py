"""Forms of what an act says (办案行为的内容): drawn, read and told from the lawbook's shapes.

A field's name on the form is its path: `said.violations.0.fine`. Money is typed in yuan and sent in
whole fen; a moment is typed in the office's time. Rows of which nothing is filled in are left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from gateway.console.guard import Fields
from gateway.console.showing import HERE, moment
from lawbook.money import in_figures
from lawbook.penalty.shape import Field, Kind
from lawbook.penalty.shapes import PENALTIES

Said = dict[str, Any]
HIDDEN = frozenset(("id", "sha256"))
"""What belongs to a piece of evidence and nobody types; it goes along unseen."""
YES, NO = "yes", "no"
MONEY = re.compile(r"\d{1,13}(\.\d{1,2})?")
COUNT = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Read:
    """A form as it was filled in: what it says, and what is wrong with it by path."""

    said: Said
    faults: dict[str, str]


def fitted(shape: tuple[Field, ...]) -> tuple[Field, ...]:
    """A shape as the page shows it: money labelled in yuan, penalties to be chosen from their names."""
    return tuple(_fitted(field) for field in shape)


def _fitted(field: Field) -> Field:
    if field.kind is Kind.FEN:
        return replace(field, label=field.label.replace("（分）", "（元）"))
    if field.name == "penalties" and not field.choices:
        return replace(field, choices=PENALTIES)
    return replace(field, of=fitted(field.of)) if field.of else field


def read(shape: tuple[Field, ...], form: Fields, where: str = "said") -> Read:
    """What a form says by a shape. Text that cannot be read stays as typed, beside its fault."""
    given = form.below("")
    return Read(*_record(fitted(shape), given, where, wanted=True))


def _record(
    shape: tuple[Field, ...], given: Mapping[str, list[str]], where: str, *, wanted: bool
) -> tuple[Said, dict[str, str]]:
    said: Said = {}
    faults: dict[str, str] = {}
    for field in shape:
        path = f"{where}.{field.name}"
        value: Any
        if field.kind is Kind.RECORD:
            value, wrong = _record(field.of, given, path, wanted=field.required)
            faults |= wrong
        elif field.kind is Kind.RECORDS:
            value, wrong = _records(field, given, path)
            faults |= wrong
        else:
            value, fault = _plain(field, [one for one in given.get(path, ()) if one])
            if fault:
                faults[path] = fault
        if value not in (None, "", {}):
            said[field.name] = value
    for field in shape if said or wanted else ():
        path = f"{where}.{field.name}"
        if _missing(field, said) and not any(f"{one}.".startswith(f"{path}.") for one in faults):
            faults[path] = f"请填写{field.label}"
    return said, faults


def _missing(field: Field, said: Said) -> bool:
    if field.kind in (Kind.LINES, Kind.RECORDS):
        return field.least > len(said.get(field.name) or ())
    return field.required and said.get(field.name) in (None, "")


def _records(
    field: Field, given: Mapping[str, list[str]], path: str
) -> tuple[list[Said], dict[str, str]]:
    found: list[Said] = []
    faults: dict[str, str] = {}
    for row in rows_given(given, path):
        said, wrong = _record(field.of, given, f"{path}.{row}", wanted=True)
        if any(value != [] for value in said.values()):
            # Rows that are left out move the later ones up; the page shows them by their new place.
            here = f"{path}.{len(found)}"
            faults |= {here + one.removeprefix(f"{path}.{row}"): why for one, why in wrong.items()}
            found.append(said)
    return found, faults


def rows_given(given: Mapping[str, list[str]], path: str) -> list[int]:
    """Which rows of a list the form holds."""
    numbers = {
        name.removeprefix(f"{path}.").partition(".")[0]
        for name in given
        if name.startswith(f"{path}.")
    }
    return sorted(int(one) for one in numbers if COUNT.fullmatch(one))


def _plain(field: Field, values: list[str]) -> tuple[Any, str]:
    if field.kind is Kind.LINES:
        if field.choices:
            return values, ""
        return [line.strip() for one in values for line in one.splitlines() if line.strip()], ""
    value = values[-1] if values else ""
    if not value:
        return None, ""
    match field.kind:
        case Kind.FLAG:
            return value == YES, ""
        case Kind.FEN:
            return fen(value)
        case Kind.COUNT:
            return (int(value), "") if COUNT.fullmatch(value) else (value, f"{field.label}应为整数")
        case Kind.MOMENT:
            return _moment(field, value)
        case _:
            return value.replace("\r\n", "\n"), ""


def fen(value: str) -> tuple[Any, str]:
    """Yuan as they are typed, perhaps with commas, in whole fen."""
    plain = value.replace(",", "").replace("，", "").removesuffix("元")
    if not MONEY.fullmatch(plain):
        return value, "金额应为数字，最多两位小数，单位为元"
    return int(Decimal(plain) * 100), ""


def _moment(field: Field, value: str) -> tuple[str, str]:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return value, f"{field.label}应为日期和时间"
    return (found if found.tzinfo else found.replace(tzinfo=HERE)).isoformat(), ""


def shown(field: Field, value: Any) -> str:  # noqa: ANN401
    """A value as its input holds it: money in yuan, a moment in the office's time, lines as lines."""
    if value in (None, ""):
        return ""
    if field.kind is Kind.FEN:
        return in_figures(value).replace(",", "") if isinstance(value, int) else str(value)
    if field.kind is Kind.MOMENT:
        return moment(value).replace(" ", "T") if moment(value) != "—" else str(value)
    if field.kind is Kind.LINES:
        return "\n".join(str(one) for one in value)
    if field.kind is Kind.FLAG:
        return YES if value is True else NO
    return str(value)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that an act says, as a person reads it; `rows` where it is a list of records."""

    label: str
    text: str = ""
    rows: tuple[tuple["Line", ...], ...] = ()


def told(shape: tuple[Field, ...], said: Mapping[str, Any]) -> tuple[Line, ...]:
    """All that an act says, in the order of its shape, in words."""
    return tuple(_told(fitted(shape), said))


def _told(shape: tuple[Field, ...], said: Mapping[str, Any]) -> Iterator[Line]:
    for field in shape:
        value = said.get(field.name)
        if value in (None, "", [], {}) or field.name in HIDDEN:
            continue
        if field.kind is Kind.RECORD:
            yield Line(field.label, rows=(tuple(_told(field.of, value)),))
        elif field.kind is Kind.RECORDS:
            yield Line(field.label, rows=tuple(tuple(_told(field.of, one)) for one in value))
        elif field.kind is Kind.LINES:
            yield Line(field.label, "、".join(field.said(one) for one in value))
        else:
            yield Line(field.label.replace("（元）", ""), _word(field, value))


def _word(field: Field, value: Any) -> str:  # noqa: ANN401
    match field.kind:
        case Kind.FLAG:
            return "是" if value else "否"
        case Kind.FEN:
            return f"¥{in_figures(value)}"
        case Kind.MOMENT:
            return moment(value)
        case _:
            return field.said(value)
