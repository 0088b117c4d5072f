"""Flush: price, open interest in coin and one-sided liquidations within the same day."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.flush import flush, flush_state, imbalance
from commentary.metrics.liquidations import liquidations
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price

D = Decimal
RULE = {
    "price_percent": D(1),
    "oi_change_coin": D("-2.5"),
    "oi_change_coin_severe": D("-4.37"),
    "imbalance": D("0.3"),
}
MARK = {"value": 60480, "kind": "mark", "venue": "Binance", "source": "Binance"}
DAY = {"window_hours": 24, "venue": "all", "source": "CoinGlass"}
NOW = datetime(2026, 5, 22, 9, tzinfo=UTC)


def ago(hours):
    return (NOW - timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


def state(price_percent, oi_percent, longs_less_shorts, *, is_large=None):
    return flush_state(D(price_percent), D(oi_percent), D(longs_less_shorts), RULE, is_large=is_large)


@pytest.fixture
def day(facts):
    """Return a function: a day's changes and liquidations in, the facts of flush and what it needs out."""

    def run(*, move="-5.4", coin="-9.2", rows=({"long_usd": 512e6, "short_usd": 61e6},), **fields):
        sections = {
            "prices": [MARK],
            "price_changes": [{**DAY, "venue": "Binance", "percent": float(move)}] if move else [],
            "open_interest_changes": [{**DAY, "percent": float(coin), "of": "coin"}] if coin else [],
            "liquidations": [{**DAY, **row} for row in rows],
            **fields,
        }
        return facts(price, open_interest, liquidations, flush, **sections)

    return run


def test_the_imbalance_runs_from_shorts_only_to_longs_only():
    # (512 - 61) / (512 + 61) = 451 / 573 = 0.78709
    assert abs(imbalance(D(512), D(61)) - D("0.78709")) < D("0.00001")
    assert imbalance(D(0), D(5)) == -1
    assert imbalance(D(5), D(0)) == 1
    assert imbalance(D(0), D(0)) == 0


@pytest.mark.parametrize(
    ("price_percent", "oi_percent", "longs_less_shorts", "expected"),
    [
        ("-5.4", "-9.2", "0.787", "long flush severe"),
        ("-1", "-2.5", "0.3", "long flush"),
        ("-1", "-4.37", "0.3", "long flush severe"),
        ("-0.99", "-2.5", "0.3", "none"),
        ("-1", "-2.49", "0.3", "none"),
        ("-1", "-2.5", "0.29", "none"),
        ("1", "-2.5", "-0.3", "short squeeze"),
        ("6", "-5", "-0.9", "short squeeze severe"),
        ("6", "5", "-0.9", "none"),
        ("5.4", "-9.2", "0.787", "none"),
        ("-5.4", "-9.2", "-0.787", "none"),
        ("0", "-9.2", "0.787", "none"),
    ],
)
def test_each_threshold_holds_at_its_value_and_not_before(price_percent, oi_percent, longs_less_shorts, expected):
    assert state(price_percent, oi_percent, longs_less_shorts) == expected


def test_liquidations_that_are_ordinary_for_their_history_are_no_flush():
    assert state("-5.4", "-9.2", "0.787", is_large=False) == "none"
    assert state("-5.4", "-9.2", "0.787", is_large=True) == "long flush severe"


def test_a_day_of_forced_longs_is_a_severe_flush_with_its_inputs(day):
    fact = day().get("flush_state", window=24)
    assert (fact.text, fact.unit, fact.quantity, fact.evidence) == (
        "long flush severe",
        "name",
        "entity",
        "reported",
    )
    assert fact.inputs == (
        "BTC/price_change/venue=Binance/window=24h",
        "BTC/oi_change_coin/venue=all/window=24h",
        "BTC/liq_size/side=long/venue=all/window=24h",
        "BTC/liq_size/side=short/venue=all/window=24h",
        "BTC/liq_total/venue=all/window=24h",
    )


def test_a_quiet_day_is_none_not_missing(day):
    assert day(move="-0.2", coin="-0.4").get("flush_state").text == "none"


def test_one_side_and_the_total_are_enough(day):
    # 573 - 512 leaves 61 for shorts
    assert day(rows=[{"long_usd": 512e6, "total_usd": 573e6}]).get("flush_state").text == "long flush severe"
    assert (
        day(move="5", rows=[{"long_usd": 61e6, "total_usd": 573e6}]).get("flush_state").text == "short squeeze severe"
    )


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        ({"move": None}, "the 24-hour change in price is not known"),
        ({"coin": None}, "the 24-hour change of open interest in coin is not known"),
        ({"rows": []}, "the 24-hour liquidations of both sides are not known"),
        ({"rows": [{"long_usd": 512e6}]}, "the 24-hour liquidations of both sides are not known"),
        (
            {"rows": [{"long_usd": 512e6, "short_usd": 61e6, "total_usd": 900e6}]},
            "the 24-hour liquidations of both sides are not known",
        ),
    ],
)
def test_a_missing_input_leaves_the_state_unknown(day, left_out, reason):
    sheet = day(**left_out)
    assert sheet.get("flush_state") is None
    assert sheet.why_missing("flush_state") == reason


def test_a_change_in_dollars_alone_is_no_flush(day):
    usd = [{**DAY, "percent": -14.1, "of": "usd"}]
    sheet = day(open_interest_changes=usd)
    assert sheet.why_missing("flush_state") == "the 24-hour change of open interest in coin is not known"


def test_windows_that_end_more_than_an_hour_apart_are_not_put_together(day):
    sheet = day(rows=[{"long_usd": 512e6, "short_usd": 61e6, "time": ago(1.5)}])
    assert sheet.get("flush_state") is None
    assert "2026-05-22 07:30 to 2026-05-22 09:00" in sheet.why_missing("flush_state")


def test_another_coins_liquidations_do_not_count(day):
    sheet = day(rows=[{"asset": "market", "long_usd": 1140e6, "short_usd": 130e6}])
    assert sheet.get("flush_state") is None


def test_a_held_history_must_be_topped(day):
    # 40 earlier days of 1 to 40 hundred million: their 95th percentile is at place 0.95 * 39 = 37.05, 38.05
    earlier = [{"long_usd": 50e6 * size, "short_usd": 50e6 * size, "time": ago(24 * size)} for size in range(1, 41)]
    ordinary = day(rows=[{"long_usd": 3e9, "short_usd": 0.8e9}, *earlier])
    assert ordinary.get("flush_state").text == "none"
    large = day(rows=[{"long_usd": 3e9, "short_usd": 0.81e9}, *earlier])
    assert large.get("flush_state").text == "long flush severe"


def test_a_short_history_is_not_asked(day):
    earlier = [{"long_usd": 9e9, "short_usd": 9e9, "time": ago(24 * d)} for d in range(1, 20)]
    rows = [{"long_usd": 512e6, "short_usd": 61e6}, *earlier]
    assert day(rows=rows).get("flush_state").text == "long flush severe"
