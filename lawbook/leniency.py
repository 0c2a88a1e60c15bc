"""No penalty, lighter, below the range, heavier (不予处罚、从轻、减轻、从重): 行政处罚法 §30–§33, §49.

Each circumstance with its article. What a benchmark adds of its own is data (`lawbook.discretion`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lawbook.refusal import Refusal


class Effect(StrEnum):
    """What a circumstance does: must not, need not be penalised; must or may weigh less; weighs more."""

    EXEMPT = "exempt"
    MAY_EXEMPT = "may_exempt"
    LIGHTEN = "lighten"
    MAY_LIGHTEN = "may_lighten"
    AGGRAVATE = "aggravate"


EFFECTS: Mapping[Effect, str] = {
    Effect.EXEMPT: "不予行政处罚",
    Effect.MAY_EXEMPT: "可以不予行政处罚",
    Effect.LIGHTEN: "应当从轻或者减轻行政处罚",
    Effect.MAY_LIGHTEN: "可以从轻或者减轻行政处罚",
    Effect.AGGRAVATE: "从重行政处罚",
}


@dataclass(frozen=True, slots=True)
class Factor:
    """裁量情节: a circumstance, what it does, and the article that says so.

    `persons`: of natural persons only.
    """

    code: str
    text: str
    effect: Effect
    law: str
    persons: bool = False


def _factors(*rows: tuple[str, str, Effect, str, bool]) -> Mapping[str, Factor]:
    return {row[0]: Factor(*row) for row in rows}


FACTORS: Mapping[str, Factor] = _factors(
    ("under-14", "不满十四周岁", Effect.EXEMPT, "行政处罚法 §30", True),
    ("under-18", "已满十四周岁不满十八周岁", Effect.LIGHTEN, "行政处罚法 §30", True),
    ("incapable", "精神病人、智力残疾人在不能辨认或者不能控制自己行为时实施", Effect.EXEMPT,
     "行政处罚法 §31", True),
    ("partly-incapable", "尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人",
     Effect.MAY_LIGHTEN, "行政处罚法 §31", True),
    ("undone", "主动消除或者减轻违法行为危害后果", Effect.LIGHTEN, "行政处罚法 §32", False),
    ("coerced", "受他人胁迫或者诱骗实施违法行为", Effect.LIGHTEN, "行政处罚法 §32", False),
    ("confessed", "主动供述行政机关尚未掌握的违法行为", Effect.LIGHTEN, "行政处罚法 §32", False),
    ("merit", "配合行政机关查处违法行为有立功表现", Effect.LIGHTEN, "行政处罚法 §32", False),
    ("slight-and-mended", "违法行为轻微并及时改正，没有造成危害后果", Effect.EXEMPT,
     "行政处罚法 §33(1)", False),
    ("first-and-mended", "初次违法且危害后果轻微并及时改正", Effect.MAY_EXEMPT,
     "行政处罚法 §33(1)", False),
    ("no-fault", "有证据足以证明没有主观过错", Effect.EXEMPT, "行政处罚法 §33(2)", False),
    ("emergency", "突发事件应对期间违反应对措施", Effect.AGGRAVATE, "行政处罚法 §49", False),
)  # fmt: skip
"""Those that the penalty law itself names (§32第五项 refers to other laws: the benchmark's data)."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """On what a decision not to penalise rests (不予处罚的情形): in words, with its article.

    factor: the circumstance of the law that it is, where it is one.
    """

    text: str
    law: str
    factor: Factor | None = None


def _of(code: str) -> Exemption:
    return Exemption(FACTORS[code].text, FACTORS[code].law, FACTORS[code])


NO_PENALTY: Mapping[str, Exemption] = {
    "slight": _of("slight-and-mended"),
    "first": _of("first-and-mended"),
    "no-fault": _of("no-fault"),
    "under-14": _of("under-14"),
    "incapable": _of("incapable"),
    "milder-law": Exemption("作出决定时的法律不再处罚（从旧兼从轻）", "行政处罚法 §37"),
    "barred": Exemption("超过追责时效", "行政处罚法 §36"),
    "not-established": Exemption("违法事实不能成立", "行政处罚法 §57(1)"),
    "other": Exemption("其他法律、法规规定不予处罚", "行政处罚法 §57(1)"),
}
"""Every ground of a decision not to penalise. `other` names its law itself."""


class FactorUnknown(Refusal):
    """A circumstance that neither the law nor the benchmark names, or that is not this party's."""

    code = "factor-unknown"
    title = "没有这一裁量情节"
    law = "行政处罚法 §34"
    next_step = "从裁量情节表中选择"


class MustNotPenalise(Refusal):
    """A penalty where the law wants none."""

    code = "must-not-penalise"
    title = "依法不予行政处罚"
    law = "行政处罚法 §30、§31、§33、§36"
    next_step = "作出不予行政处罚决定，并对当事人进行教育"


class NotExempt(Refusal):
    """A decision not to penalise without a ground for it."""

    code = "not-exempt"
    title = "没有不予行政处罚的法定情形"
    law = "行政处罚法 §33"
    next_step = "写明不予处罚的情形和证据；没有的，依法作出处罚"


def age_on(born_on: date, act_on: date) -> int:
    """Full years on the day of the act (周岁: from the day after the birthday on)."""
    had = (act_on.month, act_on.day) > (born_on.month, born_on.day)
    return act_on.year - born_on.year - (not had)


def of_age(born_on: date, act_on: date) -> Factor | None:
    """What the age of a person on the day of the act does; None from eighteen on (§30)."""
    age = age_on(born_on, act_on)
    return FACTORS["under-14"] if age < 14 else FACTORS["under-18"] if age < 18 else None


def require_penalty_allowed(factors: Sequence[Factor]) -> None:
    """Refuses MustNotPenalise when a circumstance forbids the penalty, with its article."""
    for one in factors:
        if one.effect is Effect.EXEMPT:
            raise MustNotPenalise(f"{one.text}（{one.law}）", factor=one.code)


def require_exempt(
    ground: str, party_kind: str, *, barred: bool | None, law: str = ""
) -> Exemption:
    """The ground of a decision not to penalise. Refuses NotExempt when it is none for this party.

    party_kind: person or organisation. barred: whether every violation was found too late; None
    when that cannot be told. law: what `other` rests on.
    """
    found = NO_PENALTY.get(ground)
    if found is None:
        raise NotExempt("没有写明不予处罚的情形")
    if found.factor is not None and found.factor.persons and party_kind != "person":
        raise NotExempt(f"“{found.text}”只适用于自然人")
    if ground == "barred" and barred is False:
        raise NotExempt("违法行为在追责时效之内被发现")
    if ground == "other" and not law.strip():
        raise NotExempt("写明规定不予处罚的法律、法规条款")
    return found
