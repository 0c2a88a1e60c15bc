"""What a region or the bureau sets for penalty cases (处罚程序参数): data, mostly 待确认."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

from lawbook.content import need

GRAVE = frozenset(("suspension_order", "revocation", "closure", "restriction"))
"""Penalties that always give the right to a hearing (行政处罚法 §63(1)), and are deliberated."""
PENALTIES: Mapping[str, str] = {
    "warning": "警告",
    "criticism": "通报批评",
    "fine": "罚款",
    "confiscation": "没收违法所得、没收非法财物",
    "suspension_order": "责令停产停业整顿",
    "revocation": "吊销许可证件",
    "closure": "责令关闭",
    "restriction": "限制从业",
}


@dataclass(frozen=True, slots=True)
class Norms:
    """Thresholds in fen, by kind of party, from which the law's "larger" begins (较大数额)."""

    ref: str
    hearing_from: Mapping[str, int]
    deliberation_from: Mapping[str, int]
    summary_most: Mapping[str, int]
    at_once_most: int

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """From `content/procedures/penalty.toml`."""
        body = dict(content)
        where = "procedures/penalty"
        return cls(
            f"{need(body, 'code', where)}@{need(body, 'version', where)}",
            need(body, "hearing", where)["fine_from"],
            need(body, "deliberation", where)["fine_from"],
            need(body, "summary", where)["fine_most"],
            need(body, "summary", where)["collect_at_once_most"],
        )

    def hearing_right(self, party: str, penalties: Collection[str], fine: int) -> bool:
        """Whether the party may demand a hearing (行政处罚法 §63).

        What a larger confiscation is, no source that was read says: every one gives the right.
        """
        grave = GRAVE | {"confiscation"}
        return bool(grave.intersection(penalties)) or fine >= self.hearing_from[party]

    def must_deliberate(self, party: str, penalties: Collection[str], fine: int) -> bool:
        """Whether those who lead the organ decide together (行政处罚法 §57(2))."""
        return bool(GRAVE.intersection(penalties)) or fine >= self.deliberation_from[party]
