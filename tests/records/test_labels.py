"""Facts in words beside a text: what they are about, their exact value, their short one."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.records.fact import Subject
from commentary.records.labels import exact, label, short


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (Subject("BTC", "price", venue="Binance", at="mark"), "price, Binance, mark"),
        (Subject("BTC", "funding_apr", window_hours=Decimal(8)), "funding per year, 8 hours"),
        (Subject("ETH", "oi_change_coin", venue="all"), "open interest change in coin, ETH, all exchanges"),
        (
            Subject("BTC", "reach_size", "long", None, Decimal(168), "60593"),
            "sum up to a price, long side, at 60,593, 7 days",
        ),
        (Subject("BTC", "daily_sigma"), "usual daily move"),
        (Subject("BTC", "cluster_near", "short", at="1"), "cluster near, short side, number 1"),
        (Subject("BTC", "price_change", window_hours=Decimal(1)), "price change, 1 hour"),
    ],
)
def test_a_subject_in_words(subject, words):
    assert label(subject, "BTC") == words


@pytest.mark.parametrize(
    ("value", "unit", "written", "rounded"),
    [
        ("1070000000", "usd", "1,070,000,000 USD", "$1.07 billion"),
        ("-3006.370071", "coin", "-3,006.370071 BTC", "-3,006"),
        ("-2.48953974895", "percent", "-2.48953974895%", "-2.49%"),
        ("0.00001234", "price", "0.00001234 EUR", "0.00001234"),
        ("0", "percent", "0%", "0%"),
        ("412345678", "usd", "412,345,678 USD", "$412.3 million"),
        ("-5", "usd", "-5 USD", "-$5"),
        ("24", "hours", "24 hours", "24 hours"),
    ],
)
def test_a_value_with_all_its_digits_and_in_four(value, unit, written, rounded):
    assert exact(Decimal(value), unit, asset="BTC", currency="EUR") == written
    assert short(Decimal(value), unit) == rounded


def test_a_time_and_a_name():
    assert exact(datetime(2026, 5, 22, 9, tzinfo=UTC), "time") == "2026-05-22 09:00 UTC"
    assert exact("long flush", "name") == short("long flush", "name") == "long flush"
