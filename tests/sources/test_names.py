"""What names in a snapshot may say: the ordinary names of dates and notices pass."""

import pytest

from commentary.sources.names import saying_of_a_subject


@pytest.mark.parametrize(
    "name",
    [
        "US consumer prices for September",
        "US employment report",
        "Initial jobless claims",
        "Bitcoin halving",
        "10-Year Note Auction",
        "Fed Interest Rate Decision (Sept. 16)",
        "Federal Open Market Committee press conference",
        "Q3 GDP second estimate",
        "Spot Bitcoin ETF decision deadline",
        "BTCUSDT 125x leverage tiers",
        "1000PEPEUSDT leverage and margin tiers",
        "USDT-margined futures tiers",
        "Unscheduled maintenance",
        "Matching engine down",
        "matching engine paused",
        "Funding every 4 hours for DOGEUSDT",
        "ETH perpetual with up to 50x leverage",
    ],
)
def test_a_name_of_a_date_or_of_what_a_notice_is_about_passes(name):
    assert saying_of_a_subject(name) == ""


@pytest.mark.parametrize(
    "name", ["Fed will cut rates and bitcoin rises", "Binance hacked", "Bitcoin Crash", "Bitcoin to 100k"]
)
def test_what_says_something_of_it_does_not(name):
    assert saying_of_a_subject(name)
