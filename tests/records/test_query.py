"""Conditions of a story: whether they hold, and why, in words."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.records.fact import Fact, MissingFact, Subject
from commentary.records.query import Scope, judge
from commentary.records.sheet import FactSheet

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCOPE = Scope({"side": "long", "other": "short", "own": "BTC"}, {"floor_usd": Decimal(100_000_000)})


def fact(metric, value, unit, **subject):
    return Fact(Subject("BTC", metric, **subject), value, unit, "level", "observed", ("Binance",), NOON)


SHEET = FactSheet(
    "BTC",
    NOON,
    (
        fact("reach_size", Decimal(1_070_000_000), "usd", side="long"),
        fact("price_change", Decimal("-2.3"), "percent", window_hours=Decimal(24)),
        fact("flush_state", "none", "name"),
    ),
    (MissingFact(Subject("BTC", "liq_total"), "usd", "the snapshot holds no recorded liquidations"),),
    ("stale_data",),
)


@pytest.mark.parametrize(
    ("condition", "holds", "why"),
    [
        (
            "reach_size side=$side >= $floor_usd",
            True,
            "reach size of the long side is $1.07 billion, at least $100 million",
        ),
        ("|price_change window=24| < 1", False, "price change over 24 hours is -2.3%, in size not below 1%"),
        ("liq_total > 5", False, "liquidations total is not known: the snapshot holds no recorded liquidations"),
        ("has reach_size", True, "reach size is $1.07 billion"),
        ("has oi_coin venue=all", False, "open interest in coin on all exchanges is not known"),
        ("no oi_coin", True, "there is no open interest in coin"),
        ("no reach_size", False, "reach size is $1.07 billion"),
        ("flag stale_data", True, "the data is flagged stale data"),
        ("unflagged stale_data", False, "the data is flagged stale data"),
        ("unflagged far_level", True, "the data is not flagged far level"),
        ("flush_state is not none", False, "flush state is none"),
        ("flush_state is long flush", False, "flush state is none, not long flush"),
        ("asset is BTC", True, "the snapshot is about BTC"),
        ("asset is market", False, "the snapshot is about BTC, not market"),
        ("has oi_coin or no reach_size", False, "open interest in coin is not known; and reach size is $1.07 billion"),
        ("has oi_coin or has reach_size", True, "reach size is $1.07 billion"),
    ],
)
def test_a_condition_says_why_in_words(condition, holds, why):
    assert judge(SHEET, condition, SCOPE) == (holds, why)
