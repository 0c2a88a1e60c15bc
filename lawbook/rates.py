"""Rates (比率) as people are told them: 100 % is said only where nothing is missing."""


def hundredths(numerator: int | None, denominator: int | None) -> int | None:
    """A rate in hundredths of a percent, the nearest, but never rounded up to a hundred percent.

    None where there is nothing to measure.
    """
    if numerator is None or not denominator:
        return None
    nearest = (20_000 * numerator + denominator) // (2 * denominator)
    return nearest if numerator >= denominator else min(nearest, 9_999)


def percent(numerator: int | None, denominator: int | None) -> str:
    """A rate as it is shown; “—” where there is nothing to measure."""
    found = hundredths(numerator, denominator)
    if found is None:
        return "—"
    if found >= 10_000:
        return "100%"
    if found == 0 and numerator:
        return "<0.01%"
    return f"{found // 100}.{found % 100:02d}%"
