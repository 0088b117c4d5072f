"""Messages name facts in words and write values as the language does."""

from pathlib import Path

import pytest

from commentary import read_snapshot
from commentary.checks.in_words import in_words
from commentary.config import Settings
from commentary.languages import language
from commentary.pipeline import facts_of
from commentary.records.edition import Edition
from commentary.resources import folder

LONG = Path(folder("data")) / "snapshots" / "btc-long-side.json"


@pytest.fixture(scope="module")
def told():
    read = read_snapshot(LONG)
    sheet = facts_of(read, settings=Settings(), now=read.snapshot.as_of)
    return lambda message: in_words(message, sheet, language("en"), Edition(sheet.as_of))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "BTC/reach_distance/side=long/window=168h/at=60593 is -2.48953974895, which goes the other way",
            "“distance to the end of the sum, long side, at 60,593, 7 days” is -2.5%, which goes the other way",
        ),
        (
            "BTC/reach_size/side=long/window=168h/at=60593 is 1070000000; write that",
            "“sum up to a price, long side, at 60,593, 7 days” is $1.07 billion; write that",
        ),
        (
            "BTC/funding_rate/venue=Binance/window=8h/at=settled is 0.0024, and no more",
            "“funding rate, Binance, settled, 8 hours” is 0.0024%, and no more",
        ),
    ],
)
def test_a_fact_at_hand_is_named_and_its_value_is_written(told, message, words):
    assert told(message) == words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "BTC/funding_step/venue=Binance/window=8h/at=settled is -0.004093, which 'rose' does not say",
            "“change of the funding rate since the settlement before, Binance, settled, 8 hours” is -0.004093, which "
            "'rose' does not say",
        ),
        (
            "BTC/size_ratio/side=short/window=168h/at=BTC reach_size side=short window=168h at=65700 and "
            "BTC reach_size side=long window=168h at=60900 says how many times",
            "“ratio of two sums” of “sum up to a price, short side, at 65,700, 7 days” and "
            "“sum up to a price, long side, at 60,900, 7 days” says how many times",
        ),
        (
            "BTC/price_from/venue=OKX and Binance/window=24h is old",
            "“price from, OKX and Binance, 24 hours” is old",
        ),
    ],
)
def test_a_fact_that_was_worked_out_is_named_by_its_id_alone(told, message, words):
    assert told(message) == words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("the two sums stand 41666.7 to 1", "the two sums stand 41,667 to 1"),
        ("price is 63120, and the end 0.00001171449", "price is 63,120, and the end 0.00001171"),
        ("it is -0.793650793651 away", "it is -0.7937 away"),
    ],
)
def test_a_bare_number_has_the_digits_that_anybody_reads(told, message, words):
    assert told(message) == words


@pytest.mark.parametrize(
    "message",
    [
        "'$0.0001234' traces to no fact; write it as a fact is written, or take it out",
        "“60480” and/or '24/7 BTC/price/venue=X' stand here",
        "it is of 2026-11-22 08:55 UTC, 77.1 hours old, and 12,345,678",
        "CoinGlass's figure isn't Binance's",
    ],
)
def test_what_somebody_wrote_stays_as_it_is(told, message):
    assert told(message) == message
