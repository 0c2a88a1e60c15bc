"""When an act was done (办理时间): now, or, entered afterwards, when it really was (补录)."""

from datetime import UTC, datetime, timedelta

from gateway.console.client import Json
from gateway.console.guard import Fields
from gateway.console.showing import HERE

FIELD, REASON = "done_at", "late_reason"
LATER = timedelta(hours=1)
"""An act that was entered so much after it was done is told to have been entered later."""


def read(form: Fields, case: Json | None = None) -> tuple[str, str]:
    """The moment of an act as a form tells it, for the wire, and what is wrong with it."""
    return moment(form[FIELD], case)


def moment(typed: str, case: Json | None = None) -> tuple[str, str]:
    """What was typed as a moment, for the wire (now where nothing was), and what is wrong with it.

    case: not before its last act.
    """
    now = datetime.now(UTC)
    if not typed:
        return now.isoformat(), ""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return "", "办理时间应为日期和时间"
    found = found if found.tzinfo else found.replace(tzinfo=HERE)
    if found > now:
        return "", "补录的办理时间不能晚于现在"
    last = latest(case)
    if last is not None and found < last:
        return "", f"不能早于案件中最近的事项（{last:%Y-%m-%d %H:%M}）"
    return found.astimezone(UTC).isoformat(), ""


def latest(case: Json | None) -> datetime | None:
    """The moment of a case's last act, in the office's time, to the minute that forms can tell."""
    if not case or not case.get("timeline"):
        return None
    told = max(datetime.fromisoformat(act["at"]) for act in case["timeline"])
    return told.astimezone(HERE).replace(second=0, microsecond=0)


def local(at: datetime | str) -> str:
    """A moment as an input holds it, in the office's time; never before it."""
    told = datetime.fromisoformat(at) if isinstance(at, str) else at
    whole = told.replace(second=0, microsecond=0)
    return f"{(whole + timedelta(minutes=told > whole)).astimezone(HERE):%Y-%m-%dT%H:%M}"


def entered(act: Json) -> str:
    """When an act was entered, if later than it was done; else empty."""
    done, came = (datetime.fromisoformat(act[name]) for name in ("at", "received_at"))
    return f"{came.astimezone(HERE):%Y-%m-%d %H:%M}" if came - done > LATER else ""


def reason(form: Fields) -> str | None:
    """Why an act is entered afterwards, as the form tells it; None where it says nothing."""
    return form[REASON].strip() or None


def wants_reason(form: Fields) -> str:
    """What is wrong where an act of before the last working day comes without its reason; "" where nothing is.

    By the days of the week alone: who asks on the day after a holiday asks once too often, never too seldom.
    """
    if not form[FIELD] or reason(form):
        return ""
    try:
        done = datetime.fromisoformat(form[FIELD]).date()
    except ValueError:
        return ""
    before = datetime.now(HERE).date() - timedelta(1)
    while before.weekday() >= 5:
        before -= timedelta(1)
    return "早于上一个工作日的，写明补录的理由" if done < before else ""


def marked(case: Json) -> list[Json]:
    """The acts of a case that were entered afterwards (补录), for who approves to look at."""
    return [act for act in case["timeline"] if entered(act)]
