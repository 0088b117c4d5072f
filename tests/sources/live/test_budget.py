"""A round fits into the limits of those it asks: a coin within its deadline, three hundred within a watch's quarter."""

import pytest

from commentary.sources.live.base import sources
from commentary.sources.live.coinglass import PLANS
from tests.sources.live.budget import MANY, budget

QUARTER = 15 * 60
"""Seconds between the rounds of a watch."""
KEYLESS = [name for name, source in sources.items() if source.key is None]


@pytest.mark.parametrize("name", list(sources))
def test_all_that_is_asked_of_one_coin_is_within_the_deadline(name: str) -> None:
    source = sources[name]
    assert budget(source, ["BTC"], "full").seconds < source.deadline_seconds


@pytest.mark.parametrize("name", KEYLESS)
def test_a_watch_of_three_hundred_coins_fits_into_a_quarter_of_an_hour(name: str) -> None:
    assert len(set(MANY)) == 300
    held = budget(sources[name], MANY, "watch")
    assert held.requests >= 2 * 300
    assert held.seconds <= QUARTER, held


def test_what_is_for_all_coins_is_asked_once_a_round() -> None:
    # Markets for all are 20; of each coin settlements are 20 + 48 / 20 = 22.4, so 23, and candles 20 + 48 / 60, so 21.
    assert budget(sources["hyperliquid"], MANY, "watch").spent == {"all": 20 + 300 * (23 + 21)}
    # Two lists for all are 10 and 40; of each coin open interest is 1 and candles 2. Intervals are one call for all.
    spent = {"weight": 50 + 300 * 3, "futures_data": 300, "funding": 300 + 1}
    assert budget(sources["binance"], MANY, "watch").spent == spent


def test_three_hundred_coins_in_a_quarter_take_the_second_plan_of_coinglass() -> None:
    # Three calls a coin and one for all are 901: 60 a minute for 15 minutes, where the lowest plan gives 30.
    calls = budget(sources["coinglass"], MANY, "watch").requests
    assert calls == 901
    assert [name for most, name in PLANS.items() if calls <= most * 15] == ["Startup", "Standard", "Professional"]


def test_a_quarter_holds_a_hundred_and_fifty_coins_of_coinalyze() -> None:
    # Four calls a coin, forty a minute: 40 * 15 / 4.
    assert budget(sources["coinalyze"], MANY[:150], "watch").seconds == QUARTER
