"""How far apart two places lie, against figures of others; which datums may be compared."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.places import Position, comparable, metres, position, spoken_distance

places = st.builds(
    Position,
    st.floats(-89, 89, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
)


def test_a_degree_of_latitude_is_as_long_as_geographers_say():
    assert metres(Position(35, 110), Position(36, 110)) == pytest.approx(111_195, abs=1)


def test_a_degree_of_longitude_is_shorter_here_than_at_the_equator():
    here = metres(Position(35.6, 110), Position(35.6, 111))
    assert here == pytest.approx(111_195 * math.cos(math.radians(35.6)), rel=1e-4)


@given(places, places)
def test_a_way_is_as_long_as_the_way_back_and_never_longer_than_half_round(one, other):
    assert metres(one, other) == pytest.approx(metres(other, one), abs=1e-3)
    assert 0 <= metres(one, other) <= math.pi * 6_371_009


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("WGS84", "CGCS2000", True),
        ("WGS-84", "wgs84", True),
        ("GCJ-02", "GCJ02", True),
        ("GCJ-02", "WGS84", False),
        ("BD-09", "GCJ-02", False),
    ],
)
def test_a_map_s_shifted_coordinates_are_never_compared_with_measured_ones(one, other, may):
    assert comparable(one, other) is may


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"latitude": "35.596", "longitude": "110.712"}, Position(35.596, 110.712)),
        ({"latitude": "35.596"}, None),
        ({"latitude": "北纬35", "longitude": "110"}, None),
        ({"latitude": "110.7", "longitude": "35.6"}, None),
        ({}, None),
    ],
)
def test_a_ledger_tells_where_a_plant_is_or_it_is_not_known(values, found):
    assert position(values) == found


@pytest.mark.parametrize(
    ("far", "text"),
    [
        (12, "50 米以内"),
        (324, "320 米"),
        (998, "1.0 公里"),
        (3_240, "3.2 公里"),
        (47_300, "47 公里"),
    ],
)
def test_a_distance_is_said_as_one_says_it(far, text):
    assert spoken_distance(far) == text
