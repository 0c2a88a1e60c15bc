"""`make field-year-bugs`: old bugs of other systems, put back one at a time; each must be caught.

A simulator that has never caught anything proves nothing. Each bug is a patch of our own code in
memory; a fixed, small budget of seeds is lived with it, and an invariant must fail.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from rich.console import Console
from rich.table import Table

from field_year.__main__ import somewhere
from field_year.historic import ALL, Bug
from field_year.house import Ground
from field_year.world import Told, Year, live

DAYS, TABLETS = 4, 4
SEEDS = range(1, 9)
NAMES = {
    "saved": "显示已保存的都在", "letters": "信件不消失、不改变", "receipts": "有回执的都在服务器上",
    "once": "一件事只登记一次", "numbers": "每个文号一种状态", "files": "文件摘要相符",
    "region": "没有外区划的数据", "delivered": "恢复后全部送达", "converged": "平板与服务器一致",
    "acts": "每个操作要么办成要么说明理由",
}  # fmt: skip


def hunt(ground: Ground, bug: Bug, seeds: Sequence[int] = SEEDS) -> Told | None:
    """The first year that the bug breaks, or None when it gets away."""
    for seed in seeds:
        with ExitStack() as stack:
            bug.put_back(stack)
            told = live(ground, Year(seed, DAYS, TABLETS, prepare=bug.prepare))
        if told.broken:
            return told
    return None


def main() -> None:
    """Hunt all bugs, or the named ones; 1 when one gets away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bug", nargs="*", help="names of bugs; all when none is given")
    given = parser.parse_args()
    console = Console(highlight=False)
    table = Table(
        "旧缺陷", "出处", "由此发现", "种子", "第几天", title="放回旧缺陷，看模拟外勤年是否发现"
    )
    missed = 0
    with somewhere(TABLETS) as made, console.status("正在放回旧缺陷 …") as status:
        for bug in ALL:
            if given.bug and bug.name not in given.bug:
                continue
            status.update(f"{bug.title} …")
            told = hunt(made, bug)
            if told is None or told.broken is None:
                missed += 1
                table.add_row(bug.title, bug.thread, "[bold red]没有发现[/]", "", "")
                continue
            day = told.lines[-1].partition(" ")[0]
            table.add_row(
                bug.title, bug.thread, NAMES.get(told.broken.name, told.broken.name),
                str(told.year.seed), day,
            )  # fmt: skip
    console.print(table)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
