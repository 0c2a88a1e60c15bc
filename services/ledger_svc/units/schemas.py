"""Shapes of units on the wire (机构)."""

from typing import Literal

from services.kit.wire import Name, RegionCode, Wire


class UnitRecord(Wire):
    """A bureau that enforces (执法单位)."""

    name: Name
    short_name: Name
    region: RegionCode
    level: Literal["city", "county", "zone"]


class Unit(UnitRecord):
    """A unit with its code (执法单位)."""

    code: str


class UnitList(Wire):
    """Every unit in sight."""

    items: list[Unit]
