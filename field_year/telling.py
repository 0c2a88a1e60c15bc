"""How a year is told: a calm line while it goes on, and at its end what was proved, in Chinese."""

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from field_year.world import Told, World, Year

WORK = {
    "days": "检查日",
    "inspections": "现场检查",
    "documents": "文书",
    "photos": "照片",
    "voided": "作废文号",
}


class Teller:
    """Tells one year after another in a terminal; plain lines where the output is none."""

    def __init__(self) -> None:
        self.console = Console(highlight=False)
        self._bar = Progress(
            TextColumn("[cyan]{task.description}"), BarColumn(40, complete_style="dark_cyan"),
            TextColumn("第 {task.completed}/{task.total} 天"), TextColumn("[dim]{task.fields[told]}"),
            TimeElapsedColumn(), console=self.console, transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("模拟外勤年", total=1, told="")

    def __enter__(self) -> "Teller":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begins(self, year: "Year") -> None:
        """A year begins."""
        title = f"模拟外勤年 种子 {year.seed}"
        self._bar.reset(self._task, total=year.days, description=title, told="")

    def day(self, world: "World") -> None:
        """A day has passed and every invariant holds."""
        told = world.told
        self._bar.update(
            self._task, completed=world.day,
            told=f"检查 {told.work['inspections']} 次，异常 {told.faults.total()} 次",
        )  # fmt: skip

    def ended(self, told: "Told") -> None:
        """One year is over."""
        year = told.year
        if told.broken:
            self.console.print(f"[bold red]✗[/] 种子 {year.seed}：{told.broken}", soft_wrap=True)
            for line in told.lines[-8:]:
                self.console.print(f"    [dim]{line}[/]", soft_wrap=True)
            again = f"make field-year SEED={year.seed} DAYS={year.days} TABLETS={year.tablets}"
            self.console.print(f"  重放：[bold]{again}[/]", soft_wrap=True)
        else:
            self.console.print(
                f"[green]✓[/] 种子 {year.seed}  记录摘要 {told.digest[:16]}", soft_wrap=True
            )

    def summary(self, years: "list[Told]") -> None:
        """What all of them came to."""
        work: Counter[str] = sum((one.work for one in years), Counter())
        faults: Counter[str] = sum((one.faults for one in years), Counter())
        broken = [one for one in years if one.broken]
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(style="dim")
        table.add_column(justify="right")
        for name, title in WORK.items():
            table.add_row(title, f"{work[name]:,}")
        table.add_row("信件（有回执）", f"{work['letters']:,}")
        table.add_row("克隆平板被挡下的信件（留在平板上可见）", f"{work['quarantined']:,}")
        table.add_row("注入异常", f"{faults.total():,}")
        self.console.print()
        self.console.print(Padding(table, (0, 0, 0, 2), expand=False))
        told = "，".join(f"{name} {times}" for name, times in faults.most_common())
        self.console.print(f"  [dim]{told}[/]\n", soft_wrap=True)
        if broken:
            self.console.print(f"  [bold red]{len(broken)} 个种子违反不变式[/]", soft_wrap=True)
        if counted := "、".join(str(one.year.seed) for one in years if not one.broken):
            lost, twice = work["lost"], work["twice"]
            self.console.print(
                f"  清点 {work['shown']:,} 件：[bold {'red' if lost or twice else 'green'}]"
                f"丢失 {lost}，重复 {twice}[/]  种子 {counted}", soft_wrap=True,
            )  # fmt: skip
