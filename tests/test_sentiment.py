"""The label: from forced flow and positioning, never from the map alone, never from price alone."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from commentary import Settings, facts_of, read_snapshot
from commentary.records.fact import Fact, Subject
from commentary.records.sheet import FactSheet
from commentary.sentiment import parameters, read_sentiment

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
SNAPSHOTS = Path(__file__).parents[1] / "data" / "snapshots"


def fact(metric, value, unit="percent", side=None, *, window=None, at=None, asset="BTC", venue=None):
    number = value if unit == "name" else Decimal(str(value))
    subject = Subject(asset, metric, side, venue, Decimal(window) if window else None, at)
    return Fact(subject, number, unit, "level", "reported", ("CoinGlass",), NOW)


def reading(*facts, flags=()):
    return read_sentiment(FactSheet("BTC", NOW, facts, flags=tuple(flags)))


def bundled(name):
    return read_sentiment(facts_of(read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes()), settings=Settings()))


MAP = (
    fact("reach_size", 1_070_000_000, "usd", "long", at="60593"),
    fact("reach_ratio", "4.6", "ratio", "long"),
)
FALL = fact("price_change", "-4", window=24)
LIQUIDATED = (
    fact("liq_total", 500_000_000, "usd", window=24),
    fact("liq_share", 90, "percent", "long", window=24),
    fact("liq_to_oi", "3.5"),
)

CLOSED = fact("oi_change_coin", "-3", window=24)


def test_a_sum_and_a_bare_rate_make_no_direction():
    read = bundled("btc-example")
    assert read.label in ("neutral", "none")
    assert (read.strength, read.coverage) == ("none", "low")


def test_one_side_of_a_map_alone_has_no_skew_to_compare():
    assert reading(MAP[0]).risk_skew == "none"


def test_a_flush_is_neutral_because_its_halves_oppose():
    read = bundled("btc-flush")
    points = {entry.rule: entry.points for entry in read.contributions}
    assert read.label == "neutral"
    # What was forced argues against, what is left in the book for.
    assert points["liquidations"] < 0 < points["reset"]


def test_the_map_never_moves_the_label():
    with_map, without = reading(FALL, CLOSED, *LIQUIDATED, *MAP), reading(FALL, CLOSED, *LIQUIDATED)
    assert (with_map.label, with_map.strength) == (without.label, without.strength) == ("bearish", "slight")
    assert with_map.contributions == without.contributions
    assert (with_map.risk_skew, without.risk_skew) == ("downside", "none")


@pytest.mark.parametrize(("change", "label"), [("-2.4", "neutral"), ("-2.5", "bearish"), ("2.4", "neutral")])
def test_liquidations_make_a_direction_only_with_a_change_in_positions(change, label):
    assert reading(FALL, fact("oi_change_coin", change, window=24), *LIQUIDATED).label == label


def test_liquidations_without_open_interest_make_no_direction():
    assert reading(FALL, *LIQUIDATED).label == "neutral"


def test_a_map_alone_makes_no_direction_however_lopsided():
    assert reading(*MAP).label == "neutral"


def test_funding_alone_makes_no_direction():
    assert reading(fact("funding_8h", "0.2", at="settled", venue="Binance")).label == "neutral"


def test_nothing_is_no_label_and_a_stale_price_is_nothing():
    assert reading().label == "none"
    assert reading(FALL, flags=["stale_data"]).label == "none"


def test_price_alone_adds_at_most_fifteen_points():
    for change in ("-40", "40"):
        (entry,) = reading(fact("price_change", change, window=24)).contributions
        assert abs(entry.points) <= parameters()["points"]["price_most"] == 15


def test_longs_liquidated_argue_against_and_shorts_for():
    shorts = (LIQUIDATED[0], fact("liq_share", 90, "percent", "short", window=24), LIQUIDATED[2])
    assert reading(*LIQUIDATED).contributions[0].points == -reading(*shorts).contributions[0].points < 0


def test_liquidations_below_the_floor_do_not_count():
    assert reading(*LIQUIDATED, flags=["below_size_floor"]).contributions == ()


def test_rates_that_disagree_between_exchanges_do_not_count():
    rate = fact("funding_8h", "0.06", at="settled", venue="Binance")
    assert [entry.rule for entry in reading(FALL, rate).contributions] == ["price", "funding"]
    assert [entry.rule for entry in reading(FALL, rate, flags=["venue_divergence"]).contributions] == ["price"]


@pytest.mark.parametrize(
    ("ratio", "side", "skew"),
    [("1.49", "long", "two-sided"), ("1.5", "long", "downside"), ("1.5", "short", "upside")],
)
def test_the_skew_names_the_side_on_which_more_would_be_forced(ratio, side, skew):
    assert reading(fact("reach_ratio", ratio, "ratio", side)).risk_skew == skew


def test_a_passed_or_old_map_has_no_skew():
    assert reading(*MAP, fact("level_passed", "passed", "name", "long")).risk_skew == "none"
    assert reading(*MAP, fact("stale_age", 30, "hours", at="liquidation map")).risk_skew == "none"


def test_coverage_counts_the_kinds_of_data():
    few = reading(FALL, *LIQUIDATED)
    more = reading(FALL, *LIQUIDATED, *MAP, fact("oi_change_coin", "-1", window=24))
    assert (few.coverage, more.coverage) == ("low", "medium")


def test_a_reading_becomes_facts_that_can_be_explained():
    sheet = FactSheet("BTC", NOW, (FALL, CLOSED, *LIQUIDATED))
    facts = {made.subject.metric: made for made in read_sentiment(sheet).facts(sheet)}
    assert facts["sentiment_label"].value == "bearish"
    assert FALL.id in facts["sentiment_label"].inputs
    assert facts["sentiment_label"].evidence == "estimated"


def points(*facts, flags=()):
    return {entry.rule: entry.points for entry in reading(*facts, flags=flags).contributions}


def funding(rate):
    return fact("funding_8h", rate, at="settled", venue="Binance")


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        # percent per eight hours: from 0.05 extreme, from 0.03 high, to -0.0005 negative, to -0.03 very negative
        ("0.05", -30),
        ("0.0499", -15),
        ("0.03", -15),
        ("0.0299", None),
        ("0", None),
        ("-0.0004", None),
        ("-0.0005", 15),
        ("-0.0299", 15),
        ("-0.03", 25),
    ],
)
def test_a_rate_gives_points_from_its_bounds_on(rate, expected):
    assert points(funding(rate)).get("funding") == expected


@pytest.mark.parametrize(
    ("change", "state", "expected"),
    [
        # a fall in coin that the flush rule reads: small, from 8 percent large, from 15 huge
        ("-4", "long flush", 20),
        ("-7.9", "long flush", 20),
        ("-8", "long flush", 30),
        ("-14.9", "long flush severe", 30),
        ("-15", "long flush severe", 35),
        # the same argument the other way round once shorts were forced out
        ("-8", "short squeeze", -30),
        ("-15", "none", None),
    ],
)
def test_what_is_left_to_force_gives_points_by_the_fall_in_coin(change, state, expected):
    given = (fact("oi_change_coin", change, window=24), fact("flush_state", state, "name"))
    assert points(*given).get("reset") == expected


@pytest.mark.parametrize(
    ("price", "coin", "expected"),
    [("1", "2", 28), ("-1", "2", -28), ("0.9", "2", None), ("1", "1.9", None), ("-3", "-2", None)],
)
def test_positions_added_with_a_move_give_points_its_way(price, coin, expected):
    given = (fact("price_change", price, window=24), fact("oi_change_coin", coin, window=24))
    assert points(*given).get("quadrant") == expected


@pytest.mark.parametrize(
    ("coin", "to_baseline", "expected"),
    [("5", "1.1", -10), ("4.9", "1.1", None), ("5", "1", None)],
)
def test_growth_while_longs_pay_above_baseline_gives_points(coin, to_baseline, expected):
    ratio = fact("funding_to_baseline", to_baseline, "ratio", at="settled")
    assert points(fact("oi_change_coin", coin, window=24), ratio).get("build") == expected


@pytest.mark.parametrize(
    ("price", "share", "to_oi", "rate", "label", "strength"),
    [
        # price -4 of 4: -15; liquidations min(1, 0.5 / 0.5) * (2 * 0.9 - 1) * 38 = -30.4; 0.55 * -45.4 = -24.97
        ("-4", 90, "0.5", None, "bearish", "slight"),
        # the same with longs who pay an extreme rate: -24.97 + 0.35 * -30 = -35.47
        ("-4", 90, "0.5", "0.05", "bearish", "slight"),
        # all of it: price -15, liquidations -38: 0.55 * -53 - 10.5 = -39.65, still short of 45
        ("-8", 100, "0.5", "0.05", "bearish", "slight"),
        # price -1.8 of 4: -6.75; liquidations 0.5 * 0.8 * 38 = -15.2: 0.55 * -21.95 = -12.1, short of 18
        ("-1.8", 90, "0.25", None, "neutral", "none"),
        # price -4: -15; liquidations 0.6 * 0.8 * 38 = -18.24: 0.55 * -33.24 = -18.28, past 18
        ("-4", 90, "0.3", None, "bearish", "slight"),
        # shorts who pay a little carry 15, too little to count as opposed: -24.97 + 0.35 * 15 = -19.72
        ("-4", 90, "0.5", "-0.001", "bearish", "slight"),
        # shorts who pay an extreme rate carry 25: opposed, and in sum short of 28: -24.97 + 0.35 * 25 = -16.22
        ("-4", 90, "0.5", "-0.03", "neutral", "none"),
        # one side must hold 65 percent: 64 give liquidations of 0.28 * 38 = 10.64; no direction whatever the sum
        ("-4", 64, "0.5", "0.05", "neutral", "none"),
    ],
)
def test_points_weights_and_cutoffs_make_the_label(price, share, to_oi, rate, label, strength):
    given = [
        fact("price_change", price, window=24),
        CLOSED,
        LIQUIDATED[0],
        fact("liq_share", share, "percent", "long", window=24),
        fact("liq_to_oi", to_oi),
    ]
    read = reading(*given, *([funding(rate)] if rate else []))
    assert (read.label, read.strength) == (label, strength)


def test_a_clear_label_takes_forced_flow_and_positions_that_grow_against_price():
    # price -15, liquidations -38, quadrant -28: 0.55 * -81 = -44.55; funding -30 and build -10: 0.35 * -40 = -14;
    # together -58.55, past 45, which the first three alone do not reach
    given = (
        fact("price_change", "-8", window=24),
        fact("oi_change_coin", "6", window=24),
        LIQUIDATED[0],
        fact("liq_share", 100, "percent", "long", window=24),
        fact("liq_to_oi", "0.5"),
        funding("0.05"),
        fact("funding_to_baseline", "5", "ratio", at="settled"),
    )
    read = reading(*given)
    assert (read.label, read.strength) == ("bearish", "clear")
    assert reading(*given[:-2]).strength == "slight"


def test_positions_added_on_a_full_move_make_a_direction_however_little_was_recorded():
    # price -15 and quadrant -28: 0.55 * -43 = -23.65; shorts who pay a little take 0.35 * 15 = 5.25 of it: -18.4
    given = (
        FALL,
        fact("oi_change_coin", "2.5", window=24),
        fact("liq_total", 0, "usd", window=24),
        fact("liq_to_oi", 0),
    )
    longs = fact("liq_share", 65, "percent", "long", window=24)
    assert reading(*given, longs, funding("-0.001")).label == "bearish"
    assert reading(*given, longs, funding("-0.03")).label == "neutral"


def test_a_direction_takes_its_own_side_in_what_was_liquidated():
    given = (FALL, fact("oi_change_coin", "6", window=24), LIQUIDATED[0], fact("liq_to_oi", "0.1"))
    sides = {
        side: reading(*given, fact("liq_share", 70, "percent", side, window=24)).label for side in ("long", "short")
    }
    # Shorts take 0.2 * 0.4 * 38 = 3.04 off 43, and 0.55 * 39.96 is past 18 all the same.
    assert sides == {"long": "bearish", "short": "neutral"}
