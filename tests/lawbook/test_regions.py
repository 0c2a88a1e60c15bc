"""Divisions as prefixes, and whose a place is."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.regions import ZONES, Divisions, covers, supervising_region
from services.kit.settings import ROOT

with (ROOT / "content" / "regions" / "1408.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
DIVISIONS = Divisions.from_rows(ROWS)


@pytest.mark.parametrize(
    ("division", "region"),
    [
        ("140882", "140882"), ("140882001", "140882"), ("140882001001", "140882"),
        ("140800", "1408"), ("140000", "14"), ("140802404", "140800KFQ"),
        ("140802404001", "140800KFQ"), ("140800KFQ", "140800KFQ"), ("140824401", "140824"),
    ],
)  # fmt: skip
def test_a_place_is_supervised_by_its_county_or_the_zone_that_holds_it(division, region):
    assert supervising_region(division) == region


@given(st.sampled_from([row["code"] for row in ROWS]))
def test_the_province_covers_every_place_and_a_county_its_own(code):
    region = supervising_region(code)
    assert covers("14", region)
    assert covers(region, region)


@given(st.sampled_from([row["code"] for row in ROWS if row["level"] == "4"]))
def test_a_township_is_its_countys_alone_unless_it_is_the_zone(code):
    counties = [row["code"] for row in ROWS if row["level"] == "3"]
    seen = [county for county in counties if covers(county, supervising_region(code))]
    assert seen == [ZONES.get(code, code[:6])]


@given(st.text("0123456789KFQ", max_size=9))
def test_an_empty_region_covers_nothing(other):
    assert not covers("", other)


def test_a_county_does_not_cover_the_prefecture():
    assert covers("1408", "140882")
    assert not covers("140882", "1408")


def test_a_place_is_known_by_six_nine_or_twelve_digits():
    assert all(map(DIVISIONS.known, ("140882", "140882001", "140882001001")))
    assert not any(map(DIVISIONS.known, ("140899", "140882999", "1408", "", "14088200100")))


def test_a_place_has_a_name_and_a_full_name():
    assert DIVISIONS.name("140882") == "河津市"
    assert DIVISIONS.full_name("140882") == "山西省运城市河津市"
    assert DIVISIONS.full_name("140802001999") == "山西省运城市盐湖区中城街道"
    assert DIVISIONS.name("140802001999") == "中城街道"


def test_a_place_that_is_not_ours_is_named_by_its_code():
    assert (DIVISIONS.name("110101"), DIVISIONS.full_name("110101")) == ("110101", "110101")


def test_the_prefecture_has_thirteen_counties_and_the_zone_below_it():
    assert len([code for code in DIVISIONS.below("140800") if code.isdigit()]) == 13
    assert "140800KFQ" in DIVISIONS.below("140800")
