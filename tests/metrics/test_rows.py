"""Rows of one thing by several sources, in order and told apart."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.metrics.base import Given
from commentary.metrics.rows import apart, coin, evidence_of, gap, percent, plain, preferred
from commentary.records.fact import Fact, Subject
from commentary.records.sheet import FactSheet

D = Decimal
MARK = {"kind": "mark", "venue": "Binance"}


def given(read, *, now=None, **fields):
    snapshot = read(**fields)
    as_of = snapshot.snapshot.as_of
    sheet = FactSheet(snapshot.snapshot.asset, as_of, ())
    return Given(snapshot.snapshot, snapshot.conflicts, now or as_of, sheet, ())


def ordered(read, rows, **other):
    what = given(read, prices=[{**MARK, **row} for row in rows], **other)
    return [row.value for row in preferred(what.snapshot.prices, what)]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (("A", "08:50"), ("Binance", "08:40"), "fresh before stale, though that is the exchange's own word"),
        (("Binance", "08:50"), ("A", "08:59"), "the exchange before a vendor, though the vendor is newer"),
        (("B", "08:59"), ("A", "08:58"), "the newer before the older"),
        (("A", "08:59"), ("B", "08:59"), "by name"),
    ],
)
def test_the_order_of_sources(read, first, second, why):
    rows = [
        {"value": value, "source": source, "time": f"2026-05-22T{clock}:00Z"}
        for value, (source, clock) in enumerate((first, second), 1)
    ]
    assert ordered(read, rows) == ordered(read, rows[::-1]) == [1, 2], why


def test_of_one_source_only_the_newest_row_counts(read):
    rows = [{"value": 1, "source": "A"}, {"value": 2, "source": "A", "time": "2026-05-22T08:50:00Z"}]
    assert ordered(read, rows) == [1]


def test_the_first_keeps_its_subject_and_the_others_are_numbered():
    assert [apart("mark", index) for index in range(3)] == [
        "mark",
        "mark; second source",
        "mark; third source",
    ]
    assert [apart(None, index) for index in (0, 1, 10)] == [None, "second source", "11th source"]


def test_only_the_exchange_itself_is_observed(read):
    rows = [{"value": 1, **MARK, "source": "Binance"}, {"value": 2, **MARK, "source": "A"}, {"value": 3}]
    told = {row.value: evidence_of(row) for row in read(prices=rows).snapshot.prices}
    assert told == {1: "observed", 2: "reported", 3: "reported"}


def rate_of(row, place):
    subject = Subject("BTC", "funding_rate", at=str(place))
    return Fact(subject, percent(row.rate), "percent", "rate", "observed", (), row.at)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    # (-0.0003 + 0.0001) / 0.0001: three times as negative is 200% lower
    [("0.0001", "0.0002", 100), ("-0.0001", "-0.0003", -200), ("0.0001", "0.000104", None)],
)
def test_a_gap_keeps_the_sign_of_the_difference(read, first, second, told):
    row = {"venue": "Binance", "interval_hours": 8, "kind": "settled"}
    rates = [
        {**row, "rate": float(first), "source": "Binance"},
        {**row, "rate": float(second), "source": "A"},
    ]
    what = given(read, funding=rates)
    rows = preferred(what.snapshot.funding, what)
    facts = [rate_of(row, place) for place, row in enumerate(rows)]
    found = gap(facts[0], facts[1], (rows[0], rows[1]), "rate", what)
    assert (found and found.number) == told


def test_a_gap_from_zero_cannot_be_told_in_percent(read):
    row = {"venue": "Binance", "interval_hours": 8, "kind": "settled"}
    what = given(read, funding=[{**row, "rate": 0, "source": "Binance"}, {**row, "rate": 0.001, "source": "A"}])
    rows = preferred(what.snapshot.funding, what)
    facts = [rate_of(row, place) for place, row in enumerate(rows)]
    assert len(what.conflicts) == 1
    assert gap(facts[0], facts[1], (rows[0], rows[1]), "rate", what) is None


def test_a_fraction_in_percent_and_a_plain_price_are_exact():
    assert str(percent(D("0.000024"))) == "0.0024"
    assert str(percent(D(0))) == "0"
    assert [plain(D(text)) for text in ("60593.00", "0.00001234", "6E+4")] == ["60593", "0.00001234", "60000"]


def test_the_coin_is_the_lead_of_the_market(read):
    assert coin(read(asset="ETH").snapshot) == "ETH"
    assert coin(read(asset="market", lead="BTC").snapshot) == "BTC"
    assert coin(read(asset="market").snapshot) == "market"


def test_age_counts_from_now(read):
    rows = [{"value": 1, "source": "A"}, {"value": 2, "source": "Binance", "time": "2026-05-22T08:50:00Z"}]
    assert ordered(read, rows) == [2, 1]
    assert ordered(read, rows, now=datetime(2026, 5, 22, 9, 10, tzinfo=UTC)) == [1, 2]
