"""Points are in the country and in a declared system; GCJ-02 is turned back to the metre."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.coordinates import LATITUDES, LONGITUDES, BadPlace, Place, System

METRE = 1e-5  # of a degree, somewhat less than a metre


@pytest.mark.parametrize(
    ("longitude", "latitude", "shown_at"),
    [
        # published points of the open converters
        (121.5272106, 31.1774276, (121.531541859215, 31.17530398364597)),
        (113.912316, 22.543847, (113.9171764808363, 22.540796131694766)),
        (116.377817, 39.911954, (116.38404722455657, 39.91334545536069)),
    ],
)
def test_published_points_are_moved_and_moved_back(longitude, latitude, shown_at):
    moved = Place.of(longitude, latitude).as_gcj_02()
    assert (moved.longitude, moved.latitude) == pytest.approx(shown_at, abs=1e-9)
    back = Place.of(*shown_at, "GCJ-02").as_national()
    assert (back.longitude, back.latitude, back.system) == (
        pytest.approx(longitude, abs=1e-9), pytest.approx(latitude, abs=1e-9), System.CGCS2000,
    )  # fmt: skip


@given(st.floats(75, 134), st.floats(5, 52))
def test_there_and_back_is_the_same_point_and_the_way_is_some_hundred_metres(longitude, latitude):
    start = Place.of(longitude, latitude)
    moved = start.as_gcj_02()
    back = moved.as_national()
    assert abs(back.longitude - longitude) < METRE / 1000
    assert abs(back.latitude - latitude) < METRE / 1000
    assert abs(moved.longitude - longitude) + abs(moved.latitude - latitude) < 0.03


@pytest.mark.parametrize(
    ("longitude", "latitude", "said"),
    [
        (LONGITUDES[0] - 0.001, 34, "经度应在 73 到 136 度之间"),
        (109, LATITUDES[1] + 0.001, "纬度应在 3 到 54 度之间"),
        (0, 0, "经度"),
        (34.9, 109.1, "经纬度可能写反了"),
        (float("nan"), 34, "经度"),
        (109, float("inf"), "纬度"),
    ],
)
def test_what_lies_elsewhere_is_refused(longitude, latitude, said):
    with pytest.raises(BadPlace, match=said):
        Place.of(longitude, latitude)


def test_a_system_is_one_of_the_known():
    assert Place.of(109, 35, "WGS-84").as_national() == Place.of(109, 35)
    assert Place.of(109, 35, System.GCJ_02).as_gcj_02().system is System.GCJ_02
    with pytest.raises(BadPlace, match="坐标系应为"):
        Place.of(109, 35, "BD-09")
