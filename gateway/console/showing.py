"""How values look on a page: days, moments, rates, names (页面显示)."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from gateway.console.regions import Regions
from gateway.console.words import TONES, word
from lawbook.citation import written_out
from lawbook.inspection import ground_said
from lawbook.money import in_figures, written
from lawbook.rates import hundredths, percent

HERE = ZoneInfo("Asia/Shanghai")
FOLDER = Path(__file__).parent
WEEKDAYS = "一二三四五六日"


def today() -> date:
    """The date where the office stands."""
    return datetime.now(HERE).date()


def moment(value: object) -> str:
    """A moment of the wire, in the office's time."""
    found = _moment(value)
    return found.strftime("%Y-%m-%d %H:%M") if found else "—"


def day(value: object) -> str:
    """The day of a date or a moment, in the office's time."""
    found = _day(value)
    return found.isoformat() if found else "—"


def days_left(value: object) -> int | None:
    """Days from today until a date; negative once it has passed."""
    found = _day(value)
    return (found - today()).days if found else None


def left(value: object) -> str:
    """How long there is until a date, as one says it."""
    days = days_left(value)
    if days is None:
        return ""
    if days < 0:
        return f"已逾期 {-days} 天"
    return "今天到期" if days == 0 else f"还剩 {days} 天"


def width(numerator: int | None, denominator: int | None) -> float:
    """How far a bar or a ring is filled, of a hundred."""
    return min(100, (hundredths(numerator, denominator) or 0) / 100)


def size(value: object) -> str:
    """A file's size."""
    count = float(str(value or 0))
    if count < 1024:
        return f"{count:.0f} B"
    return f"{count / 1024:.0f} KB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MB"


def link(path: str, **params: object) -> str:
    """A path with those parameters that have a value."""
    given = {key: str(value) for key, value in params.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found.astimezone(HERE) if found.tzinfo else found.replace(tzinfo=UTC).astimezone(HERE)


def _day(value: object) -> date | None:
    text = str(value or "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = _moment(text)
        return found.date() if found else None


def _tag(kind: str, code: object) -> Markup:
    return Markup('<span class="tag {}">{}</span>').format(
        TONES.get(str(code), "plain"), word(kind, code)
    )


def _fingerprint(folder: Path) -> str:
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            told.update(path.read_bytes())
    return told.hexdigest()[:12]


def environment(regions: Regions) -> Environment:
    """The templates, with what they may call. Escaping is always on."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True,
        trim_blocks=True, lstrip_blocks=True, enable_async=False,
    )  # fmt: skip
    names: dict[str, Any] = {
        "moment": moment, "day": day, "left": left, "size": size, "region": regions.name,
        "written_out": written_out,
        "ground": ground_said,
    }  # fmt: skip
    made.filters.update(names)
    made.globals.update(
        word=word, tag=_tag, rate=percent, width=width, link=link, days_left=days_left, today=today,
        yuan=in_figures, written=written, static=f"/static/{_fingerprint(FOLDER / 'static')}", weekdays=WEEKDAYS,
    )  # fmt: skip
    return made
