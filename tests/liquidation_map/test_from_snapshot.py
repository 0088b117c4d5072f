"""Our own map of a snapshot: what it says of itself, how it fits the format, and why there is none."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from commentary import Settings
from commentary.liquidation_map.from_snapshot import MOST_LEVELS, estimate, estimated_maps, why_none
from commentary.liquidation_map.history import History, histories
from commentary.pipeline import facts_of
from commentary.sources.amounts import limits

D = Decimal
END = datetime(2026, 5, 22, 9, tzinfo=UTC)


def side(one, name):
    return [level for level in one.levels if level.side == name]


def total(one, name):
    return sum((level.notional_usd for level in side(one, name)), D(0))


def without(rows, *places):
    return [row for place, row in enumerate(rows) if place not in places]


@pytest.fixture
def week(market, read):
    """Return a week of hours on Binance."""
    return read(market()).snapshot


def test_three_priors_of_one_exchange_say_who_made_them_and_how(week):
    maps = estimated_maps(week)
    assert [(one.venue, one.prior) for one in maps] == [("Binance", "low"), ("Binance", "base"), ("Binance", "high")]
    for one in maps:
        assert (one.source, one.model, one.evidence) == ("commentary", "commentary map v1", "estimated")
        assert (one.time, one.window_hours) == (END, 168)
    assert why_none(week) == ()


def test_assumptions_travel_with_the_map(week):
    _, base, _ = estimated_maps(week)
    told = base.assumptions
    assert told["bars"] == 169
    assert told["interval_minutes"] == 60
    assert told["candles"] == "Binance, 60 minutes"
    assert told["bin_percent"] == D("0.1")
    assert told["tiers_read"] == "2024-10"
    assert told["leverage_shares"] == {
        "5x": D("0.15"),
        "10x": D("0.3"),
        "25x": D("0.25"),
        "50x": D("0.2"),
        "100x": D("0.1"),
    }
    assert told["half_life_hours"] is None
    assert told["taker_buy_share"] is None
    assert told["open_interest_sides"] == "not said, taken as one"
    held = total(base, "long") / (week.open_interest[-1].value_coin * week.candles[0].bars[-1].close)
    assert abs(told["long_percent_of_open_interest"] - held * 100) < D("1e-8")
    assert abs(sum(told["long_usd_by_leverage"].values()) - total(base, "long")) < 1


def test_levels_stand_on_their_side_of_the_last_close_a_tenth_of_a_percent_apart(week):
    close = week.candles[0].bars[-1].close
    for one in estimated_maps(week):
        longs, shorts = side(one, "long"), side(one, "short")
        assert max(level.price for level in longs) < close < min(level.price for level in shorts)
        steps = [
            float(after.price / before.price) for rows in (longs[::-1], shorts) for before, after in pairwise(rows)
        ]
        # prices have five digits: at 60,000 half a dollar is 0.0008%
        assert max(abs(step - 1.001) for step in steps) < 2e-5
        assert all(rows[place].notional_usd > 0 for rows in (longs, shorts) for place in (0, -1))


def test_a_side_is_never_more_than_open_interest_is_worth(week):
    worth = week.open_interest[-1].value_coin * week.candles[0].bars[-1].close
    for one in estimated_maps(week):
        assert 0 < total(one, "long") <= worth
        assert 0 < total(one, "short") <= worth


def test_both_sided_open_interest_is_halved(market, read):
    one = estimated_maps(read(market()).snapshot)
    both = estimated_maps(read(market(scale=2.0, row={"sides": "both"})).snapshot)
    for first, second in zip(one, both, strict=True):
        assert second.assumptions["open_interest_sides"] == "both"
        for level, other in zip(first.levels, second.levels, strict=True):
            assert level.price == other.price
            assert abs(level.notional_usd - other.notional_usd) <= D("1e-9") * level.notional_usd


def test_the_highest_leverage_is_the_exchange_s_own(market, read):
    # Hyperliquid allows 40 times: 0.20 at 50 and 0.10 at 100 stand there together
    _, base, _ = estimated_maps(read(market(venue="Hyperliquid")).snapshot)
    assert base.assumptions["leverage_shares"] == {"5x": D("0.15"), "10x": D("0.3"), "25x": D("0.25"), "40x": D("0.3")}
    assert base.assumptions["leverage_most"] == 40


def test_dollars_are_those_of_another_quote(market, read):
    one = estimated_maps(read(market()).snapshot)
    euro = estimated_maps(read(market(), quote="EUR", usd_rate=2).snapshot)
    assert all(abs(total(b, "long") - 2 * total(a, "long")) < 1 for a, b in zip(one, euro, strict=True))


def test_age_leaves_less_where_it_is_asked_for(week):
    whole, aged = estimated_maps(week), estimated_maps(week, half_life_hours=D(24))
    assert all(total(b, "long") < total(a, "long") for a, b in zip(whole, aged, strict=True))
    assert aged[0].assumptions["half_life_hours"] == 24


def test_the_share_of_takers_who_bought_is_told_and_moves_nothing(market, read):
    plain = market()
    told = market()
    for bar in told["candles"][0]["bars"]:
        bar |= {"volume_usd": 1000, "taker_buy_usd": 600}
    one, two = (estimated_maps(read(part).snapshot) for part in (plain, told))
    assert [each.levels for each in one] == [each.levels for each in two]
    assert two[0].assumptions["taker_buy_share"] == D("0.6")


def test_each_exchange_has_its_own_maps(market, read):
    snapshot = read(market(), market(venue="Bybit", seed=5)).snapshot
    assert [(one.venue, one.prior) for one in estimated_maps(snapshot)] == [
        (venue, prior) for venue in ("Binance", "Bybit") for prior in ("low", "base", "high")
    ]


def test_the_same_snapshot_gives_the_same_map_and_its_order_does_not_matter(market, read):
    rows = market()
    turned = {name: rows[name][::-1] for name in rows}
    turned["candles"][0] = {**turned["candles"][0], "bars": turned["candles"][0]["bars"][::-1]}
    assert estimated_maps(read(rows).snapshot) == estimated_maps(read(turned).snapshot)


def test_nothing_later_than_the_snapshot_is_looked_at(market, read):
    # the same data, six hours of it in the future of one snapshot and not there in the other
    snapshot = read(market(hours=174)).snapshot.model_copy(update={"as_of": END - timedelta(hours=6)})
    known = market(hours=174)
    known["candles"][0]["bars"] = known["candles"][0]["bars"][:-6]
    known["open_interest"] = known["open_interest"][:-6]
    assert estimated_maps(snapshot) == estimated_maps(read(known, as_of="2026-05-22T03:00:00Z").snapshot)
    assert estimated_maps(snapshot)[0].time == END - timedelta(hours=6)


@pytest.mark.parametrize(
    ("hours", "every", "window"), [(24, 15, 24), (80, 60, 72), (170, 60, 168), (171, 180, 168), (720, 240, 720)]
)
def test_the_window_is_the_longest_that_the_data_fill(market, read, hours, every, window):
    maps = estimated_maps(read(market(hours=hours, interval=15 if every == 15 else 60, every=every)).snapshot)
    assert {one.window_hours for one in maps} == {window}


def test_candles_finer_than_open_interest_are_joined_to_its_steps(market, read):
    (history,) = histories(read(market(hours=168, interval=60, every=240)).snapshot)
    assert isinstance(history, History)
    bars = read(market(hours=168, interval=60, every=240)).snapshot.candles[0].bars
    # the first step is the start, at the opening price of the first bar; 168 / 4 = 42 steps of four bars follow
    start, step = history.steps[:2]
    assert len(history.steps) == 43
    assert start.high == start.low == start.close == float(bars[0].open)
    assert step.high == float(max(bar.high for bar in bars[:4]))
    assert step.low == float(min(bar.low for bar in bars[:4]))
    assert step.close == float(bars[3].close)


def test_prices_behind_the_last_reading_still_consume_levels(market, read):
    rows = market()
    crash = rows["candles"][0]["bars"][-1]
    crash |= {"low": crash["low"] * 0.7}
    rows["open_interest"] = rows["open_interest"][:-1]
    for one in estimated_maps(read(rows).snapshot):
        # of its last reading, an hour before the last candle ended
        assert one.time == END - timedelta(hours=1)
        assert all(level.price < crash["low"] for level in side(one, "long"))


def test_wide_maps_are_of_wider_levels_and_lose_nothing(market, read, monkeypatch):
    snapshot = read(market()).snapshot
    fine = estimated_maps(snapshot)
    monkeypatch.setattr("commentary.liquidation_map.from_snapshot.MOST_LEVELS", 100)
    for one, coarse in zip(fine, estimated_maps(snapshot), strict=True):
        for name in ("long", "short"):
            assert len(side(coarse, name)) <= 100 < len(side(one, name))
            assert abs(total(coarse, name) - total(one, name)) < 1
        close = snapshot.candles[0].bars[-1].close
        assert max(level.price for level in side(coarse, "long")) < close
        assert min(level.price for level in side(coarse, "short")) > close


def test_a_map_fits_what_a_snapshot_may_hold():
    # three priors and two sides of each of eight exchanges
    assert limits()["levels"].most >= MOST_LEVELS * 3 * 2 * 8


def test_our_rows_are_read_as_any_map_and_metrics_find_their_clusters(market, read):
    rows = market()
    maps = [one.model_dump(mode="json", exclude_none=True) for one in estimated_maps(read(rows).snapshot)]
    price = [
        {"value": rows["candles"][0]["bars"][-1]["close"], "kind": "mark", "venue": "Binance", "source": "Binance"}
    ]
    again = read(rows, prices=price, liquidation_maps=maps)
    assert again.conflicts == ()
    sheet = facts_of(again, settings=Settings())
    assert "model_estimate" in sheet.flags
    assert not {"far_level", "trigger_already_passed", "unit_scale_suspect"} & set(sheet.flags)
    base = next(one for one in estimated_maps(read(rows).snapshot) if one.prior == "base")
    for name in ("long", "short"):
        whole = sheet.get("side_total", side=name, venue="Binance")
        assert abs(whole.number - total(base, name)) < 1
        assert whole.evidence == "estimated"
        assert whole.source == ("commentary",)
        found = sheet.all("cluster_size", side=name)
        assert found
        assert all(0 < one.number <= whole.number for one in found)
        sums = [one.number for one in sheet.all("reach_sum", side=name)]
        assert sums == sorted(sums)
        assert sums[-1] <= whole.number


def test_a_vendor_s_sums_alone_give_no_cluster(read):
    vendor = {"source": "CoinGlass", "cumulative": [{"price": 58_000, "side": "long", "notional_usd": 1_000_000_000}]}
    sheet = facts_of(read(prices=[{"value": 60_000}], liquidation_maps=[vendor]), settings=Settings())
    assert sheet.get("reach_size", side="long").number == 1_000_000_000
    assert not sheet.all("cluster_size")
    assert not sheet.all("reach_sum")


def changed(rows, **fields):
    return {**rows, "open_interest": [{**row, **fields} for row in rows["open_interest"]]}


REASONS = {
    "no exchange": (lambda market: {}, "neither candles nor open interest of a named exchange"),
    "no candles": (
        lambda market: {"open_interest": market()["open_interest"]},
        "Binance: the snapshot holds no candles",
    ),
    "no open interest": (lambda market: {"candles": market()["candles"]}, "in coin the snapshot holds none"),
    "inverse": (lambda market: changed(market(), margin="inverse"), "only that of inverse contracts"),
    "other times": (
        lambda market: {**market(), "open_interest": market(hours=400)["open_interest"][:30]},
        "share 0 times",
    ),
    "too seldom": (lambda market: market(hours=600, interval=60, every=480), "is read every 8 hours"),
    "too short": (lambda market: market(hours=20, interval=15, every=15), "share 20.0 hours, and a map needs 24"),
    "too few": (lambda market: market(hours=30), "24 hours hold 25 readings"),
    "far": (lambda market: far(market()), "moved more than twenty-five-fold within 168 hours"),
    "the last readings are missing": (
        lambda market: {**market(), "open_interest": market()["open_interest"][:-3]},
        "until 2026-05-22 06:00 UTC, 3.0 hours before now",
    ),
    "nothing before the last reading": (
        lambda market: {**market(), "open_interest": without(market()["open_interest"], *range(164, 168))},
        "until 2026-05-22 04:00 UTC, and then only of 2026-05-22 09:00",
    ),
    "holes": (
        # 10:00 on the 17th to 16:00 on the 18th, and no reading within
        lambda market: {**market(), "open_interest": without(market()["open_interest"], *range(50, 79))},
        "of its open interest in coin 30 of 168 hours are missing",
    ),
    "nothing opened": (lambda market: changed(market(), value_coin=5), "no level is left"),
}


def far(rows):
    bars = rows["candles"][0]["bars"]
    bars[-1] = {**bars[-1], "high": bars[-1]["high"] * 40}
    return rows


@pytest.mark.parametrize("name", REASONS)
def test_why_there_is_no_map_is_said(market, read, name):
    make, words = REASONS[name]
    snapshot = read(make(market)).snapshot
    assert estimated_maps(snapshot) == ()
    (reason,) = why_none(snapshot)
    assert words in reason


def test_what_ended_too_long_ago_is_passing_and_nothing_else_is(market, read):
    rows = market()
    late = {**rows, "open_interest": rows["open_interest"][:-3]}
    other = market(venue="Bybit")
    found = estimate(read(late, other).snapshot)
    told = (
        "its candles and its open interest in coin are known together until 2026-05-22 06:00 UTC, 3.0 hours before now"
    )
    assert found.behind == (f"Binance: {told}",)
    assert found.behind[0].venue == "Binance"
    assert {one.venue for one in found.maps} == {"Bybit"}
    assert estimate(read({"candles": rows["candles"]}).snapshot).behind == ()


def test_a_history_with_holes_gives_no_map_and_one_with_few_gives_one(market, read):
    rows = market()
    bars = rows["candles"][0]["bars"]
    few = {**rows, "candles": [{**rows["candles"][0], "bars": without(bars, 50, 51, 52)}]}
    maps = estimated_maps(read(few).snapshot)
    assert maps[0].assumptions["candles_missing"] == 3
    many = {**rows, "candles": [{**rows["candles"][0], "bars": without(bars, *range(50, 80))}]}
    (reason,) = why_none(read(many).snapshot)
    assert "30 of 168 candles of 168 hours are missing" in reason


def test_of_two_sources_the_exchange_s_own_is_taken(market, read):
    own, vendor = market(), market(source="CoinGlass", scale=3.0)
    (history,) = histories(read(vendor, own).snapshot)
    assert (history.candles.source, history.readings[0].source) == ("Binance", "Binance")


def test_a_coin_of_another_asset_is_left_alone(market, read):
    rows = market()
    other = market(venue="Bybit")
    other = {name: [{**row, "asset": "ETH"} for row in other[name]] for name in other}
    assert {one.venue for one in estimated_maps(read(rows, other).snapshot)} == {"Binance"}


def test_no_figure_is_a_number_that_is_none(week):
    for one in estimated_maps(week):
        assert np.isfinite([float(level.notional_usd) for level in one.levels]).all()
