"""`python -m benches [NAME …]`: all of them, or those named (BENCHES).

ROWS=100000 plants, TURNS=5 turns; every turn measures ours and the limit one after the other.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Mapping

import structlog
from rich.console import Console

from benches import (
    archives,
    case_acts,
    cases,
    delivery,
    documents,
    figures_page,
    first_pull,
    first_screen,
    ledger_import,
    many_tablets,
    photos,
    province_pull,
    save,
    small_get,
    tablet_search,
)
from benches.ground import Ground, ground
from benches.measure import Figure
from benches.table import show
from deploy.postgres import stop_on_sigterm

Bench = Callable[[Ground, int, int], Coroutine[None, None, list[Figure]]]
BENCHES: Mapping[str, tuple[tuple[str, ...], Bench]] = {
    "import": (("ledger_svc",), ledger_import.measure),
    "pull": (("ledger_svc",), province_pull.measure),
    "delivery": (("case_svc",), delivery.measure),
    "tablets": (("case_svc",), many_tablets.measure),
    "photos": (("case_svc",), photos.measure),
    "gateway": (("ledger_svc",), small_get.measure),
    "first-pull": (("ledger_svc", "case_svc"), first_pull.measure),
    "first-screen": ((), first_screen.measure),
    "search": (("ledger_svc",), tablet_search.measure),
    "cases": (("case_svc",), cases.measure),
    "acts": (("case_svc",), case_acts.measure),
    "documents": (("case_svc",), documents.measure),
    "archives": (("case_svc",), archives.measure),
    "figures": (("kpi_svc",), figures_page.measure),
    "save": (("ledger_svc",), save.measure),
}


def main() -> int:
    """Measure, print the table; the exit status is 1 when a bar is not reached."""
    stop_on_sigterm()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    console = Console()
    rows, turns = int(os.environ.get("ROWS", "100000")), int(os.environ.get("TURNS", "5"))
    figures: list[Figure] = []
    for name in sys.argv[1:] or BENCHES:
        services, bench = BENCHES[name]
        with console.status(f"{name} …"), ground(*services) as here:
            figures += asyncio.run(bench(here, rows, turns))
    show(figures, console)
    return 0 if all(figure.reached for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
