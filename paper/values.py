"""From data to what stands on paper: each value is checked against its field and written out."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from lawbook.money import MOST, written
from paper.refusals import FieldMissing, FieldUnknown, FieldUnreadable
from paper.template import Field

BEIJING = timezone(timedelta(hours=8), "北京时间")
GETA = "〓"
"""What printers set for a character they do not have (缺字符号)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of an `items` field: as given, and as printed."""

    raw: Mapping[str, object]
    printed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value: as given, as one printed text, and its parts where it has parts."""

    raw: object
    text: str
    parts: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


def clean(text: str) -> str:
    """Text as it can be printed: composed (NFC), one kind of line break, nothing invisible.

    Control, direction and variation marks go: on a legal document what is not seen must not be
    there. Half characters and private ones become 〓.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return composed.translate(_PRINTED)


class _Printed(dict[int, str]):
    """What is printed for a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = told = _printed(chr(code))
        return told


_PRINTED = _Printed()


def _printed(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\n":
        return char
    if char in "\t\u2028\u2029\u00a0" or category == "Zs":
        return "　" if char == "　" else " "
    if category in {"Cs", "Co", "Cn"}:
        return GETA
    if category in {"Cc", "Cf"} or unicodedata.name(char, "").startswith("VARIATION"):
        return ""
    return char


def written_date(day: date) -> str:
    """2026年3月5日: full year, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def written_instant(at: datetime) -> str:
    """2026年3月5日9时5分, on the clocks of Beijing."""
    local = at.astimezone(BEIJING)
    return f"{written_date(local.date())}{local.hour}时{local.minute}分"


def read_values(fields: Sequence[Field], data: Mapping[str, object]) -> dict[str, Value]:
    """Every field's value. Refuses what is missing, unreadable or unknown, by its Chinese label."""
    _refuse_unknown(fields, data, "")
    missing = list(_missing(fields, data, ""))
    if missing:
        raise FieldMissing("缺少：" + "、".join(missing), fields=missing)
    return {field.code: _value(field, data.get(field.code), field.label) for field in fields}


def faults(fields: Sequence[Field], data: Mapping[str, object]) -> dict[str, str]:
    """Code → what is wrong with that field, in Chinese, for every field that cannot be printed so."""
    found: dict[str, str] = {}
    for field in fields:
        value = data.get(field.code)
        if empty(value):
            if asked(field, data):
                found[field.code] = f"请填写{field.label}"
            continue
        try:
            _value(field, value, field.label)
        except (FieldUnreadable, FieldUnknown) as refusal:
            found[field.code] = refusal.detail
            continue
        if missing := _missing([field], data, ""):
            found[field.code] = "缺少：" + "、".join(missing)
    return found


def printed(field: Field, value: object) -> list[str]:
    """What a field's value looks like on paper, line by line; as it is where it cannot be printed."""
    try:
        read = _value(field, value, field.label)
    except (FieldUnreadable, FieldUnknown):
        return [str(value)]
    if read.items:
        heads = {column.code: column.label for column in field.columns}
        return [
            "；".join(f"{heads[code]}：{text}" for code, text in item.printed.items() if text)
            for item in read.items
        ]
    return list(read.parts) or ([read.text] if read.text else [])


def empty(value: object) -> bool:
    """Nothing was filled in: absent, blank text, or a list of nothing."""
    if isinstance(value, str):
        # A letter or a figure is always printed.
        return not value[:1].isalnum() and not clean(value).strip()
    return value is None or value == [] or value == () or value == {}


def asked(field: Field, data: Mapping[str, object]) -> bool:
    """Whether a field must be filled in beside this data: some only beside another (`Field.beside`)."""
    if not field.required or not field.beside:
        return field.required
    return empty(data.get(field.beside.lstrip("!"))) == field.beside.startswith("!")


def _refuse_unknown(fields: Sequence[Field], data: Mapping[str, object], where: str) -> None:
    known = {field.code for field in fields}
    unknown = sorted(str(key) for key in data if key not in known)
    if unknown:
        raise FieldUnknown(f"{where}没有此项：" + "、".join(unknown), fields=unknown)


def _missing(fields: Sequence[Field], data: Mapping[str, object], where: str) -> list[str]:
    found: list[str] = []
    for field in fields:
        value = data.get(field.code)
        if empty(value):
            if asked(field, data):
                found.append(where + field.label)
            continue
        if field.kind == "items" and isinstance(value, list | tuple):
            for index, item in enumerate(value, start=1):
                if isinstance(item, Mapping):
                    found += _missing(field.columns, item, f"{field.label}第{index}项的")
        if field.kind == "list" and isinstance(value, list | tuple):
            found += [
                f"{field.label}第{index}项" for index, one in enumerate(value, 1) if empty(one)
            ]
    return found


def _value(field: Field, raw: object, where: str) -> Value:
    if empty(raw):
        return Value(raw, "")
    match field.kind:
        case "text":
            return Value(raw, " ".join(clean(_text(raw, where)).split("\n")).strip())
        case "long_text":
            lines = [line.strip() for line in clean(_text(raw, where)).split("\n")]
            parts = tuple(line for line in lines if line)
            return Value(raw, "\n".join(parts), parts)
        case "integer":
            if not isinstance(raw, int) or isinstance(raw, bool):
                raise FieldUnreadable(f"{where}应当为整数", at=field.code)
            return Value(raw, str(raw))
        case "money":
            return Value(raw, _money(field, raw, where))
        case "boolean":
            if not isinstance(raw, bool):
                raise FieldUnreadable(f"{where}应当为是或者否", at=field.code)
            return Value(raw, "是" if raw else "")
        case "date":
            return Value(raw, written_date(_date(raw, where)))
        case "instant":
            return Value(raw, written_instant(_instant(raw, where)))
        case "choice":
            return Value(raw, _option(field, raw, where))
        case "choices":
            chosen = tuple(_option(field, one, where) for one in _list(raw, where))
            return Value(raw, "、".join(chosen), chosen)
        case "list":
            parts = tuple(" ".join(clean(_text(one, where)).split()) for one in _list(raw, where))
            return Value(raw, "；".join(parts), parts)
        case _:
            return _items(field, raw, where)


def _items(field: Field, raw: object, where: str) -> Value:
    items = []
    for index, one in enumerate(_list(raw, where), start=1):
        here = f"{where}第{index}项"
        if not isinstance(one, Mapping):
            raise FieldUnreadable(f"{here}应当分列填写", at=field.code)
        _refuse_unknown(field.columns, one, here)
        printed = {
            column.code: _value(column, one.get(column.code), f"{here}的{column.label}").text
            for column in field.columns
        }
        items.append(Item(one, printed))
    return Value(raw, "", items=tuple(items))


def _money(field: Field, raw: object, where: str) -> str:
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 < raw < MOST:
        raise FieldUnreadable(f"{where}应当为以分计的金额", at=field.code)
    return written(raw)


def _text(raw: object, where: str) -> str:
    if not isinstance(raw, str):
        raise FieldUnreadable(f"{where}应当为文字")
    return raw


def _list(raw: object, where: str) -> Sequence[object]:
    if not isinstance(raw, list | tuple):
        raise FieldUnreadable(f"{where}应当逐项列出")
    return raw


def _date(raw: object, where: str) -> date:
    try:
        return date.fromisoformat(_text(raw, where))
    except ValueError:
        raise FieldUnreadable(f"{where}应当为日期，例如2026-03-05") from None


def _instant(raw: object, where: str) -> datetime:
    try:
        at = datetime.fromisoformat(_text(raw, where))
        if at.tzinfo is None:
            raise ValueError("no offset")
        at.astimezone(BEIJING)
    except (ValueError, OverflowError):
        raise FieldUnreadable(f"{where}应当为带时区的时刻") from None
    return at


def _option(field: Field, raw: object, where: str) -> str:
    if not isinstance(raw, str) or raw not in field.options:
        raise FieldUnreadable(f"{where}应当为：" + "、".join(field.options.values()))
    return field.options[raw]
