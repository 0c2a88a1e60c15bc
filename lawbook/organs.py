"""Where remedies of a bureau lead and its fines are paid (复议机关、法院、缴款账户): data, 待确认."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lawbook.content import ContentError, need

TOLD = ("review_organ", "court", "bank", "account", "address")


@dataclass(frozen=True, slots=True)
class Organs:
    """Of one unit (执法单位): what its documents say; empty where nobody has said it yet."""

    unit: str
    review_organ: str = ""
    court: str = ""
    bank: str = ""
    account: str = ""
    address: str = ""

    @property
    def told(self) -> dict[str, str]:
        """What is known, as forms ask for it."""
        return {name: value for name in TOLD if (value := getattr(self, name))}


def organs(body: Mapping[str, Any]) -> Mapping[str, Organs]:
    """By unit, from `content/organs/*.toml`. ContentError for a unit told twice, or half an account."""
    found: dict[str, Organs] = {}
    where = "organs"
    for entry in need(dict(body), "organ", where):
        unit = str(need(entry, "unit", where))
        if unit in found:
            raise ContentError(f"{where} 的 {unit} 有两处")
        if strange := entry.keys() - {"unit", *TOLD}:
            raise ContentError(f"{where} 的 {unit} 有不认识的 {sorted(strange)[0]}")
        if ("bank" in entry) != ("account" in entry):
            raise ContentError(f"{where} 的 {unit} 的缴款银行和账户不完整")
        found[unit] = Organs(unit, **{name: str(entry[name]) for name in TOLD if name in entry})
    return found
