"""What is ordered, fined and still not corrected is told on the page of the inspection (按日连续处罚)."""

from typing import Any

import pytest

from gateway.console.pages.inspections import refusing

HAZARD: dict[str, Any] = {"id": "h", "state": "open"}
ORDER: dict[str, Any] = {"kind": "correction-order", "number": "1号"}
CASE: dict[str, Any] = {"id": "c", "fine": 5_000_000, "decided_on": "2026-07-01"}


def again(outcome: str, hazard: str = "h") -> dict[str, Any]:
    return {"reinspected_at": "2026-07-09", "results": [{"hazard_id": hazard, "outcome": outcome}]}


def test_a_refusal_to_correct_what_was_fined_may_be_fined_by_the_day():
    """安全生产法 §112: ordered, fined, and at the last look still as it was."""
    found = refusing([HAZARD], [ORDER], [again("corrected"), again("not_corrected")], [CASE])
    assert (found["count"], found["order"], found["case"]) == (1, ORDER, CASE)


@pytest.mark.parametrize(
    ("hazards", "documents", "reinspections", "cases"),
    [
        ([HAZARD], [], [again("not_corrected")], [CASE]),
        ([HAZARD], [ORDER], [], [CASE]),
        ([HAZARD], [ORDER], [again("not_corrected"), again("corrected")], [CASE]),
        ([HAZARD | {"state": "closed"}], [ORDER], [again("not_corrected")], [CASE]),
        ([HAZARD], [ORDER], [again("not_corrected")], []),
        ([HAZARD], [ORDER], [again("not_corrected")], [CASE | {"fine": 0}]),
        ([HAZARD], [ORDER], [again("not_corrected")], [CASE | {"decided_on": None}]),
    ],
)
def test_nothing_is_told_where_one_of_it_is_wanting(hazards, documents, reinspections, cases):
    assert refusing(hazards, documents, reinspections, cases) == {}
