"""Discretion (行政处罚裁量): from the statute's range, by grade and circumstances, to a sum with reasons.

The benchmark (裁量权基准) is replaceable data, `content/discretion/*.toml`: what it holds until the
bureau brings its own is a proposal (待确认). The circumstances of the penalty law are code
(`lawbook.leniency`). Money in whole fen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from lawbook.citation import written_out
from lawbook.content import UNCONFIRMED, ContentError, need
from lawbook.fines import Span
from lawbook.leniency import (
    EFFECTS,
    FACTORS,
    Effect,
    Factor,
    FactorUnknown,
    require_penalty_allowed,
)
from lawbook.money import in_figures, written
from lawbook.offences import ADDRESSEES, CIRCUMSTANCES, Addressee, Offence, Tier
from lawbook.refusal import Refusal

LIGHT, HEAVY = (Effect.LIGHTEN, Effect.MAY_LIGHTEN), (Effect.AGGRAVATE,)


class GradeUnknown(Refusal):
    """A grade that the benchmark does not have."""

    code = "grade-unknown"
    title = "没有这一裁量阶次"
    law = "行政处罚法 §34"
    next_step = "从裁量基准的阶次中选择"


class ReasonMissing(Refusal):
    """A sum without the reason that the documents must print."""

    code = "discretion-reason-missing"
    title = "没有写明裁量理由"
    law = "行政处罚法 §5(2)"
    next_step = "写明适用该阶次的事实和理由"


class FineOutOfRange(Refusal):
    """A sum that the article does not allow."""

    code = "fine-out-of-range"
    title = "罚款超出法定幅度"
    law = "行政处罚法 §4"
    next_step = "在法定幅度内确定数额；依法减轻的，选择减轻情节"


class FineOutOfGrade(Refusal):
    """A sum within the article's range and outside what the grade and the circumstances allow."""

    code = "fine-out-of-grade"
    title = "罚款超出所选裁量阶次的幅度"
    law = "行政处罚法 §34"
    next_step = "按阶次和情节的幅度确定数额，或者改选阶次并写明理由"


class NotMitigable(Refusal):
    """A fine below the range without a circumstance that lets it fall, or where there is no below."""

    code = "not-mitigable"
    title = "没有减轻处罚的法定情形"
    law = "行政处罚法 §32"
    next_step = "选择并证明减轻情节；没有的，在法定幅度内处罚"


@dataclass(frozen=True, slots=True)
class Grade:
    """裁量阶次: which part of the statute's range it takes, in per cent."""

    code: str
    name: str
    share: tuple[int, int]

    def band(self, span: Span) -> Span:
        """Its part of a range, in whole fen."""
        low, high = (span.low + (span.high - span.low) * per_cent // 100 for per_cent in self.share)
        return Span(low, high, span.optional)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """裁量基准: grades in ascending order, circumstances of its own, conditions by offence."""

    ref: str
    status: str
    grades: Mapping[str, Grade]
    factors: Mapping[str, Factor]
    conditions: Mapping[str, Mapping[str, tuple[str, ...]]]
    lighten_to: int
    aggravate_from: int
    valid_from: date
    valid_until: date | None

    @classmethod
    def from_content(cls, body: Mapping[str, Any]) -> Self:
        """From a pack's body. ContentError when grades leave a gap, or a row lacks a grade."""
        where = f"discretion/{body.get('code', '?')}"
        grades = {
            one["code"]: Grade(one["code"], one["name"], (int(one["from"]), int(one["to"])))
            for one in need(dict(body), "grade", where)
        }
        _require_whole(list(grades.values()), where)
        conditions: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for row in body.get("row", ()):
            if missing := [code for code in grades if not row.get(code)]:
                raise ContentError(f"{where} 的 {row['offences']} 缺少阶次 {'、'.join(missing)}")
            for offence in row["offences"]:
                if offence in conditions:
                    raise ContentError(f"{where} 的 {offence} 有两处")
                conditions[offence] = {code: tuple(row[code]) for code in grades}
        weighing = need(dict(body), "weighing", where)
        until = body.get("valid_until")
        return cls(
            f"{body['code']}@{body['version']}",
            str(body.get("status", UNCONFIRMED)),
            grades,
            dict(FACTORS) | {one["code"]: _factor(one) for one in body.get("factor", ())},
            conditions,
            int(weighing["lighten_to"]),
            int(weighing["aggravate_from"]),
            _day(need(dict(body), "valid_from", where)),
            _day(until) if until else None,
        )

    def grade(self, code: str) -> Grade:
        """Refuses GradeUnknown."""
        if code not in self.grades:
            raise GradeUnknown(f"裁量基准 {self.ref} 没有阶次 {code}")
        return self.grades[code]

    def factor(self, code: str, addressee: Addressee) -> Factor:
        """A circumstance of the law or of the benchmark. Refuses FactorUnknown."""
        found = self.factors.get(code)
        if found is None:
            raise FactorUnknown(f"没有裁量情节 {code}")
        if found.persons and addressee.party_kind != "person":
            raise FactorUnknown(f"“{found.text}”只适用于自然人")
        return found

    def when(self, offence: str, grade: str) -> tuple[str, ...]:
        """What a grade's conditions are for an offence; those for any offence where it has none."""
        return self.conditions.get(offence, self.conditions.get("*", {})).get(grade, ())

    def allowed(
        self, span: Span, grade: Grade, factors: Sequence[Factor], *, mitigated: bool = False
    ) -> Span:
        """The range in which the sum must lie, by grade and circumstances.

        Lightened: from the statute's lowest to a part of the grade; 可以从轻 keeps the grade's
        highest. Aggravated: from a part of the grade to the statute's highest. Both: the statute's
        range. Mitigated (减轻): below the statute's range. Refuses NotMitigable.
        """
        band = grade.band(span)
        light = [one for one in factors if one.effect in LIGHT]
        heavy = [one for one in factors if one.effect in HEAVY]
        if mitigated:
            if not light or span.low <= 1:
                raise NotMitigable("" if not light else "法定幅度没有下限，不存在减轻，可以从轻")
            return Span(1, span.low - 1, span.optional)
        if light and heavy:
            return span
        if light:
            must = any(one.effect is Effect.LIGHTEN for one in light)
            high = _part(band, self.lighten_to) if must else band.high
            return Span(span.low, high, span.optional)
        if heavy:
            return Span(_part(band, self.aggravate_from), span.high, span.optional)
        return band


def _part(band: Span, per_cent: int) -> int:
    return band.low + (band.high - band.low) * per_cent // 100


def _require_whole(grades: Sequence[Grade], where: str) -> None:
    """Grades from nought to a hundred, each beginning where the one before ends."""
    at = 0
    for one in grades:
        if one.share[0] != at or one.share[1] <= at:
            raise ContentError(f"{where} 的阶次 {one.code} 不衔接")
        at = one.share[1]
    if at != 100:
        raise ContentError(f"{where} 的阶次没有覆盖法定幅度")


def _factor(entry: Mapping[str, Any]) -> Factor:
    return Factor(entry["code"], entry["text"], Effect(entry["effect"]), entry["basis"])


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One violation weighed (裁量结果): what the documents print, and what the record keeps."""

    offence: str
    basis: str
    grade: str
    factors: tuple[str, ...]
    span: Span
    allowed: Span
    fine: int
    mitigated: bool
    text: str
    benchmark: str


def weigh(
    benchmark: Benchmark, offence: Offence, tier: Tier, span: Span, *,
    grade: str, factors: Sequence[str], fine: int, reason: str, mitigated: bool = False,
    departure: str = "",
) -> Weighed:  # fmt: skip
    """A sum for one violation, with the text that gives its reasons; or a refusal.

    `span`: the statute's range for this party (`tier.fine.span`). `fine`: in fen; nought only where
    the law says 可以处. `departure`: why the sum lies outside its grade, within the statute's range.
    Refuses MustNotPenalise, ReasonMissing, GradeUnknown, FactorUnknown, NotMitigable,
    FineOutOfRange, FineOutOfGrade.
    """
    found = [benchmark.factor(code, tier.on) for code in factors]
    require_penalty_allowed(found)
    if not reason.strip():
        raise ReasonMissing
    chosen = benchmark.grade(grade)
    allowed = benchmark.allowed(span, chosen, found, mitigated=mitigated)
    require_statutory(span, fine, found, mitigated=mitigated)
    outside = not (fine == 0 and span.optional) and not allowed.holds(fine)
    if outside and (mitigated or not departure.strip()):
        raise FineOutOfGrade(
            f"{in_figures(fine)}元不在阶次{chosen.code}（{chosen.name}）和情节允许的{allowed.told}内",
            low=allowed.low,
            high=allowed.high,
        )
    text = _text(
        benchmark, offence, tier, span, chosen, found, allowed, fine, reason, mitigated,
        departure if outside else "",
    )  # fmt: skip
    return Weighed(
        offence.code, tier.law, chosen.code, tuple(factors), span, allowed, fine, mitigated, text,
        benchmark.ref,
    )  # fmt: skip


def require_statutory(span: Span, fine: int, factors: Sequence[Factor], *, mitigated: bool) -> None:
    """That a sum is one which the article allows this party: above its range never, below it only
    where a circumstance lets it fall (减轻, 行政处罚法 §32).

    Refuses MustNotPenalise, NotMitigable, FineOutOfRange.
    """
    require_penalty_allowed(factors)
    if fine == 0 and span.optional:
        return
    low = span.low
    if mitigated:
        if not any(one.effect in LIGHT for one in factors):
            raise NotMitigable
        low = 1
    if fine <= 0 or not low <= fine <= span.high:
        raise FineOutOfRange(
            f"{in_figures(max(fine, 0))}元不在法定幅度（{span.told}）内",
            low=span.low,
            high=span.high,
        )


def _text(
    benchmark: Benchmark, offence: Offence, tier: Tier, span: Span, grade: Grade,
    factors: Sequence[Factor], allowed: Span, fine: int, reason: str, mitigated: bool,
    departure: str,
) -> str:  # fmt: skip
    """The reasons as documents print them."""
    whom = "" if tier.on is Addressee.UNIT else f"对{ADDRESSEES[tier.on]}"
    told = [
        f"{offence.text}，依据{written_out(tier.law)}，{CIRCUMSTANCES[tier.when]}{whom}的罚款"
        f"幅度为{span.told}。",
        f"裁量阶次：{grade.code}（{grade.name}）"
        + "".join(f"，{one}" for one in benchmark.when(offence.code, grade.code))
        + "。",
    ]
    told += [f"裁量情节：{f.text}（{written_out(f.law)}），{EFFECTS[f.effect]}。" for f in factors]
    told.append(f"理由：{reason.strip().rstrip('。')}。")
    if fine == 0:
        return "".join([*told, "决定不处罚款。"])
    how = "减轻处罚" if mitigated else f"在{allowed.told}的幅度内确定"
    if departure:
        why = departure.strip().rstrip("。")
        how = f"超出该阶次{allowed.told}的幅度，理由：{why}，在法定幅度内确定"
    note = "（裁量基准待确认）" if UNCONFIRMED in benchmark.status else ""
    return "".join([*told, f"{how}{note}，罚款{written(fine)}。"])


@dataclass(frozen=True, slots=True)
class Sum:
    """Several violations of one party (分别裁量，合并处罚): the fine in all, and each line."""

    fine: int
    text: str


def summed(lines: Sequence[Weighed]) -> Sum:
    """Each violation its own line, the fines added (一案多个违法行为). ValueError without a line."""
    if not lines:
        raise ValueError("no violation")
    fine = sum(one.fine for one in lines)
    if len(lines) == 1:
        return Sum(fine, lines[0].text)
    told = "".join(f"{number}．{one.text}" for number, one in enumerate(lines, 1))
    return Sum(fine, f"{told}以上{len(lines)}项违法行为分别裁量，合并罚款{written(fine)}。")
