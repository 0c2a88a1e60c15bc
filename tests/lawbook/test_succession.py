"""Who carries on for whom, on which day (职责承接)."""

from datetime import date

import pytest

from lawbook.succession import Succession, Successions

OLD, NEW, LATER = "140821", "140822", "140823"
DAY, YEAR = date(2026, 12, 1), date(2027, 12, 1)


def one(
    old: str, new: str, since: date = DAY, *, counted: bool = True, **changes: str
) -> Succession:
    where = {"from_region": old, "to_region": new} | changes
    return Succession(
        f"{old}-{new}", old, where["from_region"], new, where["to_region"], since,
        "运政发〔2026〕9号", counted,
    )  # fmt: skip


MERGED = Successions([one(NEW, LATER, YEAR), one(OLD, NEW)])


@pytest.mark.parametrize(
    ("on", "answers", "sees"),
    [
        (date(2026, 11, 30), OLD, ()),
        (DAY, NEW, (OLD,)),
        (YEAR, LATER, (OLD,)),
    ],
)
def test_it_holds_from_its_day_and_leads_on(on, answers, sees):
    assert MERGED.current(OLD, on) == answers
    assert MERGED.units(NEW, on) == (NEW, *sees)
    assert MERGED.covers(NEW, OLD + "001", on) is bool(sees)


def test_a_second_one_carries_on_for_both():
    assert MERGED.units(LATER, YEAR) == (LATER, NEW, OLD)
    assert MERGED.covers(LATER, OLD, YEAR)
    assert MERGED.covers("1408", OLD, DAY)
    assert not MERGED.covers("", OLD, YEAR)
    assert not MERGED.covers("140830", OLD, YEAR)


def test_by_which_order_is_told():
    assert MERGED.between(NEW, OLD, DAY) == one(OLD, NEW)
    assert MERGED.between(LATER, "140830", YEAR) is None
    told = MERGED.successor(OLD, DAY)
    assert told is not None
    assert told.notice == "自2026年12月1日起承接（运政发〔2026〕9号）"
    assert Successions().successor(OLD, DAY) is None


def test_of_a_split_one_is_counted_and_both_act():
    split = Successions([one(OLD, NEW), one(OLD, LATER, counted=False)])
    assert split.current(OLD, DAY) == NEW
    assert OLD in split.units(LATER, DAY)
    assert OLD in split.units(NEW, DAY)


def test_what_was_done_before_is_the_old_units():
    assert MERGED.at_the_time(NEW, OLD, date(2026, 11, 30)) == OLD
    assert MERGED.at_the_time(NEW, OLD, DAY) == NEW
    assert MERGED.at_the_time(NEW, NEW, date(2026, 11, 30)) == NEW
    within = Successions([one("140821A", "140821B", from_region=OLD, to_region=OLD)])
    assert within.at_the_time("140821B", OLD, date(2026, 11, 30)) == "140821B"
