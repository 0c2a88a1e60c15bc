"""What may be doubted of a device: how long it has been silent, and what its clock says (R23, R25).

One rule for the tablet, which shows it to the officer, and for the console, which shows it to the
office.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any, Literal

from lawbook.refusal import SYSTEM_RULE, Refusal

AMBER, RED = 2, 5
"""Days without contact from which a device is shown in amber, and in red."""
MOST_SKEW = timedelta(minutes=5)
"""A clock that differs by more from the office's is doubted, where content/clocks says nothing else."""
BEIJING = timezone(timedelta(hours=8))

Alarm = Literal["calm", "amber", "red"]


class ClockInDoubt(Refusal):
    """A document whose day cannot be told: nobody has set the clock, and it is near midnight or shows
    a time that is over (a battery that ran empty).
    """

    code = "clock-in-doubt"
    title = "本机时间不可靠，暂不能确定出具日期"
    law = SYSTEM_RULE
    next_step = (
        "联网更新一次，或者在系统设置中校正平板时间；仅因临近零点的，也可以过了零点再出具。"
        "草稿和签名都保留在本机"
    )


def days_silent(last: datetime | None, now: datetime) -> int | None:
    """Whole days since the last contact; None when there never was one."""
    return None if last is None else max(0, (now - last).days)


def alarm(days: int | None) -> Alarm:
    """How a silence of so many days is shown; one that never began is not a silence."""
    if days is None or days < AMBER:
        return "calm"
    return "red" if days >= RED else "amber"


def _day(moment: str) -> date:
    return _at(moment).astimezone(BEIJING).date()


def _at(moment: str) -> datetime:
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_set(clock: Mapping[str, Any]) -> bool:
    """Whether somebody else's clock stands behind a device's: the office's since it was switched
    on, or the satellites'.
    """
    anchor = clock["anchor"]
    return bool(clock["gnss"] or (anchor and anchor["boot"] == clock["boot"]))


def is_behind(clock: Mapping[str, Any]) -> bool:
    """Whether the clock shows a time that is over: nothing tells then how late it really is."""
    return clock["latest"] is None


def straddles(clock: Mapping[str, Any]) -> bool:
    """Whether the act may have been on either of two days in Beijing."""
    return not is_behind(clock) and _day(clock["earliest"]) != _day(clock["latest"])


def dated(clock: Mapping[str, Any]) -> datetime:
    """The moment by which an act is dated: the device's own, unless another clock says otherwise.

    A clock that somebody else's stands behind tells when it is, whatever is shown: one that is out
    of its interval by more than it may be off, or by a day, gives way to the nearest moment in it.
    """
    wall = _at(clock["wall"])
    if not is_set(clock) or is_behind(clock):
        return wall
    earliest, latest = _at(clock["earliest"]), _at(clock["latest"])
    days = {_day(clock["earliest"]), _day(clock["latest"])}
    if earliest - MOST_SKEW <= wall <= latest + MOST_SKEW and _day(clock["wall"]) in days:
        return wall
    return min(max(wall, earliest), latest)


def tolerance(body: Mapping[str, Any]) -> timedelta:
    """How far a clock may be off by the content pack `clocks/doubts`."""
    return timedelta(seconds=int(body["tolerance_seconds"]))


def _minutes(length: timedelta) -> str:
    return f"{max(1, round(abs(length).total_seconds() / 60))} 分钟"


def moved(acts: Sequence[Mapping[str, Any]], most: timedelta = MOST_SKEW) -> list[str]:
    """Between which of successive acts (wall, monotonic, boot) the wall clock was moved, in words.

    Within one switching-on the monotonic clock tells how much; across two, only that it went back.
    """
    found = []
    for before, after in pairwise(acts):
        passed = _at(after["wall"]) - _at(before["wall"])
        if before["boot"] == after["boot"]:
            jump = passed - timedelta(milliseconds=after["monotonic"] - before["monotonic"])
            if abs(jump) > most:
                way = "快" if jump > timedelta() else "慢"
                found.append(f"与前一次操作之间，平板时钟被拨{way} {_minutes(jump)}")
        elif passed < -most:
            found.append(f"比前一次操作的平板时间还早 {_minutes(passed)}")
    return found


def against_the_office(
    clock: Mapping[str, Any], received: datetime, most: timedelta = MOST_SKEW
) -> list[str]:
    """What the office's own clock says against an act that it received at that moment, in words."""
    found, wall, anchor = [], _at(clock["wall"]), clock["anchor"]
    if (ahead := wall - received) > most:
        found.append(f"平板时间比服务器收到的时间还晚 {_minutes(ahead)}")
    if anchor and (behind := _at(anchor["at"]) - wall) > most:
        found.append(f"平板时间比此前联网的时间还早 {_minutes(behind)}")
    return found


def doubts(clock: Mapping[str, Any], most: timedelta = MOST_SKEW) -> list[str]:
    """Why a device's clock at an act is doubted, in words; nothing when it is not.

    `clock`: wall, monotonic, boot, anchor, gnss, skew, earliest, latest (None: nobody knows), and
    `before` where there was an act before, as on the wire. `most`: how far it may be off.
    """
    found = []
    skew = timedelta(seconds=clock["skew"] or 0)
    if abs(skew) > most:
        found.append(f"联网时平板时钟{'快' if skew > timedelta() else '慢'} {_minutes(skew)}")
    if not is_set(clock):
        found.append("开机后没有与服务器或卫星校对过时间")
    elif not is_behind(clock):
        wall = _at(clock["wall"]) - skew
        if not _at(clock["earliest"]) - most <= wall <= _at(clock["latest"]) + most:
            found.append("联网之后平板时钟被拨动过")
    if before := clock.get("before"):
        found += moved([before, clock], most)
    if is_behind(clock):
        known = _at(clock["earliest"]).astimezone(BEIJING)
        found.append(f"平板时间早于最近一次联网（{known:%Y-%m-%d %H:%M}），实际是哪一天不能确定")
    if straddles(clock):
        found.append(f"可能是 {_day(clock['earliest'])}，也可能是 {_day(clock['latest'])}")
    return found


def require_day(clock: Mapping[str, Any]) -> None:
    """Refuses ClockInDoubt when the day of an act cannot be told and no other clock vouches."""
    if (is_behind(clock) or straddles(clock)) and not is_set(clock):
        raise ClockInDoubt("；".join(doubts(clock)))
