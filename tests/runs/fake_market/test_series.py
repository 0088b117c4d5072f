"""The generated market: a function of seed, asset, venue and time, whose bars chain and whose sums add up."""

import math
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.errors import BadInputError
from commentary.runs.fake_market.assets import KNOWN, assets
from commentary.runs.fake_market.books import book, depth, levels, orders
from commentary.runs.fake_market.dated import quarters
from commentary.runs.fake_market.noise import Waves, key, uniform
from commentary.runs.fake_market.options import expiries, options
from commentary.runs.fake_market.positions import positions
from commentary.runs.fake_market.series import Market
from commentary.runs.fake_market.shares import VENUES, share_of

NOW = datetime(2026, 12, 1, 6, 30, 17, tzinfo=UTC).timestamp()
DAY = 86400
MARKET = Market(5, 4)
TIMES = st.integers(int(NOW - 20 * DAY), int(NOW))
ASSETS = st.sampled_from(list(MARKET.assets))


def figures(market):
    return (
        market.price("ETH", NOW),
        market.open_interest("ETH", NOW, "Bybit"),
        market.funding("ETH", NOW, "OKX"),
        market.liquidated("ETH", NOW - DAY, NOW),
        market.traded("ETH", NOW - DAY, NOW, "Binance"),
        market.long_share("ETH", NOW),
        book(market, "ETH", NOW, "Binance", 3, 1e-5),
        levels(market, "ETH", NOW, 7)[:5],
        orders(market, "ETH", NOW - 3600, NOW, "Bybit"),
        positions(market, "ETH", NOW)[:3],
        options(market, "ETH", NOW)[:3],
    )


def test_the_same_seed_gives_the_same_figures_whatever_was_asked_before():
    asked_before, fresh = Market(9, 4), Market(9, 30)
    for back in range(40, 0, -1):
        asked_before.price("ETH", NOW - back * DAY)
        asked_before.open_interest("BTC", NOW - back * 1000)
    assert figures(asked_before) == figures(fresh)


def test_another_seed_is_another_market():
    assert not set(map(str, figures(Market(9, 4)))) & set(map(str, figures(Market(10, 4))))


@settings(max_examples=60, deadline=None)
@given(ASSETS, TIMES, st.sampled_from([60, 300, 900, 3600, 14400, DAY, 7 * DAY]), st.sampled_from(list(VENUES)))
def test_a_bar_holds_its_ends_and_begins_where_the_one_before_ended(asset, at, step, venue):
    start = at // step * step
    before, bar = MARKET.bar(asset, start - step, start, venue), MARKET.bar(asset, start, start + step, venue)
    assert bar.low <= min(bar.open, bar.close)
    assert max(bar.open, bar.close) <= bar.high
    assert bar.open == before.close


@settings(max_examples=30, deadline=None)
@given(ASSETS, TIMES, st.sampled_from([3600, 14400, DAY]))
def test_a_bar_is_the_sum_of_the_bars_within(asset, at, step):
    start = at // step * step
    whole = MARKET.bar(asset, start, start + step)
    parts = [MARKET.bar(asset, start + place * step // 12, start + (place + 1) * step // 12) for place in range(12)]
    assert whole.high == max(part.high for part in parts)
    assert whole.low == min(part.low for part in parts)
    assert math.isclose(whole.volume_usd, sum(part.volume_usd for part in parts), rel_tol=1e-9)
    assert math.isclose(whole.taker_buy_usd, sum(part.taker_buy_usd for part in parts), rel_tol=1e-9)


@settings(max_examples=30, deadline=None)
@given(ASSETS, TIMES, st.integers(1, 200_000), st.integers(1, 200_000))
def test_liquidations_of_two_windows_add_up_to_those_of_both(asset, at, first, second):
    whole = MARKET.liquidated(asset, at, at + first + second)
    parts = MARKET.liquidated(asset, at, at + first), MARKET.liquidated(asset, at + first, at + first + second)
    assert whole == pytest.approx(tuple(map(sum, zip(*parts, strict=True))), rel=1e-9)


def test_the_path_goes_on_over_midnight_without_a_jump():
    midnight = int(NOW // DAY) * DAY
    before, at = MARKET.price("BTC", midnight - 0.001), MARKET.price("BTC", midnight)
    # A minute moves a price by its daily sigma over the root of 1440: 2.2 % / 38 = 0.06 %, and a millisecond by less.
    assert abs(at / before - 1.0) < 0.001


def test_bitcoin_lies_about_77000_and_moves_by_two_to_three_percent_a_day():
    closes = [MARKET.price("BTC", NOW - back * DAY) for back in range(240)]
    assert 60_000 < median(closes) < 97_000
    assert 0.015 < pstdev(math.log(b / a) for a, b in pairwise(closes)) < 0.03


def test_open_interest_and_funding_are_of_the_size_measured_on_coinglass():
    """Change of a day in coin: p5 -2.6 %, p95 +3.5 %; funding: p5 0.0008 %, median 0.0063 %, p95 0.0116 %."""
    held = [MARKET.open_interest("BTC", NOW - back * DAY) for back in range(300)]
    changes = sorted(a / b - 1.0 for a, b in pairwise(held))
    assert -0.045 < changes[15] < -0.01
    assert 0.01 < changes[-15] < 0.045
    rates = sorted(MARKET.funding("BTC", NOW - back * 28800, "Binance") * 100.0 for back in range(900))
    assert 0.003 < rates[450] < 0.01
    assert rates[45] > -0.005
    assert rates[855] < 0.02


def test_all_venues_together_have_all_of_it():
    shares = [share_of(MARKET.assets["BTC"], venue) for venue in VENUES]
    assert sum(share.linear + share.inverse for share in shares) == pytest.approx(1.0)
    assert sum(share.volume for share in shares) == pytest.approx(1.0)
    assert sum(share.liquidations for share in shares) == pytest.approx(1.0)
    whole = MARKET.open_interest("BTC", NOW)
    assert math.isclose(whole, sum(MARKET.open_interest("BTC", NOW, venue) for venue in VENUES))


def test_a_coin_that_cme_and_deribit_lack_is_shared_among_the_others():
    doge = assets(30)["DOGE"]
    assert share_of(doge, "CME").volume == 0.0
    assert math.isclose(sum(sum(share_of(doge, venue)[:2]) for venue in VENUES), 1.0)


def test_the_book_reaches_as_far_as_its_levels_and_adds_up_to_the_depth():
    bids, asks = book(MARKET, "BTC", NOW, "Binance", 1000, 2e-6)
    middle = MARKET.price("BTC", NOW, "Binance")
    assert bids == sorted(bids, reverse=True)
    assert asks == sorted(asks)
    assert bids[0][0] < middle < asks[0][0]
    # 1000 levels of 0.0002 % are 0.2 %.
    assert bids[-1][0] == pytest.approx(middle * 0.998, rel=1e-5)
    told = depth(MARKET, "BTC", NOW, 0.002, "Binance")
    assert sum(price * size for price, size in bids) == pytest.approx(told[0], rel=0.1)
    assert sum(price * size for price, size in asks) == pytest.approx(told[1], rel=0.1)


def test_levels_of_longs_lie_below_the_price_and_their_sum_under_open_interest():
    spot = MARKET.price("BTC", NOW)
    held = levels(MARKET, "BTC", NOW, 30)
    assert all((level.price < spot) == (level.side == "long") for level in held)
    open_usd = MARKET.open_interest("BTC", NOW) * spot
    for side in ("long", "short"):
        assert 0 < sum(level.notional_usd for level in held if level.side == side) <= open_usd


def test_single_orders_add_up_to_what_was_liquidated():
    start, end = NOW // 600 * 600 - 7200, NOW // 600 * 600
    held = orders(MARKET, "BTC", start, end, "Bybit")
    longs, shorts = MARKET.liquidated("BTC", start, end, "Bybit")
    assert sum(usd for _, side, _, usd in held if side == "long") == pytest.approx(longs, rel=1e-9)
    assert sum(usd for _, side, _, usd in held if side == "short") == pytest.approx(shorts, rel=1e-9)
    assert held == sorted(held)


def test_a_long_is_liquidated_below_its_entry_and_what_the_price_has_passed_is_gone():
    for position in positions(MARKET, "BTC", NOW):
        side = 1 if position.size > 0 else -1
        assert (position.entry - position.liquidation) * side > 0
        assert (position.mark - position.liquidation) * side > 0


def test_options_expire_on_the_last_fridays_of_quarters_and_hold_the_open_interest_given():
    # The last Friday of December 2026 is the 25th, of March 2027 the 26th.
    assert [day.date().isoformat() for day in quarters(NOW)[:2]] == ["2026-12-25", "2027-03-26"]
    assert all(day > NOW for day in expiries(NOW))
    held = options(MARKET, "BTC", NOW)
    assert any(option.name.startswith("BTC-25DEC26-") for option in held)
    total = sum(option.open_interest for option in held)
    assert total == pytest.approx(0.55 * MARKET.open_interest("BTC", NOW), rel=0.001)
    # A call and a put of one strike and expiry differ by 1 - K/F in coins (parity, without interest).
    call, put = held[0], held[1]
    forward = MARKET.index("BTC", NOW)
    assert (call.strike, call.expiry) == (put.strike, put.expiry)
    assert call.price - put.price == pytest.approx(1.0 - call.strike / forward, abs=1e-12)


def test_there_are_thirty_known_coins_and_made_up_ones_up_to_three_hundred():
    names = list(assets(300))
    assert len(names) == 300
    assert names[:30] == [coin.name for coin in KNOWN]
    assert (names[30], names[-1]) == ("C001", "C270")
    with pytest.raises(BadInputError, match="1 to 300"):
        assets(301)


@given(st.integers(0, 2**64 - 1), st.integers(0, 10**9))
def test_chance_lies_above_zero_and_below_one(made_of, place):
    assert 0.0 < uniform(made_of, place) < 1.0


def test_waves_have_the_height_of_their_nodes_there():
    waves = Waves(key("a"), ((10.0, 1.0),))
    assert waves.at(20.0) == Waves(key("a"), ((10.0, 1.0),)).at(20.0)
    between = [waves.at(20.0 + part / 10.0) for part in range(101)]
    steps = [b - a for a, b in pairwise(between)]
    # It eases from one node to the next and does not turn between them.
    assert all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
