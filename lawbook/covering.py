"""Which findings of a visit a document covers (文书所针对的问题): what the law suggests, what is covered.

Pure. A finding is a mapping as records keep it: id, description, correct_by, major.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lawbook.refusal import Refusal

ORDER, MEASURES, PENALTY = "correction-order", "on-site-measures", "on-the-spot-penalty"
KINDS = frozenset((ORDER, MEASURES, PENALTY))
"""Documents that are made about chosen findings; the record names every one."""
FIELDS = ("problems", "findings")
"""Where such a document holds what it covers, item by item, each with its `finding`."""


class FindingCovered(Refusal):
    """A finding that a document of the same kind covers already."""

    code = "finding-covered"
    title = "所选问题已有同类文书，不能重复作出"
    law = "行政处罚法 §29；安全生产法 §65"
    next_step = "从本文书中去掉该项；原文书有误的，先对原文书制作更正通知书"


class FindingUnknown(Refusal):
    """A finding that was not found at this visit."""

    code = "finding-unknown"
    title = "所选问题不在本次检查发现的问题之中"
    law = "安全生产法 §65"
    next_step = "从本次检查发现的问题中重新选择"


class NothingChosen(Refusal):
    """A document about findings that covers none."""

    code = "nothing-chosen"
    title = "没有选择本文书针对的问题"
    law = "安全生产法 §65"
    next_step = "在“修改内容”中选择本文书针对的问题"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whether a document of a kind should cover a finding, with the reason in words (列入建议)."""

    finding: str
    covers: bool
    why: str
    law: str = ""

    @property
    def told(self) -> str:
        """The reason with its article."""
        return f"{self.why}（{self.law}）" if self.law else self.why


def suggest(
    kind: str,
    findings: Iterable[Mapping[str, Any]],
    inspected_on: date,
    covered: Mapping[str, str],
    punished: Mapping[str, tuple[bool, str, str]] | None = None,
) -> list[Suggestion]:
    """Of every finding whether a document of this kind should cover it.

    `covered`: id → the number of the document of this kind that covers it. `punished`: id → whether
    its article lets it be punished on the spot, how it punishes, and which it is.
    """
    return [_suggested(kind, one, inspected_on, covered, punished or {}) for one in findings]


def _suggested(
    kind: str,
    found: Mapping[str, Any],
    inspected_on: date,
    covered: Mapping[str, str],
    punished: Mapping[str, tuple[bool, str, str]],
) -> Suggestion:
    id_ = str(found["id"])
    if id_ in covered:
        return Suggestion(id_, False, f"已列入{covered[id_]}，不能重复列入")
    at_once = str(found.get("correct_by") or "") <= inspected_on.isoformat()
    if kind == ORDER:
        if found.get("major"):
            return Suggestion(
                id_, True, "重大事故隐患，应当责令排除并限期整改", "安全生产法 §65(1)(3)"
            )
        return Suggestion(id_, True, "违法行为，应当责令限期改正", "安全生产法 §65(1)(2)")
    if kind == MEASURES:
        law = "安全生产法 §65(1)(3)"
        if found.get("major"):
            why = "重大事故隐患，排除前或者排除过程中无法保证安全的，应当撤出人员、停产停业或者停止使用"
            return Suggestion(id_, True, why, law)
        if at_once:
            return Suggestion(id_, True, "应当立即排除的事故隐患", law)
        why = "不属于重大事故隐患，也不要求立即排除，责令限期整改即可"
        return Suggestion(id_, False, why, "安全生产法 §65(1)(2)")
    if id_ in punished:
        return Suggestion(id_, *punished[id_])
    return Suggestion(id_, False, "没有查到发现时即可处罚的条款", "行政处罚法 §51")


def chosen(said: Mapping[str, Any]) -> Iterator[str]:
    """The findings that a document's content says it covers; none of what names no ids."""
    for field in FIELDS:
        items = said.get(field)
        for one in items if isinstance(items, list | tuple) else ():
            if isinstance(one, Mapping) and one.get("finding"):
                yield str(one["finding"])


def covering(data: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> set[str]:
    """Which findings a document covers: by their ids, or by their words where it names no ids."""
    told: set[str] = set()
    for field in FIELDS:
        items = data.get(field)
        told |= {
            str(one.get("description", "")).strip()
            for one in (items if isinstance(items, list | tuple) else ())
            if isinstance(one, Mapping) and not one.get("finding")
        }
    named = set(chosen(data))
    return named | {str(one["id"]) for one in findings if str(one["description"]).strip() in told}


def against_covering(said: Mapping[str, Any], covered: Mapping[str, str]) -> Refusal | None:
    """Why a document may not cover what it covers; None when it may."""
    places = {one: at for at, one in enumerate(chosen(said), start=1)}
    twice = [one for one in places if one in covered]
    if not twice:
        return None
    numbers = "、".join(dict.fromkeys(covered[one] for one in twice))
    told = "、".join(str(places[one]) for one in twice)
    return FindingCovered(f"第{told}项已列入{numbers}", findings=twice)
