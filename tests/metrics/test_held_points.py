"""Every window of one length between held points, and those of them that are apart from each other."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from commentary.metrics.held_points import Point, Window, apart, larger, same_way, windows

D = Decimal
DAY = timedelta(hours=24)
START = datetime(2026, 5, 1, tzinfo=UTC)


def every(hours, *values):
    """Return points `hours` apart, the first at the start of May 1."""
    return [Point(START + timedelta(hours=hours * place), D(value)) for place, value in enumerate(values)]


def ends(found):
    return [(int((window.end - START) / timedelta(hours=1)), window.change) for window in found]


def test_a_window_ends_at_every_point_that_has_one_a_day_before_it():
    # Twelve hours apart: 100 to 90 is -10%, 100 to 99 is -1%, 90 to 99 is +10%; the first two end no window.
    assert ends(windows(every(12, 100, 100, 90, 99, 99), DAY)) == [(24, D(-10)), (36, D(-1)), (48, D(10))]


def test_a_start_may_be_off_by_the_tolerance_and_no_more():
    # The tolerance of open interest is 15 minutes.
    end = Point(START + DAY, D(90))
    assert len(list(windows([Point(START + timedelta(minutes=15), D(100)), end], DAY))) == 1
    assert list(windows([Point(START + timedelta(minutes=16), D(100)), end], DAY)) == []
    assert list(windows([Point(START + timedelta(minutes=15), D(100)), end], DAY, timedelta(0))) == []


def test_of_windows_that_share_an_hour_the_largest_counts_once():
    # A fall from 100 to 80 within 12 hours is in two windows of 24 hours; the window from 80 to 76, -5%, touches the
    # second of them and shares no hour with the first.
    found = list(windows(every(12, 100, 100, 80, 80, 76), DAY))
    # 24: 80 / 100 = -20%; 36: 80 / 100 = -20%; 48: 76 / 80 = -5%
    assert ends(found) == [(24, D(-20)), (36, D(-20)), (48, D(-5))]
    # Of two as large the later: it shares hours with both others.
    assert ends(apart(found)) == [(36, D(-20))]
    assert larger(found, D(-4)) == 1
    assert larger(found[1:], D(-20)) == 0


def test_windows_end_to_end_are_apart():
    assert ends(apart(windows(every(24, 100, 90, 99, 98.01), DAY))) == [(48, D(10)), (24, D(-10)), (72, D(-1))]


def test_only_those_of_the_same_sign_that_ended_by_then_are_earlier():
    found = list(windows(every(24, 100, 90, 99, 89.1), DAY))
    assert ends(same_way(found, D(-1), START + 2 * DAY)) == [(24, D(-10))]


times = st.lists(st.integers(0, 200), min_size=1, max_size=30)


@given(times, st.randoms(use_true_random=False))
def test_no_two_that_are_taken_share_an_hour_and_none_left_out_is_larger_than_all_it_meets(starts, random):
    hour = timedelta(hours=1)
    found = [Window(START + start * hour, START + start * hour + DAY, D(random.randint(-20, 20))) for start in starts]
    taken = list(apart(found))
    for one in taken:
        assert sum(one.start < other.end and other.start < one.end for other in taken) == 1
    for window in found:
        meets = [one for one in taken if one.start < window.end and window.start < one.end]
        assert any(abs(one.change) >= abs(window.change) for one in meets)
