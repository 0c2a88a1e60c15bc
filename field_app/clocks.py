"""The clocks of the device, and between which moments the true one lies (R23; sync.md 7).

The wall clock can be wrong or be moved; the monotonic one goes on alone from when the device was
switched on; the office's time at the last contact ties the two together.
"""

import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict
from uuid import uuid4

from field_app.contact import Contact, contact_of, note
from field_app.device import Device
from field_app.moments import kept, now, read
from lawbook.devices import MOST_SKEW

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
DRIFT = 100e-6
"""How much a quartz may go wrong while nobody looks: 100 parts in a million."""
SECOND = timedelta(seconds=1)
GNSS_SPARE = 5 * SECOND


class Anchor(TypedDict):
    """Part of ClockBody: the office's time at the last contact, beside our monotonic reading."""

    at: str
    monotonic: int
    boot: str


class Ticks(TypedDict):
    """Part of AnswerBody and ClockBody: the device's two clocks at an act."""

    wall: str
    monotonic: int
    boot: str


class ClockBody(TypedDict):
    """Part of the bodies of acts and of ReportBody: the clocks; `before`: at the act before.

    `latest`: None where the clock shows a time that is over, so that nobody knows how late it is.
    """

    wall: str
    monotonic: int
    boot: str
    anchor: Anchor | None
    gnss: str | None
    skew: int | None
    earliest: str
    latest: str | None
    before: NotRequired[Ticks]


def monotonic() -> int:
    """Milliseconds since the device was switched on, its sleep included where the system counts it."""
    of_boot = getattr(time, "CLOCK_BOOTTIME", None)
    seconds = time.monotonic() if of_boot is None else time.clock_gettime(of_boot)
    return int(seconds * 1000)


@cache
def boot() -> str:
    """What tells one switching-on from the next; where the system has none, this process."""
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return f"process-{uuid4()}"


def ticks() -> Ticks:
    """The two clocks now."""
    return {"wall": kept(now()), "monotonic": monotonic(), "boot": boot()}


def heard(
    device: Device,
    server_time: str,
    sent: int,
    **told: object,
) -> Contact:
    """Keep the office's time and what else it told. `sent`: our monotonic reading at the asking."""
    here, at = monotonic(), read(server_time)
    skew = round((now() - at).total_seconds())
    return note(
        device,
        heard_at=kept(at),
        monotonic=here,
        boot=boot(),
        travel=max(0, here - sent),
        skew=skew,
        **told,
    )


def clock_of(device: Device, gnss: str | None = None) -> ClockBody:
    """The clocks now, and the interval in which this moment lies.

    `gnss`: the time that came with a satellite fix a moment ago, if any.
    """
    heard, here, wall = contact_of(device), monotonic(), now()
    anchor: Anchor | None = None
    if heard.heard_at:
        anchor = {"at": heard.heard_at, "monotonic": heard.monotonic, "boot": heard.boot}
    latest: datetime | None
    if gnss:
        earliest, latest = read(gnss) - GNSS_SPARE, read(gnss) + GNSS_SPARE
    elif anchor and anchor["boot"] == boot():
        elapsed = timedelta(milliseconds=here - heard.monotonic)
        spare = SECOND + elapsed * DRIFT
        earliest = read(anchor["at"]) + elapsed - spare
        latest = read(anchor["at"]) + elapsed + timedelta(milliseconds=heard.travel) + spare
    else:
        ours = wall - timedelta(seconds=heard.skew or 0)
        earliest, latest = ours - MOST_SKEW, ours + MOST_SKEW
        if anchor:
            # Whatever the clock says, it is not earlier than when the office was last heard; one
            # that says so all the same (a battery that ran empty) does not tell how late it is.
            office = read(anchor["at"])
            earliest = max(earliest, office)
            latest = latest if latest >= office else None
    return {
        "wall": kept(wall),
        "monotonic": here,
        "boot": boot(),
        "anchor": anchor,
        "gnss": gnss,
        "skew": heard.skew,
        "earliest": kept(earliest),
        "latest": kept(latest) if latest else None,
    }
