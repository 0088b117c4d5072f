"""A map against the maps of the same model on earlier days, at equal distance from the price of each day."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.clusters import clusters
from commentary.metrics.map_history import MAPS_NEEDED, map_history
from commentary.metrics.price import price
from commentary.metrics.volatility import volatility

D = Decimal
NOW = datetime(2026, 5, 22, 9, tzinfo=UTC)
PRICE = [{"value": 100, "kind": "mark", "venue": "Binance", "source": "Binance"}]


def drawn(day, millions, at=100, source="CoinGlass"):
    """A map of `day` days ago with levels one dollar apart, six on each side: the same sum at each of them."""
    levels = [
        {"price": at + sign * step, "side": side, "notional_usd": millions * 1_000_000}
        for side, sign in (("long", -1), ("short", 1))
        for step in range(1, 7)
    ]
    time = (NOW - timedelta(days=day)).isoformat()
    return {"source": source, "window_hours": 168, "time": time, "levels": levels}


def bars(closes):
    """Daily candles that end at nine, the newest last; `closes` by days ago."""
    first = max(closes)
    rows = []
    for day in range(first, -1, -1):
        close = closes.get(day, 100)
        start = (NOW - timedelta(days=day + 1)).isoformat()
        rows.append({"time": start, "open": close, "high": close, "low": close, "close": close})
    return [{"venue": "Binance", "source": "Binance", "interval_minutes": 1440, "bars": rows}]


@pytest.fixture
def held(facts):
    """Return a function: maps and closes by days ago in, the facts of the map's history out."""

    def run(maps, closes):
        metrics = (price, volatility, clusters, map_history)
        return facts(*metrics, prices=PRICE, liquidation_maps=maps, candles=bars(closes))

    return run


def test_earlier_sums_at_equal_distance_are_counted_and_have_a_median(held):
    # Within 5% of 100 lie five levels a side: 20 million each today, 100 in sum.
    # Fourteen earlier days of 1, 2, ... 13 and 30 million a level: 5, 10, ... 65 and 150.
    # One of them, 150, is larger; the median lies between the seventh and eighth, 35 and 40: 37.5.
    maps = [drawn(0, 20), *(drawn(day, day) for day in range(1, 14)), drawn(14, 30)]
    sheet = held(maps, {15: 100})
    assert sheet.get("map_past_larger", side="long", at="5%").value == 1
    assert sheet.get("map_past_median", side="long", at="5%").value == D("37500000")
    assert sheet.get("map_past_days", side="short", at="5%").value == MAPS_NEEDED


def test_the_distance_of_an_earlier_map_counts_from_the_price_of_its_own_day(held):
    # Three days ago the price was 102. 5% below it is 96.9, so the longs at 99, 98 and 97 count: 90 million, less
    # than the 100 of today. Its shorts end at 106, 3.9% away: what lies within 5% above is not known.
    maps = [drawn(0, 20), *(drawn(day, 30 if day == 3 else 1) for day in range(1, 15))]
    sheet = held(maps, {15: 100, 3: 102})
    assert sheet.get("map_past_larger", side="long", at="5%").value == 0
    assert sheet.get("map_past_days", side="long", at="5%").value == 14
    assert sheet.get("map_past_days", side="short", at="5%") is None


def test_maps_of_another_source_and_too_few_days_give_no_history(held):
    others = [drawn(day, 1, source="Coinalyze") for day in range(1, 20)]
    assert held([drawn(0, 20), *others], {20: 100}).get("map_past_larger", side="long", at="5%") is None
    few = [drawn(day, 1) for day in range(14)]
    sheet = held(few, {15: 100})
    assert sheet.get("map_past_larger") is None
    assert sheet.why_missing("map_past_larger") == "a rank of a map's sum needs 14 earlier days, the snapshot holds 13"
