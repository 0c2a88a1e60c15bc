"""Divisions and units as the console names them (行政区划), from the content folder."""

import csv
from functools import lru_cache
from pathlib import Path

from lawbook.content import load
from lawbook.regions import ZONES, Divisions


class Regions:
    """Names of regions, and which lie below an account's own."""

    def __init__(self, divisions: Divisions, units: dict[str, str]) -> None:
        self._divisions, self._units = divisions, units

    def name(self, code: object) -> str:
        """A region's short name: a county, a township, the zone, or the city."""
        text = str(code or "")
        if text in ZONES.values():
            return self._units.get(text, text).removesuffix("应急管理局")
        full = text + "00" if len(text) == 4 else text
        return self._divisions.name(full) if text else "—"

    def below(self, region: str) -> list[tuple[str, str]]:
        """Regions that an account of this region can look at more closely: code and name."""
        if len(region) > 4:
            return [(code, self.name(code)) for code in self.townships(region)]
        codes = self._divisions.below(f"{region}00")
        return [(code, self.name(code)) for code in (*codes, *ZONES.values())]

    def townships(self, region: str) -> list[str]:
        """Codes of nine digits within a region, for the choice of a plant's place."""
        own = [place for place, zone in ZONES.items() if zone == region]
        if own:
            return [place[:9] for place in own]
        counties = [region] if len(region) > 4 else self._divisions.below(f"{region}00")
        return [code for county in counties for code in self._divisions.below(county)]

    def full_name(self, code: str) -> str:
        """Names from the province down."""
        return self._divisions.full_name(code)


@lru_cache(maxsize=4)
def regions_in(content: Path) -> Regions:
    """The regions of a content folder."""
    rows: list[dict[str, str]] = []
    units: dict[str, str] = {}
    for path in sorted((content / "regions").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    for path in sorted((content / "units").glob("*.toml")):
        units |= {unit["region"]: unit["name"] for unit in load(path)["unit"]}
    return Regions(Divisions.from_rows(rows), units)
