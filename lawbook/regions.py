"""Administrative divisions as prefixes (行政区划), and who supervises where."""

from collections.abc import Iterable, Mapping
from typing import Self

# A development zone has no county code of its own in GB/T 2260: its territory carries a township
# code of the county around it, its bureau an internal code (facts: domain/facts.md §2).
ZONES: Mapping[str, str] = {"140802404": "140800KFQ"}


def supervising_region(division_code: str) -> str:
    """The region whose bureau supervises a place: the zone that holds it, or its county.

    A place named only by its prefecture, or its province, is the prefecture's or province's own.
    """
    zone = ZONES.get(division_code[:9])
    if zone:
        return zone
    if len(division_code) == 6 and division_code.endswith("00"):
        return division_code[:2] if division_code.endswith("0000") else division_code[:4]
    return division_code[:9] if division_code in ZONES.values() else division_code[:6]


def covers(region: str, other: str) -> bool:
    """Whether `other` lies within `region`; an empty region covers nothing."""
    return bool(region) and other.startswith(region)


class Divisions:
    """Names of divisions, by code of six, nine or twelve digits."""

    def __init__(self, names: Mapping[str, tuple[str, str | None]]) -> None:
        self._names = names

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> Self:
        """From rows with code, name and parent, as in `content/regions/*.csv`."""
        return cls({row["code"]: (row["name"], row.get("parent") or None) for row in rows})

    def known(self, code: str) -> bool:
        """Whether this is a division of ours; twelve digits are known by their first nine."""
        return code in self._names or (len(code) == 12 and code[:9] in self._names)

    def name(self, code: str) -> str:
        """The division's own name, or its code when it is not ours."""
        found = self._names.get(code) or self._names.get(code[:9])
        return found[0] if found else code

    def full_name(self, code: str) -> str:
        """Names from the province down: 山西省运城市河津市…"""
        parts: list[str] = []
        at: str | None = code if code in self._names else code[:9]
        while at and at in self._names:
            name, parent = self._names[at]
            parts.append(name)
            at = parent
        return "".join(reversed(parts)) or code

    def below(self, parent: str) -> list[str]:
        """Codes of the divisions directly below one."""
        return [code for code, (_, above) in self._names.items() if above == parent]
