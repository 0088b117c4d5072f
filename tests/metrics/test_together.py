"""Sheets of several assets laid side by side."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.metrics.together import together
from commentary.records.fact import Fact, MissingFact, Subject
from commentary.records.sheet import FactSheet

NINE = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 5, 22, 10, 0, tzinfo=UTC)


def price(asset, value, as_of=NINE):
    return Fact(Subject(asset, "price"), Decimal(value), "price", "level", "observed", ("Binance",), as_of)


def sheet(asset, *facts, as_of=NINE, missing=(), flags=()):
    return FactSheet(asset, as_of, facts, tuple(missing), flags)


@pytest.fixture
def both():
    gap = MissingFact(Subject("ETH", "oi_coin"), "coin", "not given")
    return together(
        [
            sheet("BTC", price("BTC", 62_000), price("market", 1), flags=("feed_undercount",)),
            sheet("ETH", price("ETH", 2_400), price("market", 2), as_of=TEN, missing=[gap], flags=("stale_data",)),
        ]
    )


def test_it_is_about_the_first_and_names_all_in_order(both):
    assert (both.asset, both.assets) == ("BTC", ("BTC", "ETH"))


def test_every_fact_is_there_and_the_firsts_are_preferred(both):
    assert [fact.number for fact in both.all("price")] == [62_000, 1, 2_400]
    assert both.get("price", asset="ETH").number == 2_400


def test_what_both_hold_is_kept_as_the_first_has_it(both):
    assert both.get("price", asset="market").number == 1


def test_the_assets_are_counted(both):
    assert both.get("wrap_assets").number == 2


def test_a_gap_and_a_flag_of_one_are_told(both):
    assert [gap.id for gap in both.missing] == ["ETH/oi_coin"]
    assert both.flags == ("feed_undercount", "stale_data")


def test_it_is_of_the_latest_time(both):
    assert both.as_of == TEN
