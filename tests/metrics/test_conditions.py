"""What a reader must be told about the data as a whole."""

from decimal import Decimal

import pytest

from commentary.metrics.base import Given
from commentary.metrics.conditions import conditions
from commentary.metrics.price import price
from commentary.records.fact import Fact, Flag, Subject
from commentary.records.sheet import FactSheet

D = Decimal
PRICE = {"value": 62140, "kind": "mark", "venue": "Binance", "source": "Binance"}
FUNDING = {"venue": "Binance", "rate": 0.0001, "interval_hours": 8, "kind": "settled"}
MAP = {"source": "CoinGlass", "cumulative": [{"price": 60593, "side": "long", "notional_usd": 1070000000}]}
OI = {"venue": "all", "value_coin": 270300, "source": "CoinGlass"}
LIQUIDATIONS = {"window_hours": 24, "total_usd": 5000000}
CHANGE = {"venue": "all", "window_hours": 24, "percent": 1.3, "source": "CoinGlass"}
FULL = {
    "prices": [PRICE],
    "funding": [FUNDING],
    "liquidation_maps": [MAP],
    "open_interest": [OI],
    "liquidations": [LIQUIDATIONS],
}


def open_interest(*venues):
    """Return a metric that makes open interest of these exchanges."""

    def find(given):
        for venue in venues:
            subject = Subject("BTC", "oi_coin", venue=venue)
            yield Fact(subject, D(270300), "coin", "level", "reported", (), given.as_of)

    return find


def why(read, name, **fields):
    """Return the reason of a flag."""
    snapshot = read(**fields)
    sheet = FactSheet("BTC", snapshot.snapshot.as_of, ())
    given = Given(snapshot.snapshot, snapshot.conflicts, snapshot.snapshot.as_of, sheet, ())
    return next(found.why for found in conditions(given) if isinstance(found, Flag) and found.name == name)


def test_full_fresh_data_of_all_exchanges_raises_no_flag(facts):
    assert facts(price, open_interest("all"), conditions, **FULL).flags == ()


def test_a_missing_price_and_missing_open_interest_are_told(facts):
    flags = facts(price, conditions, liquidation_maps=[MAP]).flags
    assert {"missing_price", "missing_oi"} <= set(flags)


def test_prices_in_euros_and_contracts_for_a_thousand_are_told(read):
    fields = {"quote": "EUR", "usd_rate": 1.08, "contract": "1000PEPEUSDT", "contract_multiplier": 1000}
    assert why(read, "non_usd_quote", **fields) == "prices are in EUR; 1 EUR is 1.08 USD"
    assert why(read, "contract_multiplier", **fields) == "1000PEPEUSDT stands for 1000 coins"


def test_a_conflict_of_sources_is_told_with_its_values(read):
    other = {**OI, "source": "Coinalyze", "value_coin": 262000}
    told = why(read, "source_conflict", open_interest=[OI, other])
    assert told == "270300 at /open_interest/0/value_coin against 262000 at /open_interest/1/value_coin"


@pytest.mark.parametrize(
    ("section", "row", "time", "at", "hours"),
    [
        # limits in minutes: price 15, map 360, open interest 60, funding 510, liquidations 60; as_of is 09:00
        ("prices", PRICE, "2026-05-22T08:30:00Z", "price", "0.5"),
        ("liquidation_maps", MAP, "2026-05-22T02:00:00Z", "liquidation map", "7"),
        ("open_interest", OI, "2026-05-22T07:00:00Z", "open interest", "2"),
        ("funding", FUNDING, "2026-05-22T00:00:00Z", "funding", "9"),
        ("liquidations", LIQUIDATIONS, "2026-05-22T07:45:00Z", "liquidations", "1.25"),
        ("price_changes", CHANGE, "2026-05-22T07:30:00Z", "price change", "1.5"),
        ("open_interest_changes", {**CHANGE, "of": "coin"}, "2026-05-21T09:00:00Z", "open interest change", "24"),
    ],
)
def test_a_family_that_is_too_old_is_told_with_its_age(facts, section, row, time, at, hours):
    sheet = facts(price, open_interest("all"), conditions, **{**FULL, section: [{**row, "time": time}]})
    assert sheet.flags == ("stale_data",)
    ages = sheet.all("stale_age")
    assert [(age.subject.at, age.number, age.unit) for age in ages] == [(at, D(hours), "hours")]
    assert f"{ages[0].as_of:%Y-%m-%dT%H:%M:%SZ}" == time


def test_one_fresh_row_keeps_a_family_fresh(facts):
    old = {**PRICE, "time": "2026-05-22T07:00:00Z"}
    rows = [old, {**PRICE, "venue": "Bybit", "time": "2026-05-22T08:59:00Z"}]
    assert facts(price, open_interest("all"), conditions, **{**FULL, "prices": rows}).flags == ()


def test_age_is_judged_against_now(facts):
    sheet = facts(price, open_interest("all"), conditions, now="2026-05-22T09:30:00Z", **FULL)
    assert [(age.subject.at, age.number) for age in sheet.all("stale_age")] == [("price", D("0.5"))]


def test_a_price_made_of_an_hour_old_close_is_stale(facts, candles):
    series = candles([62000, 62100], ends="2026-05-22T08:00:00Z")
    sheet = facts(price, open_interest("all"), conditions, **{**FULL, "prices": [], "candles": [series]})
    assert sheet.get("stale_age", at="price").number == 1
    assert "missing_price" not in sheet.flags


def test_open_interest_of_one_exchange_is_told(facts):
    assert "single_venue" in facts(price, open_interest("Binance"), conditions, **FULL).flags
    for venues in (("all",), ("Binance", "Bybit"), ("Binance", "all"), (None,)):
        assert "single_venue" not in facts(price, open_interest(*venues), conditions, **FULL).flags


def test_fewer_than_three_kinds_of_data_are_low_confidence(facts, read):
    two = {"prices": [PRICE], "funding": [FUNDING]}
    assert "low_confidence" in facts(price, conditions, **two).flags
    three = {**two, "liquidations": [LIQUIDATIONS]}
    assert "low_confidence" not in facts(price, conditions, **three).flags
    assert why(read, "low_confidence", **two) == "of 5 kinds of data the snapshot holds price, funding"


def test_rows_about_another_coin_do_not_count(facts):
    elsewhere = [{**LIQUIDATIONS, "asset": "ETH"}]
    assert "low_confidence" in facts(price, conditions, prices=[PRICE], liquidations=elsewhere).flags
