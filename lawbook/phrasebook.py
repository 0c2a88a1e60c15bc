"""Finding the article and the words for what was seen (常用语): hazard → check item → draft text.

People say 灭火器挡住了门; the list says 出口、疏散通道. The phrase book joins the two: what plants
call things (`alias` in content/phrases), the words of the items themselves, and, where neither
holds the words said, how many neighbouring characters they share.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from lawbook.checklist import CheckItem, Checklist
from lawbook.content import ContentError
from lawbook.offences import Offence

ALIAS, UNMET, TEXT, HINT = 10.0, 6.0, 5.0, 3.0
SHARED = 4.0
NEAR = 3.0
"""What an item is worth more for being asked at this visit."""
LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """An item that fits what was said, and the lists that ask it, by `ref`."""

    item: CheckItem
    lists: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by use (备注、处理情况…), each set with its label, and what plants call things."""

    sets: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    """Check item → what it is called on the spot."""

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """From a pack's body. ContentError when a set is empty."""
        sets = {name: one for name, one in content.items() if isinstance(one, Mapping)}
        if empty := sorted(name for name, one in sets.items() if not one.get("phrases")):
            raise ContentError(f"常用语 {'、'.join(empty)} 没有内容")
        aliases: dict[str, list[str]] = {}
        for one in content.get("alias", ()):
            for code in one["items"]:
                aliases.setdefault(code, []).extend(one["said"])
        return cls(
            {name: tuple(one["phrases"]) for name, one in sets.items()},
            {name: str(one.get("label", name)) for name, one in sets.items()},
            {code: tuple(said) for code, said in aliases.items()},
        )


class Phrasebook:
    """Every item of some check lists, found by the words that people use."""

    def __init__(self, lists: Iterable[Checklist], phrases: Phrases) -> None:
        self._phrases = phrases
        self._items: dict[str, CheckItem] = {}
        self._lists: dict[str, list[str]] = {}
        for one in lists:
            for item in one.items:
                self._items.setdefault(item.code, item)
                self._lists.setdefault(item.code, []).append(one.ref)

    def find(
        self, said: str, limit: int = 5, within: str | None = None, near: Collection[str] = ()
    ) -> list[Found]:
        """The items that fit best, best first; only those of the list `within` when one is named.

        `near`: codes of items that go before others that fit as well.
        """
        words = "".join(said.split())
        if not words:
            return []
        found = [
            Found(item, tuple(self._lists[code]), score + (NEAR if code in near else 0.0))
            for code, item in self._items.items()
            if within in (None, *self._lists[code])
            if (score := self._score(words, item)) >= LEAST
        ]
        return sorted(found, key=lambda one: (-one.score, one.item.code))[:limit]

    def _score(self, words: str, item: CheckItem) -> float:
        called = self._phrases.aliases.get(item.code, ())
        score = ALIAS * sum(one in words or words in one for one in called)
        for text, worth in ((item.unmet, UNMET), (item.text, TEXT), (item.hint, HINT)):
            score += worth if words in text else 0.0
        return score + SHARED * _shared(words, item.unmet + item.text)


def offences(said: str, known: Iterable[Offence], limit: int = 4) -> list[Offence]:
    """The offences of a catalogue that fit what was said, best first."""
    words = "".join(said.split())
    scored = [
        (score, one)
        for one in known
        if words
        if (score := (TEXT if words in one.text else 0.0) + SHARED * _shared(words, one.text))
        >= LEAST
    ]
    return [one for _, one in sorted(scored, key=lambda it: (-it[0], it[1].code))[:limit]]


def _shared(words: str, text: str) -> float:
    """Which part of the neighbouring characters of what was said stand in the text as well."""
    pairs: Sequence[str] = [words[n : n + 2] for n in range(len(words) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
