"""Resting orders, and a modelled sum against them."""

from decimal import Decimal

import pytest

from commentary.metrics.order_book import order_book, reaches
from commentary.records.fact import Fact, Subject

D = Decimal
BOOK = {"venue": "Binance", "source": "Binance", "time": "2026-05-22T08:59:00Z"}


def modelled(*facts):
    """Return a metric that makes these facts of a map: (metric, side, at, value)."""

    def find(given):
        for name, side, at, value in facts:
            subject = Subject("BTC", name, side, "CoinGlass", at=at)
            unit = "price" if name == "cluster_near" else "usd"
            yield Fact(subject, D(value), unit, "level", "estimated", ("CoinGlass",), given.as_of)

    return find


def test_bids_are_the_long_side_and_asks_the_short_side(facts):
    sheet = facts(order_book, order_book=[{**BOOK, "within_percent": 1, "bids_usd": 50, "asks_usd": 60}])
    bids, asks = sheet.get("depth_within", side="long"), sheet.get("depth_within", side="short")
    assert (bids.number, asks.number) == (50, 60)
    assert (bids.unit, bids.subject.venue, bids.subject.at, bids.evidence) == (
        "usd",
        "Binance",
        "1%",
        "observed",
    )
    assert f"{bids.as_of:%H:%M}" == "08:59"


def test_depth_to_a_price_names_the_price_plainly(facts):
    rows = [{**BOOK, "to_price": 60000.50, "bids_usd": 40000000}, {**BOOK, "to_price": 64000, "asks_usd": 9}]
    sheet = facts(order_book, order_book=rows)
    assert sheet.get("depth", side="long", at="60000.5").number == 40_000_000
    assert sheet.get("depth", side="short", at="64000").number == 9
    assert sheet.get("depth", side="short", at="60000.5") is None


@pytest.mark.parametrize(
    ("side", "to_price", "near", "taken_in"),
    [
        ("long", 60000, 61000, True),
        ("long", 61000, 61000, True),
        ("long", 61500, 61000, False),
        ("short", 64000, 63000, True),
        ("short", 62900, 63000, False),
    ],
)
def test_depth_takes_in_a_level_that_it_reaches(side, to_price, near, taken_in):
    assert reaches(side, D(to_price), D(near)) is taken_in


def test_a_cluster_is_compared_with_the_depth_that_reaches_it(facts):
    found = modelled(("cluster_size", "long", "1", 300_000_000), ("cluster_near", "long", "1", 61000))
    row = {**BOOK, "to_price": 61000, "bids_usd": 120000000}
    ratio = facts(found, order_book, order_book=[row]).get("depth_ratio", side="long", at="61000")
    # 300 / 120
    assert (ratio.number, ratio.unit, ratio.evidence) == (D("2.5"), "ratio", "estimated")
    assert ratio.source == ("CoinGlass", "Binance")
    assert f"{ratio.as_of:%H:%M}" == "08:59"


def test_depth_that_stops_short_of_the_cluster_is_not_compared(facts):
    found = modelled(("cluster_size", "long", "1", 300_000_000), ("cluster_near", "long", "1", 61000))
    sheet = facts(found, order_book, order_book=[{**BOOK, "to_price": 61500, "bids_usd": 120000000}])
    assert sheet.get("depth") is not None
    assert sheet.get("depth_ratio") is None


def test_a_reach_is_compared_with_depth_to_its_own_price_only(facts):
    found = modelled(("reach_size", "long", "60593", 1_070_000_000))
    rows = [
        {**BOOK, "to_price": 60593, "bids_usd": 535000000},
        {**BOOK, "to_price": 60000, "bids_usd": 700000000},
    ]
    sheet = facts(found, order_book, order_book=rows)
    assert [(fact.subject.at, fact.number) for fact in sheet.all("depth_ratio")] == [("60593", D(2))]


def test_an_empty_book_gives_no_ratio(facts):
    found = modelled(("reach_size", "long", "60593", 1_070_000_000))
    sheet = facts(found, order_book, order_book=[{**BOOK, "to_price": 60593, "bids_usd": 0}])
    assert sheet.get("depth_ratio") is None
    assert sheet.why_missing("depth_ratio") == "the book held no orders on that side"


def test_depth_within_a_percentage_is_not_compared_with_a_map(facts):
    found = modelled(("reach_size", "long", "60593", 1_070_000_000))
    row = {**BOOK, "within_percent": 5, "bids_usd": 100}
    assert facts(found, order_book, order_book=[row]).get("depth_ratio") is None


def test_two_sources_of_one_book_are_told_apart(facts):
    row = {**BOOK, "within_percent": 1, "bids_usd": 100}
    sheet = facts(order_book, order_book=[{**row, "source": "CoinGlass", "bids_usd": 70}, row])
    assert [fact.subject.at for fact in sheet.all("depth_within")] == ["1%", "1%; second source"]
    # 30 of 100, beyond the tolerance of a fifth
    assert sheet.get("conflict_gap", side="long", at="depth within; 1%").number == -30


def test_the_fresher_book_comes_first_then_the_exchange_by_name(facts):
    rows = [
        {"venue": "Binance", "within_percent": 1, "bids_usd": 1, "time": "2026-05-22T08:40:00Z"},
        {"venue": "OKX", "within_percent": 1, "bids_usd": 2, "time": "2026-05-22T08:58:00Z"},
        {"venue": "Bybit", "within_percent": 1, "bids_usd": 3, "time": "2026-05-22T08:57:00Z"},
    ]
    told = [fact.subject.venue for fact in facts(order_book, order_book=rows).all("depth_within")]
    assert told == ["Bybit", "OKX", "Binance"]


def test_a_row_with_both_bounds_is_not_taken_for_one_with_a_price_alone(facts):
    rows = [
        {**BOOK, "to_price": 60000, "bids_usd": 5},
        {**BOOK, "to_price": 60000, "within_percent": 5, "bids_usd": 4},
    ]
    told = [(fact.subject.at, fact.number) for fact in facts(order_book, order_book=rows).all("depth")]
    assert told == [("60000", 5), ("60000; 5%", 4)]
