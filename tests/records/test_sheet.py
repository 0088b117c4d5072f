"""The sheet answers with the first fact that fits, and never with one that does not."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.records.fact import Fact, MissingFact, Subject
from commentary.records.sheet import FactSheet

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)


def rate(venue, value, window="8"):
    subject = Subject("BTC", "funding_rate", None, venue, Decimal(window), "settled")
    return Fact(subject, Decimal(value), "percent", "rate", "observed", (venue,), NOW)


def test_the_first_that_agrees_is_preferred():
    sheet = FactSheet("BTC", NOW, (rate("Binance", "0.01"), rate("Bybit", "0.02")))
    assert sheet.get("funding_rate").subject.venue == "Binance"
    assert sheet.get("funding_rate", venue="Bybit").value == Decimal("0.02")
    assert sheet.get("funding_rate", window=8).subject.venue == "Binance"
    assert sheet.get("funding_rate", window=1) is None
    assert sheet.get("funding_rate", asset="ETH") is None


def test_two_facts_of_one_subject_are_refused():
    with pytest.raises(ValueError, match="BTC/funding_rate/venue=Binance/window=8h/at=settled"):
        FactSheet("BTC", NOW, (rate("Binance", "0.01"), rate("Binance", "0.02")))


def test_facts_resolved_on_request_join_and_known_ones_stay_as_they_are():
    sheet = FactSheet("BTC", NOW, (rate("Binance", "0.01"),))
    more = sheet.with_facts([rate("Binance", "0.99"), rate("Bybit", "0.02")])
    assert [fact.value for fact in more] == [Decimal("0.01"), Decimal("0.02")]


def test_a_missing_fact_says_why():
    gap = MissingFact(Subject("BTC", "price"), "price", "the snapshot holds no price")
    sheet = FactSheet("BTC", NOW, (), (gap,))
    assert sheet.why_missing("price") == "the snapshot holds no price"
    assert sheet.why_missing("oi_coin") is None
