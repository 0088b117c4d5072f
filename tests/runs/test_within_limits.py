"""Each source keeps within its venue's limits by itself: of two coins' questions, sent all at once, none is refused.

The fake market enforces the limits as its venues' files have them, apart from the pools that our sources declare, and
counts what goes beyond.
"""

from datetime import UTC, datetime

import pytest

from commentary.net import Reply
from commentary.net.asker import Asker
from commentary.net.client import Network
from commentary.runs.fake_market.clock import MarketClock
from commentary.runs.fake_market.server import FakeMarket
from commentary.sources.collecting import collect
from commentary.sources.live.base import sources
from commentary.sources.questions import Access

TIGHT = ("okx",)
"""Of those that two coins with their history would take beyond a limit without pools; the other, CoinGlass, takes a
minute, and is left to the slow tests with those whose limits are wider."""
START = datetime(2026, 12, 1, 6, 30, 17, tzinfo=UTC)


@pytest.fixture
def market():
    with FakeMarket(seed=5, start=START, speed=0, enforce_limits=True) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        *((name, "watch") for name in sources),
        *(pytest.param(name, "full", marks=() if name in TIGHT else pytest.mark.slow) for name in sources),
    ],
)
def test_no_request_of_two_coins_goes_beyond_a_limit(market, name, scope):
    source = sources[name]
    environment = {source.key.variable: "any"} if source.key is not None else {}
    clock = MarketClock(market.now)
    host = market.url.removeprefix("http://")
    with Asker(Network({name: source.pools}, allowed=(host,), clock=clock, seed=1)) as ask:
        access = Access(market.base_urls, environment)
        found = collect(["BTC", "ETH"], [source], ask, clock.now, access=access, scope=scope, own_map=False)
    assert market.limits.exceeded() == 0
    assert [one for one in found.outcomes if not isinstance(one, Reply)] == []
    # Limits are not merely not exceeded: each question was counted against one, and the market saw no more of them.
    assert len(market.requests(name)) == len(found.outcomes)
    assert sum(pool["taken"] for pool in market.limits.report()[name].values()) >= len(found.outcomes)
