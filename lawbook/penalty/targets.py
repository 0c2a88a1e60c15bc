"""Limits that no law which was read sets (待确认的期限、内部期限): data, in the place of what the code has.

`lawbook.limits` and `deadlines.MORE_LIMITS` have a length for each; `content/limits/*.toml` of the bureau
says another. Who loads the law enters them (`enter`), once, as he loads calendars and norms. A limit
that a law fixes is never replaced.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lawbook.content import ContentError, need
from lawbook.days import Unit
from lawbook.limits import Limit

_entered: dict[str, Limit] = {}


def read(content: Mapping[str, Any], known: Mapping[str, Limit]) -> dict[str, Limit]:
    """The limits of a content file by code. ContentError for one that is unknown, or that a law fixes."""
    body, found = dict(content), dict[str, Limit]()
    for one in need(body, "limits", "limits"):
        code = str(need(one, "code", "limits"))
        where = f"limits/{code}"
        if code not in known:
            raise ContentError(f"{where}：没有这个期限")
        if known[code].verified:
            raise ContentError(f"{where}：该期限由法律规定，不能更换")
        length = need(one, "length", where)
        if not isinstance(length, int) or isinstance(length, bool) or length < 1:
            raise ContentError(f"{where}：length 应为正整数")
        try:
            unit = Unit(need(one, "unit", where))
        except ValueError:
            raise ContentError(f"{where}：unit 不是工作日、日、月") from None
        plain = known[code]
        period = replace(plain.period, length=length, unit=unit, law=str(need(one, "law", where)))
        found[code] = replace(plain, period=period)
    return found


def enter(limits: Mapping[str, Limit]) -> None:
    """From now on these hold in the place of the code's."""
    _entered.clear()
    _entered.update(limits)


def entered(name: str) -> Limit | None:
    """The limit of this name as it was entered; None where the code's own holds."""
    return _entered.get(name)
