"""Check lists (检查表): what is asked, on which article each item rests.

A list takes items from libraries (`content/check_items/`), each named with its version, so that an
item that many lists share is written once; what travels and what records quote is the whole list.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from lawbook.content import ContentError, load, need

ANY = "any"
"""The trade of a list that suits every plant."""

STANDARD = "重大事故隐患判定标准"
"""In the name of what says which hazards are major."""


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
    criterion: str | None = None
    """The criterion by which it is a major hazard when unmet (重大事故隐患判定依据)."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A check list in one version (检查表); records quote `ref`.

    `module`: 工贸专项, 危险化学品专项 or 综合行政执法. `industries`: the ledger's 监管行业分类 that it
    is made for, beside its `trade`; none where it is for an activity, such as confined spaces.
    """

    code: str
    version: str
    name: str
    trade: str
    status: str
    items: tuple[CheckItem, ...]
    module: str = ""
    industries: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def ref(self) -> str:
        """code@version"""
        return f"{self.code}@{self.version}"

    def in_force(self, on: date) -> bool:
        """Whether a visit of that day may begin with it; a draft stays on the version it began with."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)

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
            str(body.get("module", "")), tuple(body.get("industries", ())),
            _day(body.get("valid_from")), _day(body.get("valid_until")),
        )  # fmt: skip


def together(lists: Sequence[Checklist]) -> Checklist:
    """The lists of one visit as one (一次检查的各张检查表): each item once, in the order of the lists.

    A code is of one item only, whichever lists ask it; the list named first says how.
    """
    if len(lists) == 1:
        return lists[0]
    items = {item.code: item for one in reversed(lists) for item in one.items}
    codes = dict.fromkeys(item.code for one in lists for item in one.items)
    told = "；".join(dict.fromkeys(one.status for one in lists))
    return replace(
        lists[0], name="、".join(one.name for one in lists), status=told,
        items=tuple(items[code] for code in codes),
    )  # fmt: skip


def bodies(content: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every check list of a content folder as it travels, with the file it was written in."""
    libraries = {
        f"{body.get('code')}@{body.get('version')}": body
        for path in sorted((content / "check_items").glob("*.toml"))
        for body in (load(path),)
    }
    for path in sorted((content / "checklists").glob("*.toml")):
        yield path, composed(load(path), libraries)


def composed(body: Mapping[str, Any], libraries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A list with the items that it takes from libraries, in the order taken, then its own.

    ContentError names a library or an item that is not there.
    """
    where = f"checklist/{body.get('code', '?')}"
    items: list[Any] = []
    for take in body.get("take", ()):
        source = str(need(take, "from", where))
        if source not in libraries:
            raise ContentError(f"{where} 引用的检查项库 {source} 不存在")
        held = {item["code"]: item for item in libraries[source]["item"]}
        wanted = take.get("items", held)
        if missing := [code for code in wanted if code not in held]:
            raise ContentError(f"{where} 引用的检查项 {'、'.join(missing)} 不在 {source} 中")
        items += [held[code] for code in wanted]
    whole = {name: value for name, value in body.items() if name not in ("take", "item")}
    return whole | {"item": items + list(body.get("item", ()))}


def _day(value: object) -> date | None:
    """A day of TOML, or the same day as a pack carries it in JSON."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _item(item: Mapping[str, Any], where: str) -> CheckItem:
    body = dict(item)
    here = f"{where}/{body.get('code', '?')}"
    if not str(body.get("basis", "")).strip():
        raise ContentError(f"{here} 没有注明依据（basis）")
    major = bool(body.get("major", False))
    # Some items rest on the criterion itself: what is broken is what it is judged by.
    judged = str(body["basis"]) if major and STANDARD in str(body["basis"]) else None
    return CheckItem(
        code=str(need(body, "code", here)),
        text=str(need(body, "text", here)),
        unmet=str(need(body, "unmet", here)),
        basis=str(need(body, "basis", here)),
        penalty_basis=body.get("penalty_basis"),
        hint=str(body.get("hint", "")),
        correct_days=int(body.get("correct_days", 15)),
        major=major,
        criterion=body.get("criterion") or judged,
    )
