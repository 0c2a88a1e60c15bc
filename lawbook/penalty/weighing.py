"""Guards of discretion: a violation that states its grade is weighed by article and benchmark (裁量)."""

from collections.abc import Mapping
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
    next_step = "逐项核对罚款；合计应当等于拟处罚款"


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

    A violation that names an offence of the catalogue with its grade and fine is weighed; one that
    names its fine alone must lie in the article's range. One that is not in the catalogue is the
    handler's to justify in words.
    """
    if scales is None or act.said.get("outcome") != "penalty":
        return None
    told = [dict(one) for one in act.said.get("violations") or ()]
    for one in told:
        if is_daily(one):
            continue  # Its sum is counted, not weighed (daily_holds).
        try:
            if weighing(case, act, one, scales) is None and one.get("fine") is not None:
                _plain(case, act, one, scales)
        except Refusal as refusal:
            return refusal
    fines = [one.get("fine") for one in told]
    graded = any(one.get("grade") for one in told)
    total = sum(fine for fine in fines if fine is not None)
    if graded and None not in fines and total != (act.said.get("fine") or 0):
        return FinesDiffer(
            f"各项合计{in_figures(total)}元，拟处罚款{in_figures(act.said.get('fine') or 0)}元"
        )
    return None


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
