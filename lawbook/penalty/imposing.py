"""What acts propose or impose (处罚内容): kinds and sums, read also from acts in older words."""

from lawbook.penalty.act import Act
from lawbook.penalty.kind import told
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty_kinds import KINDS, TAKING, Imposed, PenaltyKind
from lawbook.refusal import Refusal

OLDER = "penalty@2026.1"
"""Norms by which `confiscation` meant 没收违法所得、没收非法财物 in one word, without a sum."""


def _older(act: Act) -> bool:
    return OLDER in act.rules.split()


def imposed(act: Act | None) -> Imposed:
    """Kinds of penalty, the fine and what is taken, as an act tells them; nothing of no act."""
    if act is None:
        return Imposed()
    kinds = {PenaltyKind(one) for one in act.said.get("penalties") or ()}
    if _older(act) and PenaltyKind.CONFISCATION in kinds:
        kinds |= TAKING
    return Imposed(
        frozenset(kinds), told(act.said, "fine"), act.said.get("taken"), act.said.get("goods")
    )


def worded(act: Act | None) -> list[str]:
    """The words of the kinds, in the order of 行政处罚法 §9."""
    kinds = imposed(act).kinds
    return [KINDS[kind][0] for kind in PenaltyKind if kind in kinds]


def agrees(approved: Act, done: Act) -> bool:
    """Whether what is done is what was approved; an older approval leaves open which things it took."""
    before, after = imposed(approved), imposed(done)
    kinds = after.kinds == before.kinds
    if _older(approved) and before.kinds >= TAKING:
        kinds = after.kinds <= before.kinds and bool(after.kinds & TAKING)
        kinds = kinds and before.kinds - TAKING <= after.kinds
    same = before.taken in (None, after.taken) and before.goods in (None, after.goods)
    return kinds and before.fine == after.fine and same


def sums_clear(act: Act) -> Refusal | None:
    """A fine has its sum and what is taken has its worth, and no sum is without its kind (§59)."""
    told_of = imposed(act)
    if (PenaltyKind.FINE in told_of.kinds) != (told_of.fine > 0):
        return ActIncomplete("处以罚款的写明数额，不处罚款的不写数额")
    if bool(TAKING & told_of.kinds) != bool(told_of.taken):
        return ActIncomplete("没收的写明数额或者价值，不没收的不写")
    both, goods = told_of.kinds >= TAKING, told_of.goods
    if both and not (goods and goods < (told_of.taken or 0)):
        return ActIncomplete("同时没收违法所得和非法财物的，写明合计中非法财物的价值")
    return ActIncomplete("只没收一项的，不另写非法财物的价值") if goods and not both else None
