"""`make field-year`: live some years, tell what they came to; 1 when an invariant did not hold."""

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from deploy.postgres import stop_on_sigterm
from field_year.house import Ground, ground
from field_year.telling import Teller
from field_year.world import Year, live


@contextmanager
def somewhere(tablets: int, log: Path | None = None) -> Iterator[Ground]:
    """The ground in a folder that goes with it; the services' words go to `log`, or nowhere."""
    with (
        tempfile.TemporaryDirectory(prefix="zhifa-year-") as folder,
        (log or Path(folder) / "services.log").open("w") as out,
    ):
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=structlog.PrintLoggerFactory(out),
        )
        with ground(Path(folder) / "ground", tablets) as made:
            yield made


def main() -> None:
    """Live the years of the given seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds, one after another")
    parser.add_argument("--days", type=int, default=20, help="days of each year")
    parser.add_argument("--tablets", type=int, default=6, help="tablets, in two regions by turns")
    parser.add_argument("--log", type=Path, help="where the services' warnings go")
    given = parser.parse_args()
    stop_on_sigterm()
    years = []
    with somewhere(given.tablets, given.log) as made, Teller() as teller:
        for seed in range(given.seed, given.seed + given.seeds):
            year = Year(seed, given.days, given.tablets)
            teller.begins(year)
            told = live(made, year, teller.day)
            years.append(told)
            teller.ended(told)
        teller.summary(years)
    sys.exit(0 if all(one.clean for one in years) else 1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
