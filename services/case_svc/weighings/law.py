"""The catalogue and the benchmarks of a content folder, read once (事项库、裁量基准)."""

from datetime import date
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from lawbook.discretion import Benchmark
from lawbook.offences import Catalogue
from services.case_svc.packs.content import packs
from services.kit.problems import Problem


class BenchmarkMissing(Problem):
    """No benchmark that was in force on the day."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "benchmark-missing",
        "没有该日有效的裁量基准",
    )
    next_step = "补充 content/discretion 中该日有效的裁量基准"


@lru_cache(maxsize=4)
def catalogue(folder: Path) -> Catalogue:
    """Every offence of a content folder, in all editions."""
    return Catalogue.from_content(
        *(file.pack.body for (kind, _, _), file in packs(folder).items() if kind == "offences")
    )


@lru_cache(maxsize=4)
def benchmarks(folder: Path) -> tuple[Benchmark, ...]:
    """Every benchmark of a content folder, the one that was in force first before the others."""
    found = [
        Benchmark.from_content(file.pack.body)
        for (kind, _, _), file in packs(folder).items()
        if kind == "discretion"
    ]
    return tuple(sorted(found, key=lambda one: (one.valid_from, one.ref)))


def benchmark(folder: Path, on: date, ref: str | None = None) -> Benchmark:
    """The one that a record quotes, or the newest in force on a day. Raises BenchmarkMissing."""
    fit = [one for one in benchmarks(folder) if (one.ref == ref if ref else _in_force(one, on))]
    if not fit:
        raise BenchmarkMissing
    return fit[-1]


def _in_force(one: Benchmark, on: date) -> bool:
    return one.valid_from <= on and (one.valid_until is None or on <= one.valid_until)
