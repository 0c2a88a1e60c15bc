"""Moments and days: UTC where they are kept, Beijing where a person reads them."""

from datetime import UTC, date, datetime

from paper.values import BEIJING


def now() -> datetime:
    """This moment, aware, in whole seconds: a document shows no more."""
    return datetime.now(UTC).replace(microsecond=0)


def kept(at: datetime) -> str:
    """A moment as it is kept and sent: UTC, ISO 8601. ValueError without an offset."""
    if at.tzinfo is None:
        raise ValueError("a moment must carry its offset from UTC")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read(text: str) -> datetime:
    """A kept moment."""
    return datetime.fromisoformat(text)


def day(at: datetime) -> date:
    """The day on the clocks of Beijing: the day that the law counts."""
    return at.astimezone(BEIJING).date()


def local(text: str) -> str:
    """A kept moment on the clocks of Beijing, with its offset: as documents carry it."""
    return read(text).astimezone(BEIJING).isoformat()


def spoken(text: str | None) -> str:
    """7月3日 09:05, for a screen; a dash when there is none."""
    if not text:
        return "—"
    at = read(text).astimezone(BEIJING)
    return f"{at.month}月{at.day}日 {at:%H:%M}"
