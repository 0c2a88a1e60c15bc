"""What an act must say (办案行为的内容): fields, told once for the tablet, the wire and the pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
"""No act tells of a day outside these: what lies beyond is a slip of the keys."""
MOST = 10_000
"""No count is larger."""


class Kind(StrEnum):
    """What a field holds, as JSON spells it."""

    LINE = "line"
    """Words on one line, at most two hundred."""
    TEXT = "text"
    """Words, at most twenty thousand."""
    DAY = "day"
    """ISO date."""
    MOMENT = "moment"
    """ISO moment with its offset."""
    FEN = "fen"
    """Money in whole fen."""
    COUNT = "count"
    """A whole number from nought."""
    FLAG = "flag"
    CHOICE = "choice"
    ID = "id"
    """Of an act or a thing: a UUID."""
    LINES = "lines"
    RECORD = "record"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name on the wire, its label on the page, and whether it may be left out."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    """Of a choice, and of lines that can only be some of these: code and word."""
    of: tuple["Field", ...] = ()
    least: int = 0
    """How many lines or records there must be."""
    former: tuple[tuple[str, str], ...] = ()
    """Of a choice: what acts written before may say, and none may say now."""

    @property
    def optional(self) -> "Field":
        """The same field, which may be left out."""
        return replace(self, required=False)

    def said(self, value: object) -> str:
        """The word for a choice; other values as they are."""
        return dict((*self.former, *self.choices)).get(str(value), str(value))


def line(name: str, label: str) -> Field:
    """Words on one line."""
    return Field(name, label)


def text(name: str, label: str) -> Field:
    """Words."""
    return Field(name, label, Kind.TEXT)


def day(name: str, label: str) -> Field:
    """A day."""
    return Field(name, label, Kind.DAY)


def moment(name: str, label: str) -> Field:
    """A moment."""
    return Field(name, label, Kind.MOMENT)


def fen(name: str, label: str) -> Field:
    """Money."""
    return Field(name, label, Kind.FEN)


def count(name: str, label: str) -> Field:
    """A whole number."""
    return Field(name, label, Kind.COUNT)


def flag(name: str, label: str) -> Field:
    """Yes or no."""
    return Field(name, label, Kind.FLAG)


def an_id(name: str, label: str) -> Field:
    """The id of an act or a thing."""
    return Field(name, label, Kind.ID)


def choice(name: str, label: str, **choices: str) -> Field:
    """One of several: code=word; a code's underscores stand for hyphens."""
    told = tuple((code.replace("_", "-"), word) for code, word in choices.items())
    return Field(name, label, Kind.CHOICE, choices=told)


def lines(name: str, label: str, least: int = 1) -> Field:
    """Several lines."""
    return Field(name, label, Kind.LINES, least=least)


def record(name: str, label: str, *of: Field) -> Field:
    """One record."""
    return Field(name, label, Kind.RECORD, of=of)


def records(name: str, label: str, *of: Field, least: int = 1) -> Field:
    """Several records."""
    return Field(name, label, Kind.RECORDS, of=of, least=least)


def faults(shape: tuple[Field, ...], said: Mapping[str, Any], where: str = "") -> list[str]:
    """What is missing or of the wrong kind, in words; empty when all is well."""
    known = {field.name for field in shape}
    found = [f"{where}{name}：不认识的字段" for name in said if name not in known]
    for field in shape:
        value = said.get(field.name)
        if value is None or value in ("", []):
            if field.required and not (
                field.kind in (Kind.LINES, Kind.RECORDS) and not field.least
            ):
                found.append(f"{where}{field.label}：缺少此项")
            continue
        found += _wrong(field, value, where)
    return found


def _wrong(field: Field, value: Any, where: str) -> Iterator[str]:  # noqa: ANN401
    place = f"{where}{field.label}"
    if field.kind is Kind.RECORD:
        if isinstance(value, Mapping):
            yield from faults(field.of, value, f"{place}.")
        else:
            yield f"{place}：应为对象"
    elif field.kind is Kind.RECORDS:
        if not isinstance(value, list | tuple) or len(value) < field.least:
            yield f"{place}：至少 {field.least} 项"
            return
        for n, one in enumerate(value, 1):
            yield from faults(field.of, one, f"{place}第{n}项.")
    elif not _holds(field, value):
        yield f"{place}：内容不正确"


def _holds(field: Field, value: Any) -> bool:  # noqa: ANN401
    match field.kind:
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.FEN | Kind.COUNT:
            whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return whole and (field.kind is Kind.FEN or value <= MOST)
        case Kind.CHOICE:
            return value in dict(field.choices)
        case Kind.DAY:
            return isinstance(value, str) and _reads(_day, value)
        case Kind.MOMENT:
            return isinstance(value, str) and _reads(_aware, value)
        case Kind.LINES:
            listed = isinstance(value, list | tuple) and len(value) >= field.least
            known = dict(field.choices)
            return listed and all(
                isinstance(one, str) and bool(one.strip()) and (not known or one in known)
                for one in value
            )
        case _:
            return isinstance(value, str) and bool(value.strip())


def _day(value: str) -> date:
    on = date.fromisoformat(value)
    if not EARLIEST <= on <= LATEST:
        raise ValueError
    return on


def _aware(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None or not EARLIEST.year <= at.year <= LATEST.year:
        raise ValueError
    return at


def _reads(read: Any, value: str) -> bool:  # noqa: ANN401
    try:
        read(value)
    except ValueError:
        return False
    return True
