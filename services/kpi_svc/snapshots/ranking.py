"""Who stands where in a snapshot (考核排名): the counties and the zone by what was due that day."""

from collections.abc import Sequence

from lawbook.ranking import Place, fraction, mean, places
from lawbook.rates import hundredths
from services.kpi_svc.indicators.schemas import IndicatorFigures, UnitFigure
from services.kpi_svc.snapshots.schemas import RankedRate, RankedUnit

PREFECTURE = "1408"
"""Whose own bureau publishes the ranking and does not stand in it."""
RULE = (
    "按到期各项指标比率的平均数排名，各项权重相同；没有应计对象的指标不计入平均数，各项都没有的不排名。"
    "比率按分数比较，不先四舍五入；相同的并列，其后名次顺延。市局本级不参加排名。（排名口径待确认）"
)


def ranking(due: Sequence[IndicatorFigures]) -> list[RankedUnit]:
    """The units, the first first; who is not placed comes last. due: what is ranked by."""
    units = {
        one.unit: one for item in due for one in item.units if one.region != PREFECTURE
    }  # fmt: skip
    of = {code: [_of(item, code) for item in due] for code in units}
    means = {
        code: mean([(one.numerator, one.denominator) for one in rates])
        for code, rates in of.items()
    }
    placed = places(means)
    by_item = [
        places({code: fraction((of[code][n].numerator, of[code][n].denominator)) for code in units})
        for n in range(len(due))
    ]
    found = [
        RankedUnit(
            unit=code, name=units[code].name, behind=units[code].behind,
            place=_place(placed, code), tied=_tied(placed, code),
            mean=hundredths(value.numerator, value.denominator)
            if (value := means[code]) is not None else None,
            reached=sum(
                bool(one.denominator) and (one.numerator or 0) >= item.goal * (one.denominator or 0)
                for item, one in zip(due, of[code], strict=True)
            ),
            rates=[
                RankedRate(
                    code=item.code, numerator=of[code][n].numerator,
                    denominator=of[code][n].denominator, place=_place(by_item[n], code),
                    tied=_tied(by_item[n], code),
                )
                for n, item in enumerate(due)
            ],
        )
        for code in units
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.place or len(found) + 1, one.unit))


def _of(item: IndicatorFigures, unit: str) -> UnitFigure:
    return next(one for one in item.units if one.unit == unit)


def _place(known: dict[str, Place], code: str) -> int | None:
    return known[code].place if code in known else None


def _tied(known: dict[str, Place], code: str) -> bool:
    return code in known and known[code].tied
