"""Rules about facts that no bundled snapshot has together, against a sheet that was changed to have them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commentary import Settings, check_text
from commentary.checks.completeness import names_venue
from commentary.records.sheet import FactSheet


def codes(text, sheet):
    return {one.code for one in check_text(text, sheet, settings=Settings()).findings if one.severity == "error"}


def other(sheet, *facts, without=()):
    kept = [fact for fact in sheet if fact.subject.metric not in without]
    return FactSheet(sheet.asset, sheet.as_of, (*kept, *facts), sheet.missing, sheet.flags)


@pytest.fixture
def swung(sheet):
    """An outage after the day's high and before its low, which is that of the hours since the outage too."""
    read = sheet("sol-outage")
    low, high = (read.get(f"price_{name}_meanwhile") for name in ("low", "high"))
    whole = [
        replace(fact, subject=fact.subject._replace(metric=f"price_{name}", window_hours=Decimal(24)), value=value)
        for name, fact, value in (("low", low, low.value), ("high", high, Decimal("158.2")))
    ]
    return other(read, *whole, without=("price_low", "price_high"))


def test_prices_of_the_hours_since_an_outage_are_their_own_range(swung):
    assert codes("Last prices on Bybit ranged from $147.15 to $151.64.", swung) == set()


def test_a_price_that_ends_no_range_is_none(swung):
    assert "roles.order" in codes("Last prices on Bybit ranged from $147.15 to $148.88.", swung)


def test_where_a_coin_is_traded_is_known_without_its_price(sheet):
    priceless = other(sheet("eth-outage-unnamed"), without=("price",))
    assert codes("OKX, where ether is traded, had an outage.", priceless) == set()


def test_at_what_price_it_traded_is_not(sheet):
    priceless = other(sheet("eth-outage-unnamed"), without=("price",))
    assert "roles.held" in codes("On OKX, ether traded lower after the outage.", priceless)


def test_a_name_with_a_small_letter_has_a_capital_where_a_sentence_begins():
    assert names_venue("DYdX's settlement came to 0.01%.", "dYdX")
    assert not names_venue("Its settlement came to 0.01%.", "dYdX")
