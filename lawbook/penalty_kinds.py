"""Kinds of penalty (行政处罚的种类): 行政处罚法 §9, the ceilings of §51, what §57, §58 and §63 hang on them.

Money in whole fen. What counts as a larger sum (较大数额) is set by each region: it is handed in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from lawbook.money import written
from lawbook.refusal import Refusal


class PenaltyKind(StrEnum):
    """处罚种类, in the order of §9: the later ones weigh more when two laws are compared."""

    WARNING = "warning"
    CRITICISM = "criticism"
    FINE = "fine"
    CONFISCATION = "confiscation"
    GOODS_CONFISCATION = "goods_confiscation"
    LICENCE_SUSPENSION = "licence_suspension"
    DOWNGRADE = "downgrade"
    REVOCATION = "revocation"
    ACTIVITY_RESTRICTION = "activity_restriction"
    SUSPENSION_ORDER = "suspension_order"
    CLOSURE = "closure"
    RESTRICTION = "restriction"


KINDS: Mapping[PenaltyKind, tuple[str, str]] = {
    PenaltyKind.WARNING: ("警告", "行政处罚法 §9(1)"),
    PenaltyKind.CRITICISM: ("通报批评", "行政处罚法 §9(1)"),
    PenaltyKind.FINE: ("罚款", "行政处罚法 §9(2)"),
    PenaltyKind.CONFISCATION: ("没收违法所得", "行政处罚法 §9(2)"),
    PenaltyKind.GOODS_CONFISCATION: ("没收非法财物", "行政处罚法 §9(2)"),
    PenaltyKind.LICENCE_SUSPENSION: ("暂扣许可证件", "行政处罚法 §9(3)"),
    PenaltyKind.DOWNGRADE: ("降低资质等级", "行政处罚法 §9(3)"),
    PenaltyKind.REVOCATION: ("吊销许可证件", "行政处罚法 §9(3)"),
    PenaltyKind.ACTIVITY_RESTRICTION: ("限制开展生产经营活动", "行政处罚法 §9(4)"),
    PenaltyKind.SUSPENSION_ORDER: ("责令停产停业整顿", "行政处罚法 §9(4)"),
    PenaltyKind.CLOSURE: ("责令关闭", "行政处罚法 §9(4)"),
    PenaltyKind.RESTRICTION: ("限制从业", "行政处罚法 §9(4)"),
}
"""How each kind is said, and its article."""
TAKING = frozenset({PenaltyKind.CONFISCATION, PenaltyKind.GOODS_CONFISCATION})
"""Kinds that take something away (没收)."""
WITH_SUM = TAKING | {PenaltyKind.FINE}
"""Kinds that are measured in money; of goods, what they are worth."""
SUMMARY_CEILINGS: Mapping[str, int] = {"person": 20_000, "organisation": 300_000}
"""行政处罚法 §51, in fen: two hundred yuan for a citizen, three thousand for an organisation."""
SUMMARY_KINDS = frozenset({PenaltyKind.WARNING, PenaltyKind.FINE})
HEARD_KINDS: Mapping[PenaltyKind, str] = {
    PenaltyKind.DOWNGRADE: "行政处罚法 §63(1)",
    PenaltyKind.REVOCATION: "行政处罚法 §63(1)",
    PenaltyKind.SUSPENSION_ORDER: "行政处罚法 §63(1)",
    PenaltyKind.CLOSURE: "行政处罚法 §63(1)",
    PenaltyKind.RESTRICTION: "行政处罚法 §63(1)",
}
"""Penalties that are heard on request whatever the sum (§63 第三、四项)."""


class PenaltyNotSound(Refusal):
    """A penalty without its sum, with a sum it has no use for, or named twice."""

    code = "penalty-not-sound"
    title = "处罚内容填写不完整"
    law = "行政处罚法 §59"
    next_step = "逐项写明处罚种类；罚款、没收的，写明数额"


class SummaryNotAllowed(Refusal):
    """More than may be decided on the spot."""

    code = "summary-not-allowed"
    title = "超出当场处罚的范围"
    law = "行政处罚法 §51"
    next_step = "转为普通程序，立案调查"


@dataclass(frozen=True, slots=True)
class Penalty:
    """One penalty of a decision (处罚内容). `amount` in fen; `detail` adds what words must say."""

    kind: PenaltyKind
    amount: int | None = None
    detail: str = ""

    def __post_init__(self) -> None:
        if (self.kind in WITH_SUM) is not (self.amount is not None and self.amount > 0):
            said = KINDS[self.kind][0]
            wants = "没有写明数额" if self.kind in WITH_SUM else "没有数额"
            raise PenaltyNotSound(f"{said}{wants}", kind=str(self.kind))

    @property
    def told(self) -> str:
        """As a decision prints it: 罚款贰万元整（¥20,000.00）."""
        said = KINDS[self.kind][0]
        sum_ = written(self.amount) if self.amount is not None else ""
        return f"{said}{sum_}" + (f"：{self.detail}" if self.detail else "")

    def to_record(self) -> dict[str, Any]:
        """As a record keeps it."""
        return {"kind": str(self.kind), "amount": self.amount, "detail": self.detail}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """From a record. Refuses PenaltyNotSound, also for a kind that is none."""
        try:
            kind = PenaltyKind(record["kind"])
        except (KeyError, ValueError) as error:
            raise PenaltyNotSound(f"没有处罚种类 {record.get('kind')}") from error
        return cls(kind, record.get("amount"), str(record.get("detail") or ""))


def require_sound(penalties: Sequence[Penalty]) -> None:
    """At least one, each kind once. Refuses PenaltyNotSound."""
    if not penalties:
        raise PenaltyNotSound("没有处罚内容")
    kinds = [one.kind for one in penalties]
    if len(set(kinds)) < len(kinds):
        raise PenaltyNotSound("同一处罚种类只写一项，多项违法行为的罚款合并写明")


def fine_of(penalties: Iterable[Penalty]) -> int:
    """The fine among them, in fen; nought without one."""
    return sum(one.amount or 0 for one in penalties if one.kind is PenaltyKind.FINE)


@dataclass(frozen=True, slots=True)
class Imposed:
    """What is proposed or imposed in all (处罚内容合计): which kinds, the fine and what is taken, in fen.

    taken: None where nobody has said what the confiscated is worth. goods: what of it is the worth of
    goods (非法财物), where gains (违法所得) are taken too; None where nobody has told them apart.
    """

    kinds: frozenset[PenaltyKind] = frozenset()
    fine: int = 0
    taken: int | None = None
    goods: int | None = None

    @property
    def told(self) -> str:
        """In words: 罚款贰万元整（¥20,000.00）、吊销许可证件."""
        return "、".join(
            KINDS[kind][0] + (written(self.fine) if kind is PenaltyKind.FINE else "")
            for kind in PenaltyKind
            if kind in self.kinds
        )


def total(penalties: Iterable[Penalty]) -> Imposed:
    """What several penalties come to."""
    found = list(penalties)
    taken = [one.amount or 0 for one in found if one.kind in TAKING]
    return Imposed(
        frozenset(one.kind for one in found), fine_of(found), sum(taken) if taken else None
    )


def heavier(before: Imposed, after: Imposed) -> bool:
    """Whether the later is heavier: a kind that was not told of, a larger fine, more that is taken."""
    return (
        bool(after.kinds - before.kinds)
        or after.fine > before.fine
        or (before.taken is not None and (after.taken or 0) > before.taken)
        or _more_of_one(before, after)
    )


def _more_of_one(before: Imposed, after: Imposed) -> bool:
    """Of gains and goods that were told apart, one grew though the whole did not."""
    if before.goods is None or after.goods is None:
        return False
    gains = (before.taken or 0) - before.goods, (after.taken or 0) - after.goods
    return after.goods > before.goods or gains[1] > gains[0]


def require_summary(imposed: Imposed, party_kind: str) -> None:
    """Whether this may be decided on the spot (当场处罚). Refuses SummaryNotAllowed.

    `party_kind`: person or organisation. The ceiling itself is allowed (以下包括本数).
    """
    for kind in sorted(imposed.kinds - SUMMARY_KINDS):
        raise SummaryNotAllowed(f"{KINDS[kind][0]}不能当场作出")
    fine, ceiling = imposed.fine, SUMMARY_CEILINGS[party_kind]
    if fine > ceiling:
        whom = "公民" if party_kind == "person" else "法人或者其他组织"
        raise SummaryNotAllowed(
            f"罚款{written(fine)}，对{whom}当场罚款不得超过{written(ceiling)}", fine=fine
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step of the procedure is due: in words, with its article."""

    text: str
    law: str


Larger = Mapping[str, int]
"""From how many fen a sum is larger, by kind of party (较大数额): the region's data, 待确认."""


def hearing_due(
    imposed: Imposed, party_kind: str, fine_from: Larger, taken_from: Larger | None
) -> list[Reason]:
    """Why the party must be told of its right to a hearing (听证告知); empty when it need not be.

    fine_from, taken_from: from which fine, and from what is confiscated in all. Where no region has
    said what a larger confiscation is, or nobody what is taken, every one gives the right.
    """
    reasons = _grave(imposed, "", HEARD_KINDS)
    if imposed.fine >= fine_from[party_kind]:
        reasons.append(Reason(f"拟罚款{written(imposed.fine)}，属于较大数额", "行政处罚法 §63(1)"))
    if TAKING & imposed.kinds:
        if taken_from is None or imposed.taken is None:
            reasons.append(
                Reason("拟没收，数额、价值是否较大没有规定或者没有写明", "行政处罚法 §63(1)")
            )
        elif imposed.taken >= taken_from[party_kind]:
            reasons.append(
                Reason(
                    f"拟没收{written(imposed.taken)}，属于较大数额、较大价值", "行政处罚法 §63(1)"
                )
            )
    return reasons


def _grave(imposed: Imposed, said: str, laws: Mapping[PenaltyKind, str]) -> list[Reason]:
    return [
        Reason(f"拟{KINDS[kind][0]}{said}", laws[kind])
        for kind in HEARD_KINDS
        if kind in imposed.kinds
    ]


def deliberation_due(
    imposed: Imposed, party_kind: str, fine_from: Larger, *, complex_case: bool
) -> list[Reason]:
    """Why the heads must deliberate together (集体讨论): 情节复杂 or a grave violation (§57第二款)."""
    law = "行政处罚法 §57(2)"
    reasons = [Reason("情节复杂", law)] if complex_case else []
    reasons += _grave(imposed, "，属于重大行政处罚", dict.fromkeys(HEARD_KINDS, law))
    if imposed.fine >= fine_from[party_kind]:
        reasons.append(Reason(f"拟罚款{written(imposed.fine)}，达到集体讨论的数额", law))
    return reasons


def legal_review_due(
    *, public_interest: bool, heard: bool, complex_case: bool, listed: bool
) -> list[Reason]:
    """Why the decision must pass legal review first (法制审核): the four cases of §58.

    heard: the hearing procedure was gone through. listed: a law or regulation wants it (其他情形).
    """
    cases = (
        (public_interest, "涉及重大公共利益", "行政处罚法 §58"),
        (heard, "直接关系当事人或者第三人重大权益，经过听证程序", "行政处罚法 §58"),
        (complex_case, "案件情况疑难复杂、涉及多个法律关系", "行政处罚法 §58"),
        (listed, "法律、法规规定应当进行法制审核", "行政处罚法 §58"),
    )
    return [Reason(text, law) for holds, text, law in cases if holds]
