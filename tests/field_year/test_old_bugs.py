"""A simulator earns trust by catching: bugs of other systems are put back, and each is found.

Those that show within a day or two are hunted here; `make field-year-bugs` hunts all of them.
"""

import pytest

from field_year.bugs import hunt
from field_year.historic import ALL

QUICK = {
    "new-id-after-silence": {"once", "letters"},
    "success-on-half-an-answer": {"receipts"},
    "number-reused": {"numbers", "acts"},
    "file-not-confirmed": {"files"},
    "check-then-insert": {"once"},
    "replay-not-recognised": {"once"},
    "answer-before-commit": {"receipts"},
    "everybody-sees-all": {"region"},
}


@pytest.mark.parametrize("name", QUICK)
def test_an_old_bug_is_caught_by_what_guards_against_it(ground, name):
    (bug,) = (one for one in ALL if one.name == name)
    told = hunt(ground, bug)
    assert told is not None
    assert told.broken is not None
    assert told.broken.name in QUICK[name]


def test_every_bug_names_its_thread_and_is_named_once():
    assert len({bug.name for bug in ALL}) == len(ALL) >= 12
    assert all(bug.thread for bug in ALL)
