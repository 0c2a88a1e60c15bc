"""The golden table of limits: every one, and on which day it ends when it opens on each of these.

To write it anew: `python -m tests.lawbook.limits_table > tests/lawbook/limits.golden`, then review
the difference like code: each line is a day on which a party or the bureau loses a right.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from lawbook.clock import Clock, Extension, before
from lawbook.days import Unit
from lawbook.limits import AHEAD, HOURS, LIMITS, SEALING_EXTENSION
from tests.lawbook.test_days import CALENDAR

# The days of facts.md §5.4, and some before long holidays, at a year's and at a month's end.
OPENED = [
    date.fromisoformat(text)
    for text in (
        "2022-01-27", "2022-03-01", "2022-04-10", "2022-04-29", "2022-08-31", "2022-09-01",
        "2022-09-28", "2022-09-29", "2023-01-19", "2023-12-29", "2024-02-08", "2024-08-30",
        "2025-09-26",
    )
]  # fmt: skip
UNITS = {"working_days": "工作日", "calendar_days": "日", "months": "个月"}


def table() -> str:
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    for code, limit in LIMITS.items():
        period = limit.period
        unsure = "" if limit.verified else "（待确认）"
        yield f"{code}{unsure}: {limit.opens} → {limit.who}{period.length}{UNITS[period.unit]}内{limit.what}"
        yield f"  {period.law}"
        for opened in OPENED:
            told = Clock(period, opened).deadline(CALENDAR)
            assert told is not None
            left_out = sum(one.counted is None for one in told.days) - 1
            moved = f"  顺延至 {told.moved_to} 待确认" if told.moved_to else ""
            yield f"  {opened} → {told.due_on}  不计入 {left_out} 日{moved}"
    yield f"sealing, extended once: {SEALING_EXTENSION}日"
    for opened in OPENED:
        more = Extension(
            SEALING_EXTENSION, Unit.CALENDAR_DAYS, opened + timedelta(25), "行政强制法 §25"
        )
        longer = Clock(LIMITS["sealing"].period, opened, extensions=(more,)).deadline(CALENDAR)
        assert longer is not None
        yield f"  {opened} → {longer.due_on}"
    for code, ahead in AHEAD.items():
        unsure = "" if ahead.verified else "（待确认）"
        yield f"{code}{unsure}: {ahead.event} 前 {ahead.length} 工作日，{ahead.who}{ahead.what}"
        yield f"  {ahead.law}"
        for event in OPENED:
            yield f"  {event} ← {before(event, ahead.length, CALENDAR)}"
    for code, one in HOURS.items():
        yield f"{code}: {one.event}{'前' if one.ahead else ' →'} {one.hours} 小时，{one.who}{one.what}"
        yield f"  {one.law}"


if __name__ == "__main__":
    sys.stdout.write(table())
