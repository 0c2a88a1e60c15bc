"""The catalogue of offences (违法行为事项库): article, whom, in which circumstance, how much.

Content in `content/offences/*.toml`, one pack an edition of a law: editions stand side by side, each
with the days on which it was in force. An offence of a list (（一）（二）…) is one entry an item.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from lawbook.citation import written_out
from lawbook.content import ContentError, need
from lawbook.fines import FineRule, Span
from lawbook.penalty_kinds import KINDS, PenaltyKind
from lawbook.refusal import SYSTEM_RULE, Refusal


class Circumstance(StrEnum):
    """情形: what makes a provision apply."""

    FOUND = "found"
    OVERDUE = "overdue"
    SERIOUS = "serious"
    ACCIDENT = "accident"
    GENERAL_ACCIDENT = "general_accident"
    LARGER_ACCIDENT = "larger_accident"
    MAJOR_ACCIDENT = "major_accident"
    GRAVEST_ACCIDENT = "gravest_accident"


CIRCUMSTANCES: Mapping[Circumstance, str] = {
    Circumstance.FOUND: "查处时",
    Circumstance.OVERDUE: "逾期未改正（拒不改正、拒不执行）",
    Circumstance.SERIOUS: "情节严重",
    Circumstance.ACCIDENT: "发生生产安全事故",
    Circumstance.GENERAL_ACCIDENT: "发生一般事故",
    Circumstance.LARGER_ACCIDENT: "发生较大事故",
    Circumstance.MAJOR_ACCIDENT: "发生重大事故",
    Circumstance.GRAVEST_ACCIDENT: "发生特别重大事故",
}


class Addressee(StrEnum):
    """处罚对象: whom a provision penalises."""

    UNIT = "unit"
    RESPONSIBLE = "responsible"
    PRINCIPAL = "principal"
    MANAGER = "manager"
    INVESTOR = "investor"

    @property
    def party_kind(self) -> str:
        """organisation or person, as a case's parties are told apart."""
        return "organisation" if self is Addressee.UNIT else "person"


ADDRESSEES: Mapping[Addressee, str] = {
    Addressee.UNIT: "单位",
    Addressee.RESPONSIBLE: "直接负责的主管人员和其他直接责任人员",
    Addressee.PRINCIPAL: "主要负责人",
    Addressee.MANAGER: "其他负责人、安全生产管理人员",
    Addressee.INVESTOR: "个人经营的投资人",
}


class OffenceUnknown(Refusal):
    """An offence that the catalogue does not hold."""

    code = "offence-unknown"
    title = "事项库中没有这一违法行为"
    law = SYSTEM_RULE
    next_step = "从违法行为事项库中选择"


class ProvisionUnknown(Refusal):
    """The law does not penalise this party for this offence in this circumstance."""

    code = "provision-unknown"
    title = "法律没有规定对这一当事人在这一情形下的处罚"
    law = "行政处罚法 §4"
    next_step = "核对处罚对象和情形；仅责令改正的，不作处罚"


@dataclass(frozen=True, slots=True)
class Tier:
    """One provision (罚则): whom, when, how much, what else; `order` is no penalty but goes with it.

    `choice`: one of the kinds in `also` (暂停或者吊销). `law`: the provision to cite.
    """

    when: Circumstance
    on: Addressee
    fine: FineRule | None
    also: tuple[PenaltyKind, ...]
    order: str
    choice: bool
    law: str

    @property
    def penalises(self) -> bool:
        """Whether it knows a penalty; an order to correct alone is none."""
        return self.fine is not None or bool(self.also)

    def span(self, *, income: int | None = None, gain: int | None = None) -> Span:
        """The range of the fine for this party, in fen.

        Refuses ProvisionUnknown when no fine is provided for; IncomeUnknown, GainUnknown.
        """
        if self.fine is None:
            raise ProvisionUnknown(f"{self.law}在“{CIRCUMSTANCES[self.when]}”情形下没有规定罚款")
        return self.fine.span(income=income, gain=gain)

    @property
    def told(self) -> str:
        """The provision in words."""
        fine = f"罚款：{self.fine.told}" if self.fine else ""
        also = ("或者" if self.choice else "、").join(KINDS[kind][0] for kind in self.also)
        whom = "" if self.on is Addressee.UNIT else f"对{ADDRESSEES[self.on]}"
        told = "，".join(filter(None, (self.order, also, fine)))
        return f"{CIRCUMSTANCES[self.when]}：{whom}{told}"


@dataclass(frozen=True, slots=True)
class Offence:
    """违法行为（事项）: an entry of the catalogue. `before`: the same act in the edition replaced."""

    code: str
    text: str
    basis: str
    broke: str
    before: str
    tiers: tuple[Tier, ...]
    edition: str
    valid_from: date
    valid_until: date | None

    def in_force(self, on: date) -> bool:
        """Whether its law was in force on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def tier(self, when: Circumstance, on: Addressee) -> Tier:
        """The provision for a party in a circumstance. Refuses ProvisionUnknown."""
        for one in self.tiers:
            if (one.when, one.on) == (when, on):
                return one
        raise ProvisionUnknown(
            f"{self.text}：没有对{ADDRESSEES[on]}在“{CIRCUMSTANCES[when]}”情形下的处罚",
            offence=self.code,
        )


class Catalogue:
    """Every offence of some packs, by code."""

    def __init__(self, offences: Iterable[Offence]) -> None:
        self.offences: dict[str, Offence] = {}
        for one in offences:
            if one.code in self.offences:
                raise ContentError(f"违法行为 {one.code} 有两处")
            self.offences[one.code] = one

    @classmethod
    def from_content(cls, *packs: Mapping[str, Any]) -> Self:
        """From the bodies of `content/offences/*.toml`. ContentError names what is wrong where."""
        made = cls(one for body in packs for one in _offences(body))
        for offence in made.offences.values():
            if offence.before and offence.before not in made.offences:
                raise ContentError(f"{offence.code} 的 before {offence.before} 不在事项库中")
        return made

    def __getitem__(self, code: str) -> Offence:
        """Refuses OffenceUnknown."""
        try:
            return self.offences[code]
        except KeyError:
            raise OffenceUnknown(f"事项库中没有 {code}", offence=code) from None

    def line(self, code: str) -> list[Offence]:
        """This offence in every edition, the newest first: what may govern an act of any day."""
        told = [self[code]]
        while (last := told[-1]).before:
            told.append(self[last.before])
        return told

    def cited(self, basis: str, on: date) -> list[Offence]:
        """The offences in force on a day whose provision is cited so, as a check item cites it or as
        paper writes it out (《安全生产法》第九十九条第一项).

        A list's article without the item gives all of its items; several articles of one law may
        stand together (§19、§20).
        """
        if basis.startswith("《"):
            return [
                one
                for one in self.offences.values()
                if one.in_force(on) and written_out(one.basis).startswith(basis)
            ]
        law, _, articles = basis.partition(" §")
        wanted = [f"{law} §{one.strip().lstrip('§')}" for one in articles.split("、")]
        return [
            one
            for one in self.offences.values()
            if one.in_force(on)
            and any(one.basis == cited or one.basis.startswith(f"{cited}(") for cited in wanted)
        ]


def _offences(body: Mapping[str, Any]) -> Iterator[Offence]:
    edition = f"{body.get('code', '?')}@{body.get('version', '?')}"
    valid_from = _day(need(dict(body), "valid_from", edition))
    until = body.get("valid_until")
    span = (edition, valid_from, _day(until) if until else None)
    for entry in need(dict(body), "offence", edition):
        code = str(need(entry, "code", edition))
        basis, text = str(need(entry, "basis", code)), str(need(entry, "text", code))
        items = entry.get("items", ())
        if not items:
            tiers = tuple(_tier(tier, basis, code) for tier in need(entry, "tiers", code))
            yield Offence(
                code, text, basis, entry.get("broke", ""), entry.get("before", ""), tiers, *span
            )
        for number, item in enumerate(items, 1):
            its = f"{basis}({number})"
            tiers = tuple(_tier(tier, its, code) for tier in need(entry, "tiers", code))
            yield Offence(
                f"{code}-{number}", str(need(item, "text", code)), its,
                item.get("broke", ""), item.get("before", ""), tiers, *span,
            )  # fmt: skip


def _tier(tier: Mapping[str, Any], basis: str, where: str) -> Tier:
    try:
        when, on = Circumstance(tier["when"]), Addressee(tier["on"])
        also = tuple(PenaltyKind(kind) for kind in tier.get("also", ()))
    except (KeyError, ValueError) as error:
        raise ContentError(f"{where}：{error}") from error
    made = Tier(
        when, on, FineRule.from_content(tier, where), also, str(tier.get("order", "")),
        bool(tier.get("choice", False)), str(tier.get("law", basis)),
    )  # fmt: skip
    if not made.penalises and not made.order:
        raise ContentError(f"{where} 有一项既不处罚也不责令")
    return made


def _day(value: date | str) -> date:
    """A day as TOML or as JSON has it."""
    return value if isinstance(value, date) else date.fromisoformat(value)
