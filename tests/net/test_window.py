"""The arithmetic of a limit, without a network."""

import math

import pytest

from commentary.net import Pool
from commentary.net.window import MARGIN_SECONDS, MARGIN_SHARE, Window

# 60 s and 1 % of them and 20 ms: how long a weight is held after its question was counted.
HELD = 60.62


def test_the_length_is_the_servers_and_the_margin():
    assert pytest.approx(60 * (1 + MARGIN_SHARE) + MARGIN_SECONDS) == HELD


def test_a_weight_is_held_until_one_window_after_it_was_counted():
    window = Window(Pool(10, 60))
    window.take(10)
    assert not window.fits(1, 1000.0)  # on its way for however long
    window.counted(10, 5.0)
    assert not window.fits(1, 5.0 + HELD - 0.001)
    assert window.fits(10, 5.0 + HELD + 0.001)


def test_what_was_not_sent_is_free_at_once():
    window = Window(Pool(10, 60))
    window.take(10)
    window.unsent(10)
    assert window.fits(10, 0.0)


def test_nothing_fits_into_a_pause():
    window = Window(Pool(10, 60))
    window.held_until = 7.0
    assert not window.fits(1, 6.9)
    assert window.next_change(6.9) == 7.0
    assert window.fits(1, 7.0)


def test_the_next_change_is_when_the_first_weight_goes():
    window = Window(Pool(10, 60))
    assert window.next_change(0.0) == math.inf
    window.take(4)
    window.take(6)
    assert window.next_change(0.0) == math.inf  # both on their way: only an answer can help
    window.counted(6, 3.0)
    window.counted(4, 2.0)
    assert window.next_change(4.0) == pytest.approx(2.0 + HELD)
    assert window.next_change(2.5 + HELD) == pytest.approx(3.0 + HELD)


@pytest.mark.parametrize(
    ("weight", "time"),
    [
        (3, 4.0),  # 10 - 7 = 3 are free now
        (5, 2.0 + HELD),  # 3 and the 4 that go first
        (10, 3.0 + HELD),  # all of it
        (11, 64.0),  # the eleventh goes when the first of them may go, a whole window later
        (24, 122.0 + HELD),  # a window and those that go first: 10 + 10 + 3 and one of the 4
    ],
)
def test_a_time_before_which_a_weight_cannot_fit(weight, time):
    window = Window(Pool(10, 60))
    window.take(7)
    window.counted(4, 2.0)
    window.counted(3, 3.0)
    assert window.earliest(weight, 4.0) == pytest.approx(time)


def test_no_weight_that_is_on_its_way_is_free_within_a_window():
    window = Window(Pool(10, 60))
    window.take(10)
    assert window.earliest(1, 4.0) == 64.0
    window.counted(3, 3.0)
    assert window.earliest(3, 4.0) == pytest.approx(3.0 + HELD)
    assert window.earliest(4, 4.0) == 64.0


@pytest.mark.parametrize("pool", [Pool(0, 1), Pool(5, 0), Pool(5, math.inf), Pool(5, math.nan)])
def test_a_limit_that_limits_nothing_is_refused(pool):
    with pytest.raises(ValueError, match="limits nothing"):
        Window(pool)
