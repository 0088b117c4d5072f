"""Sums of a map's levels up to a price, for our maps and a vendor's alike."""

from decimal import Decimal

import pytest

from commentary.liquidation_map.clusters import dense_runs, sum_to

D = Decimal
LONGS = ([D(99), D(98), D(96)], [D(1), D(2), D(4)])
SHORTS = ([D(101), D(102), D(104)], [D(1), D(2), D(4)])


@pytest.mark.parametrize(("end", "total"), [(99, 1), (98, 3), ("97.5", 3), (96, 7), (100, 0)])
def test_a_sum_runs_down_to_its_end_and_takes_in_the_level_there(end, total):
    assert sum_to(D(end), "long", *LONGS) == total


@pytest.mark.parametrize(("end", "total"), [(101, 1), (102, 3), (103, 3), (104, 7), (100, 0)])
def test_a_sum_of_shorts_runs_up(end, total):
    assert sum_to(D(end), "short", *SHORTS) == total


def test_beyond_the_last_level_nothing_is_made_up():
    assert sum_to(D(95), "long", *LONGS) is None
    assert sum_to(D(105), "short", *SHORTS) is None
    assert sum_to(D(95), "long", [], []) is None


def test_one_level_has_a_side():
    assert sum_to(D(98), "long", [D(99)], [D(5)]) is None
    assert sum_to(D(99), "long", [D(99)], [D(5)]) == 5


def test_no_levels_have_no_clusters():
    assert dense_runs([], []) == []
