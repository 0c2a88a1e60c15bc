"""What the catalogue holds, and a violation weighed: nothing is written."""

from datetime import date
from pathlib import Path

from lawbook.choice_of_law import Choice, Facts, governing
from lawbook.discretion import Benchmark, weigh
from lawbook.fines import Span
from lawbook.leniency import EFFECTS
from lawbook.offences import ADDRESSEES, CIRCUMSTANCES, Addressee, Offence, Tier
from lawbook.penalty_kinds import KINDS
from services.case_svc.weighings.law import benchmark, catalogue
from services.case_svc.weighings.schemas import (
    FactorTold,
    GradeTold,
    OffenceTold,
    SpanTold,
    TierTold,
    Weighing,
    WeighingBody,
)


def offences(folder: Path, q: str | None, basis: str | None, on: date) -> list[OffenceTold]:
    """The offences in force on a day, by a part of their words or by the article cited."""
    found = catalogue(folder)
    fit = found.cited(basis, on) if basis else list(found.offences.values())
    words = (q or "").split()
    return [
        _offence(one)
        for one in fit
        if one.in_force(on) and all(word in one.text + one.basis + one.code for word in words)
    ]


def weighed(folder: Path, body: WeighingBody) -> Weighing:
    """The governing law, the ranges, and the text when a sum is chosen. Refuses as the lawbook does."""
    line = catalogue(folder).line(body.offence)
    facts = Facts(body.when, body.on, body.income, body.gain)
    choice = governing(line, body.act_until, body.decided_on, facts)
    used = benchmark(folder, body.decided_on, body.benchmark)
    chosen = None
    if choice.span is not None and body.grade is not None and body.fine is not None:
        chosen = weigh(
            used, choice.offence, choice.tier, choice.span, grade=body.grade,
            factors=body.factors, fine=body.fine, reason=body.reason or "", mitigated=body.mitigated,
            departure=body.departure or "",
        )  # fmt: skip
    allowed = chosen.allowed if chosen else _allowed(used, choice, body)
    return Weighing(
        offence=choice.offence.code, edition=choice.offence.edition, law=choice.tier.law,
        choice=choice.why, order=choice.tier.order, also=[KINDS[k][0] for k in choice.tier.also],
        span=_span(choice.span) if choice.span else None,
        grades=_grades(used, choice.offence, choice.span),
        factors=_factors(used, choice.tier.on),
        allowed=_span(allowed) if allowed else None,
        fine=chosen.fine if chosen else None, text=chosen.text if chosen else "",
        benchmark=used.ref, status=used.status,
    )  # fmt: skip


def _allowed(used: Benchmark, choice: Choice, body: WeighingBody) -> Span | None:
    """What grade and circumstances allow, before a sum is chosen."""
    if choice.span is None or body.grade is None:
        return None
    factors = [used.factor(code, choice.tier.on) for code in body.factors]
    return used.allowed(choice.span, used.grade(body.grade), factors, mitigated=body.mitigated)


def _offence(one: Offence) -> OffenceTold:
    return OffenceTold(
        code=one.code, text=one.text, basis=one.basis, broke=one.broke, edition=one.edition,
        valid_from=one.valid_from, valid_until=one.valid_until,
        tiers=[_tier(tier) for tier in one.tiers],
    )  # fmt: skip


def _tier(tier: Tier) -> TierTold:
    return TierTold(
        when=tier.when, on=tier.on, when_told=CIRCUMSTANCES[tier.when], on_told=ADDRESSEES[tier.on],
        told=tier.told, law=tier.law, order=tier.order, also=[KINDS[kind][0] for kind in tier.also],
        fined=tier.fine is not None,
    )  # fmt: skip


def _span(span: Span) -> SpanTold:
    return SpanTold(low=span.low, high=span.high, optional=span.optional, told=span.told)


def _grades(used: Benchmark, offence: Offence, span: Span | None) -> list[GradeTold]:
    if span is None:
        return []
    return [
        GradeTold(
            code=one.code, name=one.name, band=_span(one.band(span)),
            conditions=list(used.when(offence.code, one.code)),
        )
        for one in used.grades.values()
    ]  # fmt: skip


def _factors(used: Benchmark, on: Addressee) -> list[FactorTold]:
    return [
        FactorTold(
            code=one.code, text=one.text, effect=str(one.effect), effect_told=EFFECTS[one.effect],
            law=one.law,
        )
        for one in used.factors.values()
        if not one.persons or on.party_kind == "person"
    ]  # fmt: skip
