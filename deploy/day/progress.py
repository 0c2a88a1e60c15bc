"""How the day is told: chapters, what was done, what was found, figures that move."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.table import Table
from rich.text import Text


class Teller(Protocol):
    """Somebody who tells the day."""

    def chapter(self, hour: str, title: str, about: str) -> None:
        """A part of the day begins."""
        ...

    def done(self, what: str, detail: str = "") -> None:
        """Something was done and holds."""
        ...

    def refused(self, what: str, detail: str) -> None:
        """The system refused, as it must, and this is what it said."""
        ...

    def table(self, title: str, columns: list[str], rows: list[list[str]]) -> None:
        """Figures worth a look."""
        ...

    def working(self, what: str) -> AbstractContextManager[None]:
        """Something that takes a moment."""
        ...


class Silent:
    """Tells nothing: for tests."""

    def chapter(self, hour: str, title: str, about: str) -> None: ...

    def done(self, what: str, detail: str = "") -> None: ...

    def refused(self, what: str, detail: str) -> None: ...

    def table(self, title: str, columns: list[str], rows: list[list[str]]) -> None: ...

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        yield


class Spoken:
    """Tells the day in a terminal; plain lines where the output is not one."""

    def __init__(self) -> None:
        self.console = Console(highlight=False)
        self._began = time.monotonic()

    def chapter(self, hour: str, title: str, about: str) -> None:
        self.console.print()
        self.console.print(
            Text.assemble((f" {hour} ", "bold white on dark_cyan"), (f"  {title}", "bold"))
        )
        self.console.print(f"        [dim]{about}[/dim]")

    def done(self, what: str, detail: str = "") -> None:
        self._line("✓", "green", what, detail)

    def refused(self, what: str, detail: str) -> None:
        self._line("✗", "yellow", what, detail)

    def _line(self, mark: str, colour: str, what: str, detail: str) -> None:
        # The terminal wraps better than rich does, which knows no place to break a Chinese line.
        self.console.print(
            Text.assemble("      ", (mark, f"bold {colour}"), f" {what}"), soft_wrap=True
        )
        for line in detail.splitlines():
            self.console.print(Text(f"          {line}", style="dim"), soft_wrap=True)

    def table(self, title: str, columns: list[str], rows: list[list[str]]) -> None:
        table = Table(
            title=title, title_justify="left", title_style="dim", box=None, pad_edge=False
        )
        for index, column in enumerate(columns):
            table.add_column(column, justify="left" if index == 0 else "right")
        for row in rows:
            table.add_row(*row)
        from rich.padding import Padding

        self.console.print(Padding(table, (0, 0, 0, 8)))

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        with self.console.status(f"{what} …", spinner="dots"):
            yield
