"""What a modelled sum is set against: a day's volume, resting orders, past UTC days, and what lies beyond it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.cascade import cascade
from commentary.metrics.clusters import clusters
from commentary.metrics.open_interest import open_interest
from commentary.metrics.order_book import order_book
from commentary.metrics.price import price
from commentary.metrics.reach import reach
from commentary.metrics.volatility import volatility

D = Decimal
AS_OF = datetime(2026, 5, 22, 9, tzinfo=UTC)
NEWEST = AS_OF.replace(hour=8)
MARK = [{"value": 100, "kind": "mark", "venue": "Binance", "source": "Binance"}]


def bars(count, *, ends=NEWEST, volume=10, lows=None, highs=None):
    """Four-hour bars that open and close at 100; lows and highs by start, of others 99.5 and 100.5."""
    rows = []
    for place in range(count, 0, -1):
        start = ends - timedelta(hours=4) * place
        row = {
            "time": start.isoformat().replace("+00:00", "Z"),
            "open": 100,
            "high": (highs or {}).get(start, 100.5),
            "low": (lows or {}).get(start, 99.5),
            "close": 100,
        }
        rows.append(row if volume is None else {**row, "volume_usd": volume})
    return [{"venue": "Binance", "source": "Binance", "interval_minutes": 240, "bars": rows}]


@pytest.fixture
def found(facts):
    """Return a function: sections of a snapshot in, the facts of cascade and what it needs out."""

    def run(*reaches, prices=MARK, **fields):
        if reaches:
            rows = [{"price": at, "side": side, "notional_usd": size} for side, at, size in reaches]
            fields["liquidation_maps"] = [{"source": "CoinGlass", "window_hours": 168, "cumulative": rows}]
        metrics = (price, volatility, open_interest, reach, clusters, order_book, cascade)
        return facts(*metrics, prices=prices, **fields)

    return run


def test_a_days_volume_is_that_of_the_24_hours_to_the_newest_bar(found):
    sheet = found(candles=bars(12))
    volume = sheet.get("day_volume")
    # six bars of 10
    assert (volume.number, volume.unit, volume.subject.venue, volume.evidence) == (60, "usd", "Binance", "observed")
    assert volume.subject.window_hours == 24
    assert volume.as_of == AS_OF.replace(hour=8)


def test_without_the_volume_of_each_bar_there_is_none(found):
    made = bars(12)
    del made[0]["bars"][-3]["volume_usd"]
    sheet = found(candles=made)
    assert sheet.get("day_volume") is None
    assert "volume" in sheet.why_missing("day_volume")


def test_a_gap_in_the_24_hours_leaves_none(found):
    made = bars(12)
    del made[0]["bars"][-3]
    assert found(candles=made).get("day_volume") is None


def test_a_sum_is_told_as_percent_of_that_volume(found):
    # 15 of 60
    sheet = found(("long", 95, 15), candles=bars(12))
    share = sheet.get("reach_volume_share", side="long")
    assert (share.number, share.unit, share.quantity, share.evidence) == (25, "percent", "share", "estimated")
    assert share.source == ("CoinGlass", "Binance")


def test_a_base_rate_counts_the_days_whose_low_was_as_far_below_their_open(found):
    # 40 whole UTC days end at midnight before the bars of May 22 at 00:00 and 04:00: 242 bars, 41 days with the last.
    lows = {
        datetime(2026, 5, 3, 4, tzinfo=UTC): 95,  # exactly as far: 95 / 100 - 1 = -5%
        datetime(2026, 5, 4, 8, tzinfo=UTC): 94,
        datetime(2026, 5, 4, 20, tzinfo=UTC): 93,  # the same day, counted once
        datetime(2026, 5, 5, 0, tzinfo=UTC): 95.1,  # not so far
        datetime(2026, 5, 22, 4, tzinfo=UTC): 90,  # the day that is not over counts too
    }
    highs = {datetime(2026, 4, 20, 12, tzinfo=UTC): 110}
    sheet = found(("long", 95, 5), ("short", 108, 5), candles=bars(242, lows=lows, highs=highs))
    days = sheet.get("price_base_days")
    assert (days.number, days.unit, days.subject.venue) == (41, "days", "Binance")
    assert days.as_of == AS_OF.replace(hour=8)
    longs, shorts = sheet.get("price_base", side="long"), sheet.get("price_base", side="short")
    assert (longs.number, shorts.number) == (3, 1)
    assert (longs.unit, longs.subject.venue, longs.subject.at) == ("count", "Binance", "95")
    assert longs.formula.startswith("of 41 UTC days, those whose low was as far below the open as BTC/reach_distance")


def test_the_newest_day_on_which_price_was_beyond_a_level_is_told_and_at_the_level_is_not_beyond(found):
    lows = {
        datetime(2026, 5, 3, 4, tzinfo=UTC): 94.9,
        datetime(2026, 5, 4, 8, tzinfo=UTC): 94,
        datetime(2026, 5, 9, 8, tzinfo=UTC): 95,  # at the level, not under it
    }
    highs = {datetime(2026, 4, 20, 12, tzinfo=UTC): 108}
    sheet = found(("long", 95, 5), ("short", 108, 5), candles=bars(242, lows=lows, highs=highs))
    last = sheet.get("price_base_last", side="long")
    assert (last.value, last.unit, last.subject.venue) == (datetime(2026, 5, 4, tzinfo=UTC), "time", "Binance")
    assert last.formula.startswith("the newest of 41 UTC days whose low was under BTC/reach_price/side=long")
    assert sheet.get("price_base_last", side="short") is None
    why = [gap.reason for gap in sheet.missing if gap.subject.metric == "price_base_last"]
    assert why == ["of the 41 UTC days of candles there is none whose high was above it"]


def test_days_of_which_a_bar_is_missing_are_no_whole_days(found):
    made = bars(242)
    del made[0]["bars"][100]
    assert found(("long", 95, 5), candles=made).get("price_base_days").number == 40


def test_daily_candles_reach_further_back_and_the_day_so_far_is_of_the_finer_ones(found):
    # 40 whole days and the day so far of four-hour bars, with one low 6 percent down on it; daily bars of the same
    # exchange hold 60 days to midnight, 20 of them older, one of these with a low 7 percent down: 61 days, 2 of them.
    fine = bars(242, lows={datetime(2026, 5, 22, 4, tzinfo=UTC): 94})[0]
    day = {"open": 100, "high": 100, "low": 100, "close": 100}
    starts = [datetime(2026, 5, 21, tzinfo=UTC) - timedelta(days=back) for back in reversed(range(60))]
    daily = [{**day, "time": start.isoformat(), "low": 93 if place == 5 else 100} for place, start in enumerate(starts)]
    long = {**{key: fine[key] for key in ("venue", "source")}, "interval_minutes": 1440, "bars": daily}
    sheet = found(("long", 95, 5), candles=[fine, long])
    assert (sheet.get("price_base_days").number, sheet.get("price_base", side="long").number) == (61, 2)


def test_fewer_than_thirty_days_give_no_base_rate(found):
    # 6 * 29 bars and the two of the day that is not over
    sheet = found(("long", 95, 5), candles=bars(6 * 29 + 2))
    assert sheet.get("price_base") is None
    assert sheet.why_missing("price_base") == "a base rate needs 30 UTC days of candles, the snapshot holds 29"


def test_a_level_that_price_has_passed_has_no_base_rate(found):
    rows = [{"price": 101, "side": "long", "notional_usd": 5}]
    older = {"source": "CoinGlass", "window_hours": 168, "time": "2026-05-22T04:00:00Z", "cumulative": rows}
    sheet = found(liquidation_maps=[older], candles=bars(242))
    assert sheet.get("level_passed", side="long") is not None
    assert sheet.get("price_base", side="long") is None


def test_the_price_to_which_orders_were_counted_is_a_fact_beside_them(found):
    row = {"venue": "Binance", "source": "Binance", "to_price": 95.5, "bids_usd": 40}
    sheet = found(order_book=[row])
    end = sheet.get("depth_price", side="long")
    assert (end.number, end.unit, end.subject.venue) == (D("95.5"), "price", "Binance")


def test_a_further_sum_of_the_map_tells_what_it_adds(found):
    sheet = found(("long", 95, 50), ("long", 92, 80), ("long", 90, 130), ("short", 108, 70))
    # 80 - 50 to the next one, 92, and 130 - 80 from there to 90; nothing is beyond 90, or 108.
    beyond = {fact.subject.at: fact.number for fact in sheet.all("reach_beyond_size")}
    assert beyond == {"95": 30, "92": 50}
    assert {fact.subject.at: fact.number for fact in sheet.all("reach_beyond_price")} == {"95": 92, "92": 90}


def test_what_lies_beyond_the_largest_cluster_is_the_next_and_the_levels_in_between(found):
    # As in test_clusters: longs of 0.1 apart from 99.9 down, the largest at places 9 to 11 (99.0 to 98.8), the next at
    # places 29 to 31 (97.0 to 96.8); 17 levels of 1 million between 98.8 and 97.0.
    sizes = [1] * 60
    sizes[9:12] = [30, 60, 30]
    sizes[29:32] = [20, 40, 20]
    levels = [
        {"price": float(100 - D("0.1") * (place + 1)), "side": "long", "notional_usd": size * 1_000_000}
        for place, size in enumerate(sizes)
    ]
    sheet = found(liquidation_maps=[{"source": "CoinGlass", "levels": levels}])
    assert sheet.get("cluster_next_size", side="long", at="1").number == 80_000_000
    assert sheet.get("cluster_next_near", side="long", at="1").number == 97
    assert sheet.get("cluster_void_size", side="long", at="1").number == 17_000_000
