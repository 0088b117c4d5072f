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
