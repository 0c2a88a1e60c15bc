"""Where things are (位置): how far two places lie apart, and which datums may be compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_008.8
"""Mean radius of the earth in metres (IUGG)."""
LEDGER_DATUM = "CGCS2000"
"""What a ledger's coordinates are said in, where its dictionary does not say."""
_ALIKE = frozenset(("WGS84", "CGCS2000"))
"""They differ by centimetres. GCJ-02 and BD-09, which public maps of China show, are shifted by
hundreds of metres and are never compared with these."""
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in degrees; the datum is its owner's."""

    lat: float
    lon: float


def comparable(one: str, other: str) -> bool:
    """Whether places of these two datums (坐标系) may be compared as they stand."""
    plain = one.upper().replace("-", ""), other.upper().replace("-", "")
    return plain[0] == plain[1] or set(plain) <= _ALIKE


def position(values: Mapping[str, str]) -> Position | None:
    """Where a ledger's values say that a plant is; None when they do not, or not plausibly."""
    lat, lon = values.get("latitude", ""), values.get("longitude", "")
    if not (_NUMBER.fullmatch(lat) and _NUMBER.fullmatch(lon)):
        return None
    here = Position(float(lat), float(lon))
    return here if abs(here.lat) <= 90 and abs(here.lon) <= 180 else None


def metres(one: Position, other: Position) -> float:
    """How far it is between two places of one datum, in metres along the ground (haversine)."""
    half_lat, half_lon = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    part = (
        sin(half_lat) ** 2
        + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(half_lon) ** 2
    )  # fmt: skip
    return 2 * EARTH * asin(min(1.0, sqrt(part)))


def spoken_distance(far: float) -> str:
    """A distance as one says it: 50 米以内, 320 米, 3.2 公里, 47 公里."""
    if far < 50:
        return "50 米以内"
    if far < 995:
        return f"{round(far, -1):.0f} 米"
    return f"{far / 1000:.1f} 公里" if far < 9_950 else f"{far / 1000:.0f} 公里"
