"""A fact's id, its derivation, and what is no number."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.records.fact import Fact, Subject, derive, twelve_digits, weakest

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)


def fact(metric, value, evidence="observed", source=("Binance",), at=NOW):
    return Fact(Subject("BTC", metric), Decimal(value), "usd", "level", evidence, source, at)


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        (Subject("BTC", "price"), "BTC/price"),
        (Subject("BTC", "reach_size", "long", at="60593"), "BTC/reach_size/side=long/at=60593"),
        (
            Subject("BTC", "funding_rate", None, "Binance", Decimal("8.0"), "settled"),
            "BTC/funding_rate/venue=Binance/window=8h/at=settled",
        ),
        (Subject("market", "liq_total", None, "all", Decimal(24)), "market/liq_total/venue=all/window=24h"),
    ],
)
def test_an_id_is_made_of_the_subject_and_of_nothing_else(subject, name):
    assert subject.id == name


def test_a_derived_fact_has_the_weakest_evidence_all_sources_and_the_latest_time():
    later = datetime(2026, 5, 22, 10, 0, tzinfo=UTC)
    inputs = (fact("a", 3), fact("b", 4, "estimated", ("CoinGlass",), later))
    made = derive(Subject("BTC", "sum"), Decimal(7), "usd", "level", inputs, "a plus b")
    assert (made.evidence, made.source, made.as_of) == ("estimated", ("Binance", "CoinGlass"), later)
    assert made.inputs == ("BTC/a", "BTC/b")


def test_evidence_weakens_from_observed_to_asserted():
    order = ("observed", "reported", "estimated", "asserted")
    for i, weak in enumerate(order):
        for strong in order[: i + 1]:
            assert weakest((fact("a", 1, strong), fact("b", 1, weak))) == weak


def test_a_derived_number_keeps_twelve_digits_rounded_half_up():
    # One third has no end; 2.5 in the thirteenth place goes up.
    assert twelve_digits(Decimal(1) / Decimal(3)) == Decimal("0.333333333333")
    assert twelve_digits(Decimal("1.000000000005")) == Decimal("1.00000000001")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_no_fact_is_made_of_what_is_no_number(value):
    with pytest.raises(ValueError, match="finite"):
        twelve_digits(value)


def test_a_number_is_asked_of_numbers_only():
    state = Fact(Subject("BTC", "flush_state"), "none", "name", "entity", "reported", (), NOW)
    with pytest.raises(TypeError, match="flush_state"):
        _ = state.number
    assert state.text == "none"
