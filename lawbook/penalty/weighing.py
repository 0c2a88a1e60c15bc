"""Guards of discretion: a violation that states its grade is weighed by article and benchmark (裁量)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lawbook.choice_of_law import Facts, governing
from lawbook.discretion import Benchmark, Weighed, weigh
from lawbook.money import in_figures
from lawbook.offences import Addressee, Catalogue, Circumstance
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
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

    Only violations that name an offence of the catalogue with its grade and fine are weighed: one
    that is not in the catalogue is the handler's to justify in words.
    """
    if scales is None or act.said.get("outcome") != "penalty":
        return None
    told = [dict(one) for one in act.said.get("violations") or ()]
    for one in told:
        try:
            weighing(case, act, one, scales)
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


def weighing(case: Case, act: Act, violation: Mapping[str, Any], scales: Scales) -> Weighed | None:
    """One violation weighed; None when it states no grade, or is not in the catalogue.

    Refuses as `lawbook.choice_of_law` and `lawbook.discretion` do.
    """
    code, grade, fine = (violation.get(name) for name in ("offence", "grade", "fine"))
    filed = case.filing.on if case.filing else act.on
    benchmark = scales.benchmark(filed)
    if not grade or fine is None or code not in scales.catalogue.offences or benchmark is None:
        return None
    whom = Addressee.UNIT if case.party_kind == "organisation" else Addressee.RESPONSIBLE
    facts = Facts(
        Circumstance(str(violation.get("when") or "found").replace("-", "_")),
        Addressee(violation.get("on") or whom), violation.get("income"), violation.get("gain"),
    )  # fmt: skip
    ended = violation.get("ended_on")
    choice = governing(
        scales.catalogue.line(str(code)),
        date.fromisoformat(ended) if ended else act.on,
        act.on,
        facts,
    )
    if choice.span is None:
        return None
    return weigh(
        benchmark, choice.offence, choice.tier, choice.span, grade=str(grade),
        factors=list(violation.get("factors") or ()), fine=int(fine),
        reason=str(violation.get("reason") or ""), mitigated=bool(violation.get("mitigated")),
    )  # fmt: skip
