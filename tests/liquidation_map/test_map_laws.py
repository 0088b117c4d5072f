"""Laws of the map: equal to a list of positions, step for step and stretch for stretch, never more than is open."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commentary.liquidation_map import folding
from commentary.liquidation_map.folding import Bars, fold
from commentary.liquidation_map.grid import bin_of
from commentary.liquidation_map.levels import coins_of

LONG, SHORT = (-219, -101, -37, -16, -6), (178, 91, 35, 16, 6)
laws = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def histories(draw, gaps=True, least=1):
    """Bars of one asset: a price in moves of up to a tenth, open interest that jumps, and gaps."""
    size = draw(st.integers(least, 60))
    moves = draw(st.lists(st.floats(-0.1, 0.1), min_size=size, max_size=size))
    wicks = draw(st.lists(st.tuples(st.floats(0, 0.05), st.floats(0, 0.05)), min_size=size, max_size=size))
    changes = draw(st.lists(st.sampled_from([0, 0.5, 0.9, 0.999, 1, 1, 1.001, 1.1, 2]), min_size=size, max_size=size))
    missing = draw(st.lists(st.sampled_from("....bo" if gaps else "."), min_size=size, max_size=size))
    price, held, rows = draw(st.sampled_from([0.00002, 1.0, 60_000.0])), 1000.0, []
    for move, (up, down), change, lack in zip(moves, wicks, changes, missing, strict=True):
        opened, price = price, price * (1 + move)
        held = held * change if held else 500.0 * change
        row = [max(opened, price) * (1 + up), min(opened, price) * (1 - down), price, held]
        if lack == "b":
            row = [math.nan] * 4
        elif lack == "o":
            row[3] = math.nan
        rows.append(row)
    return Bars(*np.array(rows).T)


def same(first, second):
    """Whether two books hold the same, bit for bit; `nearest` is only a bound, and may differ."""
    state = ("offsets", "base", "close", "open_interest", "factor", "written")
    return all(np.array_equal(getattr(first, name), getattr(second, name), equal_nan=True) for name in state)


def sums(books, asset=0):
    return {
        side: {
            (found.first + row, leverage): float(found.coins[row, leverage])
            for row, leverage in zip(*found.coins.nonzero(), strict=True)
        }
        for side in ("long", "short")
        for found in [coins_of(books, asset, side)]
    }


@laws
@given(histories(), st.sampled_from([1.0, 0.97]))
def test_a_map_is_the_sum_of_the_positions_that_are_left(books, left_of, bars, decay):
    drawn = books(LONG, SHORT, decay=decay)
    fold(drawn, 0, bars)
    wanted = {"long": {}, "short": {}}
    for one in left_of(bars, LONG, SHORT, decay):
        place = wanted[one.side]
        place[one.level, one.leverage] = place.get((one.level, one.leverage), 0) + one.coins
    found = sums(drawn)
    for side, levels in wanted.items():
        held = {level: coins for level, coins in levels.items() if coins}
        assert found[side].keys() == held.keys()
        assert all(math.isclose(found[side][level], coins, rel_tol=1e-12) for level, coins in held.items())


@laws
@given(histories(), st.sampled_from([1.0, 0.97]))
def test_stepping_is_the_stretch_bit_for_bit(books, step_all, bars, decay):
    stretch = books(LONG, SHORT, decay=decay)
    fold(stretch, 0, bars)
    assert same(step_all(books(LONG, SHORT, decay=decay), bars), stretch)


@laws
@given(histories(), st.integers(1, 17))
def test_where_bars_are_parted_changes_nothing(books, bars, size):
    whole, parted = books(LONG, SHORT), books(LONG, SHORT)
    fold(whole, 0, bars)
    for start in range(0, len(bars.close), size):
        fold(parted, 0, Bars(*(column[start : start + size] for column in bars)))
    assert same(whole, parted)


@laws
@given(histories(), st.integers(1, 17))
def test_the_length_of_a_stretch_changes_nothing(books, bars, size):
    whole, parted = books(LONG, SHORT), books(LONG, SHORT)
    fold(whole, 0, bars)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "STRETCH", size)
        fold(parted, 0, bars)
    assert same(whole, parted)


@laws
@given(histories(), histories(), histories())
def test_assets_do_not_touch_each_other(books, step_all, one, two, three):
    size = min(len(bars.close) for bars in (one, two, three))
    many = [Bars(*(column[:size] for column in bars)) for bars in (one, two, three)]
    together = step_all(books(LONG, SHORT, assets=3), *many)
    for asset, bars in enumerate(many):
        assert sums(together, asset) == sums(step_all(books(LONG, SHORT), bars))


@laws
@given(histories())
def test_a_side_never_holds_more_than_is_open(books, bars):
    drawn = books(LONG, SHORT)
    fold(drawn, 0, bars)
    known = bars.open_interest[~np.isnan(bars.open_interest)]
    held = known[-1] if len(known) else 0
    for side in ("long", "short"):
        by_leverage = coins_of(drawn, 0, side).coins.sum(axis=0)
        assert (by_leverage <= held * (1 + 1e-9)).all()
        assert (by_leverage >= 0).all()


@laws
@given(histories())
def test_no_level_is_on_the_wrong_side_of_the_last_price_or_in_its_bin(books, bars):
    drawn = books(LONG, SHORT)
    fold(drawn, 0, bars)
    closes = bars.close[~np.isnan(bars.close)]
    found = sums(drawn)
    if len(closes):
        assert all(level < bin_of(closes[-1]) for level, _ in found["long"])
        assert all(level > bin_of(closes[-1]) for level, _ in found["short"])


@laws
@given(histories(), st.floats(0.001, 1000))
def test_k_times_the_coins_are_k_times_the_map(books, bars, k):
    one, more = books(LONG, SHORT), books(LONG, SHORT)
    fold(one, 0, bars)
    fold(more, 0, bars._replace(open_interest=bars.open_interest * k))
    for side, levels in sums(one).items():
        scaled = sums(more)[side]
        # where a rise is a rounding error of the open interest it is none of a k-fold
        large = {level: coins for level, coins in levels.items() if coins > 1e-6}
        assert all(math.isclose(scaled[level], coins * k, rel_tol=1e-8) for level, coins in large.items())


@laws
@given(histories(least=2), st.data())
def test_a_restart_goes_on_bit_for_bit(books, step_all, bars, data):
    at = data.draw(st.integers(1, len(bars.close) - 1))
    first, rest = (Bars(*(column[part] for column in bars)) for part in (slice(at), slice(at, None)))
    whole = step_all(books(LONG, SHORT), bars)
    begun = step_all(books(LONG, SHORT), first)
    assert same(step_all(pickle.loads(pickle.dumps(begun)), rest), whole)


def test_a_long_history_of_jumping_open_interest_neither_vanishes_nor_overflows(books, step_all, walk):
    # open interest halves and doubles 1,500 times: the common factor falls to 2^-1500, beyond what a float holds
    bars = walk(3000)
    bars = bars._replace(open_interest=np.tile([1000.0, 500.0], 1500))
    stretch = books(LONG, SHORT)
    fold(stretch, 0, bars)
    assert same(step_all(books(LONG, SHORT), bars), stretch)
    # the newest rise, from 500 to 1,000 at the last bar but one, was halved by the last
    assert coins_of(stretch, 0, "long").coins[:, 0].max() >= 250
    assert (coins_of(stretch, 0, "long").coins.sum(axis=0) <= 500 * (1 + 1e-9)).all()


def test_a_history_longer_than_a_stretch_is_that_of_its_steps(books, step_all, walk, monkeypatch):
    monkeypatch.setattr(folding, "STRETCH", 257)
    bars = walk(2000, volatility=0.002)
    stretch = books(LONG, SHORT)
    fold(stretch, 0, bars)
    assert same(step_all(books(LONG, SHORT), bars), stretch)
    assert sum(len(levels) for levels in sums(stretch).values()) > 500


def test_sums_of_a_long_history_are_those_of_its_positions_to_twelve_digits(books, left_of, walk):
    bars = walk(400, volatility=0.003)
    drawn = books(LONG, SHORT)
    fold(drawn, 0, bars)
    for side, found in sums(drawn).items():
        wanted = sum(one.coins for one in left_of(bars, LONG, SHORT) if one.side == side)
        assert math.isclose(sum(found.values()), wanted, rel_tol=1e-12)
