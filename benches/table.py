"""The one table that `make bench` prints."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benches.measure import Figure


def fraction(bar: float) -> str:
    """A bar as it is written in the design: 1/6."""
    return f"1/{1 / bar:.3g}" if bar < 1 else f"{bar:.3g}"


def show(figures: Sequence[Figure], console: Console) -> None:
    """Print what, ours, limit, ratio with its spread, bar."""
    table = Table(title="每项与同一次运行中测得的原始上限相比（中位数，括号内为最小–最大）")
    table.add_column("what")
    table.add_column("limit")
    for heading in ("ours", "limit's", "ratio", "bar", "turns"):
        table.add_column(heading, justify="right")
    table.add_column("note")
    for figure in figures:
        low, high = figure.spread
        colour = "green" if figure.reached else "red"
        table.add_row(
            figure.what,
            figure.limit_is,
            f"{figure.ours:,.0f} {figure.unit}",
            f"{figure.limit:,.0f}",
            f"[{colour}]{figure.ratio:.3f}[/] ({low:.3f}–{high:.3f})",
            fraction(figure.bar),
            str(len(figure.samples)),
            figure.note,
        )
    console.print(table)
