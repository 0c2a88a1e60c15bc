"""Guards of discretion: a violation that states its grade is weighed by article and benchmark (裁量)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lawbook.choice_of_law import Choice, Facts, governing
from lawbook.discretion import LIGHT, Benchmark, FineOutOfRange, Weighed, require_statutory, weigh
from lawbook.fines import GainUnknown, IncomeUnknown
from lawbook.leniency import FACTORS, Factor, require_penalty_allowed
from lawbook.money import in_figures
from lawbook.offences import Addressee, Catalogue, Circumstance
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.daily import daily, is_daily
from lawbook.penalty.refusals import PenaltyRefusal
from lawbook.refusal import Refusal


class FinesDiffer(PenaltyRefusal):
    """The fine proposed is not the sum of what the violations were weighed at."""

    code = "fines-differ"
    title = "拟处罚款与各项违法行为的罚款合计不符"
    law = "行政处罚法 §5(2)"
    next_step = "逐项核对罚款，合计应当等于拟处罚款；此后从轻、减轻的，写明裁量的情节和理由"


class GradeMissing(PenaltyRefusal):
    """A fine for a violation that catalogue and benchmark know, weighed by neither."""

    code = "grade-missing"
    title = "没有按裁量基准写明阶次和罚款"
    law = "行政处罚法 §5(2)、§34"
    next_step = "逐项选择裁量阶次、写明罚款；裁量基准不适用的，写明理由"


@dataclass(frozen=True, slots=True)
class Scales:
    """What violations are weighed by: the catalogue of offences, and benchmarks by their first day."""

    catalogue: Catalogue
    benchmarks: tuple[Benchmark, ...]

    def benchmark(self, on: date) -> Benchmark | None:
        """The newest in force on a day: that of the filing, which a case keeps."""
        fit = [
            one
            for one in self.benchmarks
            if one.valid_from <= on and (one.valid_until is None or on <= one.valid_until)
        ]
        return fit[-1] if fit else None


def weighed(case: Case, act: Act, scales: Scales | None) -> Refusal | None:
    """Why the discretion of an act does not hold, or None.

    A violation that names an offence of the catalogue is weighed by its grade and fine; one that says
    why the benchmark does not fit (`departure`) must lie in the article's range. One that is not in
    the catalogue is the handler's to justify in words.
    """
    if scales is None or act.said.get("outcome") != "penalty":
        return None
    told = [dict(one) for one in act.said.get("violations") or ()]
    for one in told:
        if is_daily(one):
            continue  # Its sum is counted, not weighed (daily_holds).
        try:
            if weighing(case, act, one, scales) is not None:
                continue
            if one.get("fine") is not None:
                _plain(case, act, one, scales)
            if _to_be_graded(case, act, one, scales):
                return GradeMissing(str(one["description"]))
        except Refusal as refusal:
            return refusal
    total, fine = _total(told), act.said.get("fine") or 0
    return None if total in (None, fine) else _differ(total, fine)


def _to_be_graded(case: Case, act: Act, violation: Mapping[str, Any], scales: Scales) -> bool:
    """Whether a violation that was not weighed bears a fine by which the benchmark is to be asked."""
    kinds = violation.get("penalties")
    bears = bool(violation.get("fine")) or "fine" in (kinds or ("fine",))
    if not (bears and act.said.get("fine")) or violation.get("departure"):
        return False
    choice = _choice(case, act, violation, scales)
    span = choice.span if choice else None
    return span is not None and _benchmark(case, act, scales) is not None


def _total(told: Sequence[Mapping[str, Any]]) -> int | None:
    """What the violations were weighed at in all; None where some tell no fine, or none a grade."""
    fines = [one.get("fine") for one in told]
    if not any(one.get("grade") for one in told) or None in fines:
        return None
    return sum(int(fine) for fine in fines if fine is not None)


def _differ(total: int, fine: int) -> FinesDiffer:
    return FinesDiffer(f"各项合计{in_figures(total)}元，拟处罚款{in_figures(fine)}元")


def as_weighed(case: Case, act: Act, fine: int, scales: Scales | None) -> Refusal | None:
    """Why the fine of a later act is not what the violations were weighed at, or None.

    More never. Less only with its reason (`discretion`), where the act has a place for one; the head
    who approves less says why in his opinion.
    """
    total = _total(act.said.get("violations") or case.violations) if scales else None
    if total is None or fine == total:
        return None
    reasoned = act.kind not in REASONED or act.said.get("discretion")
    if fine < total and reasoned:
        return None
    return _differ(total, fine)


REASONED = ("notify-penalty", "submit-decision")
"""Acts that propose a fine once it was weighed, with the reason of what has changed since."""


def within_statute(case: Case, act: Act, fine: int, scales: Scales | None) -> Refusal | None:
    """Why the fine of an act is not one that the articles allow for all its violations, or None.

    More than their highest together never; less than their lowest only where one is mitigated on
    its ground (减轻, 行政处罚法 §32). Nothing is asked where a violation is not in the catalogue, or
    its range hangs on an income or a gain that nobody has told.
    """
    told = act.said.get("violations") or case.violations
    if scales is None or not told:
        return None
    least = most = 0
    for one in told:
        try:
            if by_day := daily(one):
                least, most = least + by_day.amount, most + by_day.amount
                continue
            factors = _factors(case, act, one, scales)
            require_penalty_allowed(factors)
            choice = _choice(case, act, one, scales)
        except (IncomeUnknown, GainUnknown):
            return None
        except Refusal as refusal:
            return refusal
        if choice is None:
            return None
        span, rule = choice.span, choice.tier.fine
        if span is None or rule is None:
            continue
        light = bool(one.get("mitigated")) and any(each.effect in LIGHT for each in factors)
        free = light or span.optional or rule.alone
        least, most = least + (0 if free else span.low), most + span.high
    if least <= fine <= most:
        return None
    if fine > most:
        return FineOutOfRange(f"罚款{in_figures(fine)}元，各项法定上限合计{in_figures(most)}元")
    return FineOutOfRange(
        f"罚款{in_figures(fine)}元，低于各项法定下限合计{in_figures(least)}元，也没有减轻处罚的情节"
    )


def _factors(case: Case, act: Act, violation: Mapping[str, Any], scales: Scales) -> list[Factor]:
    """The circumstances of a violation that law or benchmark know. Refuses FactorUnknown."""
    benchmark = _benchmark(case, act, scales)
    codes = list(violation.get("factors") or ())
    if benchmark is None:
        return [FACTORS[code] for code in codes if code in FACTORS]
    return [benchmark.factor(code, _whom(case, violation)) for code in codes]


def _benchmark(case: Case, act: Act, scales: Scales) -> Benchmark | None:
    return scales.benchmark(case.filing.on if case.filing else act.on)


def _whom(case: Case, violation: Mapping[str, Any]) -> Addressee:
    usual = Addressee.UNIT if case.party_kind == "organisation" else Addressee.RESPONSIBLE
    return Addressee(violation.get("on") or usual)


def _choice(case: Case, act: Act, violation: Mapping[str, Any], scales: Scales) -> Choice | None:
    """The provision that governs a violation; None when its offence is not in the catalogue."""
    code = violation.get("offence")
    if code not in scales.catalogue.offences:
        return None
    facts = Facts(
        Circumstance(str(violation.get("when") or "found").replace("-", "_")),
        _whom(case, violation), violation.get("income"), violation.get("gain"),
    )  # fmt: skip
    ended = violation.get("ended_on")
    until = date.fromisoformat(ended) if ended else act.on
    return governing(scales.catalogue.line(str(code)), until, act.on, facts)


def _plain(case: Case, act: Act, violation: Mapping[str, Any], scales: Scales) -> None:
    """A fine without a grade, by the article's range alone. Refuses as `require_statutory` does."""
    choice = _choice(case, act, violation, scales)
    if choice is not None and choice.span is not None:
        require_statutory(
            choice.span, int(violation["fine"]), _factors(case, act, violation, scales),
            mitigated=bool(violation.get("mitigated")),
        )  # fmt: skip


def weighing(case: Case, act: Act, violation: Mapping[str, Any], scales: Scales) -> Weighed | None:
    """One violation weighed; None when it states no grade, or is not in the catalogue.

    Refuses as `lawbook.choice_of_law` and `lawbook.discretion` do.
    """
    grade, fine = violation.get("grade"), violation.get("fine")
    benchmark = _benchmark(case, act, scales)
    if not grade or fine is None or benchmark is None:
        return None
    choice = _choice(case, act, violation, scales)
    if choice is None or choice.span is None:
        return None
    return weigh(
        benchmark, choice.offence, choice.tier, choice.span, grade=str(grade),
        factors=list(violation.get("factors") or ()), fine=int(fine),
        reason=str(violation.get("reason") or ""), mitigated=bool(violation.get("mitigated")),
        departure=str(violation.get("departure") or ""),
    )  # fmt: skip
