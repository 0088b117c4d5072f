"""The books of a map: what a bar does to levels, worked out by hand."""

import numpy as np
import pytest

from commentary.liquidation_map.books import Books, Offsets
from commentary.liquidation_map.folding import Bars, fold
from commentary.liquidation_map.grid import PriceRangeError, bin_of, centre_of
from commentary.liquidation_map.levels import coins_of

NAN = float("nan")


def held(books, side, asset=0):
    """Return {price to whole dollars: coins} summed over leverage."""
    found = coins_of(books, asset, side)
    sums = found.coins.sum(axis=1)
    return {round(centre_of(found.first + row)): round(float(sums[row]), 9) for row in np.flatnonzero(sums)}


@pytest.fixture
def drawn(books):
    """Return a function: bars (high, low, close, open interest) in, books of a 10 times model out."""

    def run(*bars, decay=1.0, assets=1):
        made = books(long=(-101,), short=(91,), assets=assets, decay=decay)
        fold(made, 0, Bars(*np.array(bars, dtype=float).T))
        return made

    return run


def test_a_rise_in_open_interest_opens_as_much_on_both_sides(drawn):
    # 5 coins opened at the mean of 1,000, 1,000 and 1,000; ln 1000 / ln 1.001 = 6911.21, bin 6911, the middle of
    # bin 6810 (6911 - 101) is 1.001^6810.5 = 904.26, of 7002 (6911 + 91) 1.001^7002.5 = 1095.64
    books = drawn((1000, 1000, 1000, 100), (1000, 1000, 1000, 105))
    assert bin_of(1000) == 6911
    assert held(books, "long") == {904: 5}
    assert held(books, "short") == {1096: 5}


def test_what_was_open_at_the_start_is_not_placed(drawn):
    books = drawn((1000, 1000, 1000, 100))
    assert held(books, "long") == held(books, "short") == {}


def test_entry_is_the_mean_of_high_low_and_close(drawn):
    # (1,010 + 990 + 1,009) / 3 = 1,003: bin 6914 (6914.2), three above that of 1,000; 1.001^6813.5 = 906.97
    books = drawn((1000, 1000, 1000, 100), (1010, 990, 1009, 101))
    assert held(books, "long") == {907: 1}


def test_a_low_consumes_the_longs_it_reaches_and_a_high_the_shorts(drawn):
    first = (1000, 1000, 1000, 100), (1000, 1000, 1000, 105)
    assert held(drawn(*first, (1000, 906, 1000, 105)), "long") == {904: 5}
    after = drawn(*first, (1000, 904, 1000, 105))
    assert held(after, "long") == {}
    assert held(after, "short") == {1096: 5}
    assert held(drawn(*first, (1096, 1000, 1000, 105)), "short") == {}


def test_a_level_shares_the_fate_of_its_bin(drawn):
    # bin 6810 runs from 903.81 to 904.71: a low of 904.6 is above its middle and consumes it all the same
    first = (1000, 1000, 1000, 100), (1000, 1000, 1000, 105)
    assert held(drawn(*first, (1000, 904.6, 1000, 105)), "long") == {}
    assert held(drawn(*first, (1000, 904.8, 1000, 105)), "long") == {904: 5}


def test_what_is_consumed_does_not_come_back(drawn):
    first = (1000, 1000, 1000, 100), (1000, 1000, 1000, 105)
    books = drawn(*first, (1000, 900, 1000, 105), (1000, 1000, 1000, 107))
    assert held(books, "long") == {904: 2}


def test_a_fall_in_open_interest_takes_the_same_part_of_all_levels(drawn):
    # from 105 to 84 is a fall by a fifth: 5 * 0.8 = 4
    books = drawn((1000, 1000, 1000, 100), (1000, 1000, 1000, 105), (1000, 1000, 1000, 84))
    assert held(books, "long") == {904: 4}
    assert held(books, "short") == {1096: 4}


def test_what_was_consumed_is_not_taken_off_the_fall_first(drawn):
    # 5 shorts are consumed and open interest falls by 21 of 105: the longs lose a fifth all the same
    books = drawn((1000, 1000, 1000, 100), (1000, 1000, 1000, 105), (1100, 1000, 1000, 84))
    assert held(books, "short") == {}
    assert held(books, "long") == {904: 4}


def test_a_level_beyond_the_close_of_the_bar_it_was_opened_in_is_not_placed(drawn):
    # the mean of 1,300, 850 and 850 is 1,000: its long level, 904, is above the close of 850
    books = drawn((1000, 1000, 1000, 100), (1300, 850, 850, 110))
    assert held(books, "long") == {}
    assert held(books, "short") == {1096: 10}


def test_the_low_of_the_bar_it_was_opened_in_does_not_consume_a_level(drawn):
    # the mean of 1,100, 900 and 1,000 is 1,000: the low of 900 may have come before
    books = drawn((1000, 1000, 1000, 100), (1100, 900, 1000, 110))
    assert held(books, "long") == {904: 10}


def test_all_positions_closed_leave_nothing_and_later_ones_count_anew(drawn):
    books = drawn((1000, 1000, 1000, 100), (1000, 1000, 1000, 105), (1000, 1000, 1000, 0), (1000, 1000, 1000, 7))
    assert held(books, "long") == {904: 7}


def test_age_takes_half_in_its_half_life(drawn):
    # half-life of two bars: 8 coins, two bars later 4; the bar that opens them takes nothing
    bars = [(1000, 1000, 1000, each) for each in (100, 108, 108, 108)]
    assert held(drawn(*bars, decay=0.5**0.5), "long") == {904: 4}


def test_a_missing_bar_ages_the_map_and_changes_nothing_else(drawn):
    bars = [(1000, 1000, 1000, 100), (1000, 1000, 1000, 108), (NAN, NAN, NAN, NAN), (1000, 1000, 1000, 108)]
    assert held(drawn(*bars), "long") == {904: 8}
    assert held(drawn(*bars, decay=0.5**0.5), "long") == {904: 4}


def test_open_interest_that_is_missing_alone_is_told_by_the_next_bar(drawn):
    # the low of the second bar counts, the rise to 103 is placed at the third, at 1,010 (bin 6921, level 6820)
    bars = [(1000, 1000, 1000, 100), (1000, 1000, 1000, 102), (1000, 900, 1000, NAN), (1010, 1010, 1010, 103)]
    assert held(drawn(*bars), "long") == {913: 1}


def test_open_interest_that_is_known_later_than_prices_starts_where_it_is_known(drawn):
    bars = [(1000, 1000, 1000, NAN), (1000, 1000, 1000, 100), (1000, 1000, 1000, 103)]
    assert held(drawn(*bars), "long") == {904: 3}


def test_a_price_far_from_the_first_is_refused(drawn, books, step_all):
    bars = [(1000, 1000, 1000, 100), (40_000, 1000, 40_000, 101)]
    with pytest.raises(PriceRangeError, match="twenty-five-fold"):
        drawn(*bars)
    with pytest.raises(PriceRangeError, match="asset 0"):
        step_all(books(), Bars(*np.array(bars, dtype=float).T))
    assert held(drawn(bars[0], (25_000, 1000, 25_000, 101)), "long")


@pytest.mark.parametrize(
    "wrong", [(0, 0, 0, 1), (-1, -1, -1, 1), (1, 1, 1, -1), (np.inf, 1, 1, 1), (1, 1, 1, np.inf), (1, 1, 1, 1e31)]
)
def test_what_is_no_price_or_no_open_interest_is_refused(books, step_all, wrong):
    with pytest.raises(ValueError, match="prices are above 0"):
        fold(books(), 0, Bars(*np.array([wrong], dtype=float).T))
    with pytest.raises(ValueError, match="prices are above 0"):
        step_all(books(), Bars(*np.array([wrong], dtype=float).T))


def test_columns_have_one_length(books):
    with pytest.raises(ValueError, match="one length"):
        fold(books(), 0, Bars(np.ones(2), np.ones(2), np.ones(2), np.ones(3)))


@pytest.mark.parametrize(
    ("long", "short"),
    [((0,), (1,)), ((-1,), (0,)), ((-1, -2), (2, 1)), ((-2, -1), (1, 2)), ((-769,), (1,)), ((-1,), (1, 1)), ((), ())],
)
def test_offsets_on_the_wrong_side_or_out_of_order_are_refused(long, short):
    with pytest.raises(ValueError, match="offsets"):
        Books(Offsets(np.array([long]), np.array([short])))


@pytest.mark.parametrize("decay", [0, 0.001, 1.1, NAN])
def test_a_decay_that_is_none_is_refused(books, decay):
    with pytest.raises(ValueError, match="decay"):
        books(decay=decay)
