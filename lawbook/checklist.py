"""Check lists (检查表): what is asked, on which article each item rests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from lawbook.content import ContentError, need


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item (检查项): what must hold, the article it rests on, the article that penalises."""

    code: str
    text: str
    unmet: str
    basis: str
    penalty_basis: str | None
    hint: str
    correct_days: int
    major: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """A check list in one version (检查表); records quote `ref`."""

    code: str
    version: str
    name: str
    trade: str
    status: str
    items: tuple[CheckItem, ...]

    @property
    def ref(self) -> str:
        """code@version"""
        return f"{self.code}@{self.version}"

    def item(self, code: str) -> CheckItem:
        """The item of this code; KeyError when there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """From a pack's body. ContentError when an item cites nothing or a code comes twice."""
        body = dict(content)
        where = f"checklist/{body.get('code', '?')}"
        items = tuple(_item(item, where) for item in need(body, "item", where))
        codes = [item.code for item in items]
        if len(set(codes)) != len(codes):
            raise ContentError(f"{where} 有重复的检查项编号")
        return cls(
            str(need(body, "code", where)), str(need(body, "version", where)),
            str(need(body, "name", where)), str(need(body, "trade", where)),
            str(need(body, "status", where)), items,
        )  # fmt: skip


def _item(item: Mapping[str, Any], where: str) -> CheckItem:
    body = dict(item)
    here = f"{where}/{body.get('code', '?')}"
    if not str(body.get("basis", "")).strip():
        raise ContentError(f"{here} 没有注明依据（basis）")
    return CheckItem(
        code=str(need(body, "code", here)),
        text=str(need(body, "text", here)),
        unmet=str(need(body, "unmet", here)),
        basis=str(need(body, "basis", here)),
        penalty_basis=body.get("penalty_basis"),
        hint=str(body.get("hint", "")),
        correct_days=int(body.get("correct_days", 15)),
        major=bool(body.get("major", False)),
    )
