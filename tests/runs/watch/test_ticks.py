"""When a watch looks, and what it makes up for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.runs.watch.ticks import FARTHEST, MOST, last_tick, missed

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


@pytest.mark.parametrize(
    ("minutes", "every", "tick"), [(0, 15, 0), (14, 15, 0), (15, 15, 15), (59, 60, 0), (61, 60, 60), (7, 5, 5)]
)
def test_a_tick_is_a_whole_multiple_of_the_interval(minutes, every, tick):
    now = NOON + timedelta(minutes=minutes, seconds=59)
    assert last_tick(now, timedelta(minutes=every)) == NOON + timedelta(minutes=tick)


def test_nothing_is_made_up_for_where_nothing_was_watched():
    assert missed(None, NOON, QUARTER) == ()


def test_the_ticks_between_are_made_up_for():
    assert missed(NOON - HOUR, NOON, QUARTER) == tuple(NOON - QUARTER * n for n in (3, 2, 1))
    assert missed(NOON - QUARTER, NOON, QUARTER) == ()


def test_a_late_look_makes_up_for_its_own_tick_too():
    late = NOON + timedelta(minutes=7)
    assert missed(NOON - HOUR, late, QUARTER) == (*(NOON - QUARTER * n for n in (3, 2, 1)), NOON)


def test_of_two_days_every_second_hour_is_made_up_for():
    # 192 quarters of an hour, 96 halves and 48 hours are more than 24; every second hour is 24, and noon is now.
    found = missed(NOON - timedelta(days=9), NOON, QUARTER)
    assert found == tuple(NOON - 2 * HOUR * n for n in range(23, 0, -1))


@given(
    since=st.integers(1, 9 * 24 * 60),
    every=st.sampled_from([1, 5, 15, 60, 240]),
    late=st.integers(0, 240),
)
def test_what_is_made_up_for_is_on_ticks_in_order_and_bounded(since, every, late):
    now, interval = NOON + timedelta(minutes=late), timedelta(minutes=every)
    last = last_tick(now - timedelta(minutes=since), interval)
    found = missed(last, now, interval)
    assert len(found) <= MOST
    assert list(found) == sorted(set(found))
    assert all(last < one < now and now - one <= FARTHEST and last_tick(one, interval) == one for one in found)
