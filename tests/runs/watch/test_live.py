"""Live sources as a watch asks them: the whole history once, then what is new, rolled into it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from commentary.errors import BadInputError, RemoteError
from commentary.net import Failure, Reply
from commentary.net.asker import Asker
from commentary.net.client import Network
from commentary.records.snapshot import OpenInterest, Price
from commentary.runs.fake_market.clock import MarketClock
from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.watch.live import LiveCollect
from commentary.runs.watch.order import Silent
from commentary.runs.watch.server_time import source_time
from commentary.sources.live.base import Call, Source, TimeCall, sources
from commentary.sources.questions import Access

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _prices(answer):
    for hour, value in answer.payload["prices"]:
        at = NOON + int(hour) * HOUR
        yield Price(value=value, kind="mark", venue="Toy", source="Toy", time=at)


def _calls(asked):
    yield Call("price", f"/{asked.scope}/{asked.asset}", _prices, ("prices",))


def _told(payload):
    return datetime.fromisoformat(payload["at"])


def _others(asked):
    yield Call("held", f"/{asked.scope}/{asked.asset}", _held, ("open_interest",))


def _held(answer):
    for hour, value in answer.payload["prices"]:
        yield OpenInterest(value_coin=value, venue="Other", source="Other", time=NOON + int(hour) * HOUR)


TOY = Source("toy", "Toy", "https://toy.example", _calls, clock=TimeCall("/time", _told))


class Server:
    """Answers with a price for each hour up to its own, as many as the scope asks for."""

    def __init__(self):
        self.hour = 0
        self.silent = False
        self.asked = []

    def now(self):
        return NOON + self.hour * HOUR

    def __call__(self, requests, deadlines):
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        if self.silent:
            return Failure(request, "timeout", "did not answer within 10 s")
        if request.name == "clock":
            body = {"at": self.now().isoformat()}
        else:
            scope = request.url.split("/")[-2]
            self.asked.append(scope)
            back = {"full": 9, "watch": 0}[scope]
            body = {"prices": [[hour, 60_000 + hour] for hour in range(self.hour - back, self.hour + 1)]}
        return Reply(request, 200, {}, json.dumps(body).encode(), self.now(), self.now())


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def collect(server):
    return LiveCollect([TOY], server, server.now, Access(), {"BTC": "Bitcoin"}, every=HOUR)


def hours(read):
    return [(row.time - NOON) / HOUR for row in read.snapshot.prices]


def test_the_history_is_asked_for_once_and_what_is_new_is_rolled_into_it(server, collect):
    assert hours(collect(["BTC"], server.now())["BTC"]) == list(range(-9, 1))
    server.hour = 1
    second = collect(["BTC"], server.now())["BTC"]
    assert server.asked == ["full", "watch"]
    assert hours(second) == list(range(-9, 2))
    assert second.snapshot.as_of == NOON + HOUR
    assert second.snapshot.name == "Bitcoin"


def test_behind_a_silence_the_history_is_asked_for_again(server, collect):
    collect(["BTC"], server.now())
    server.hour = 3
    read = collect(["BTC"], server.now())["BTC"]
    # From 12:00 to 15:00 is longer than two looks an hour apart; without the history 13:00 and 14:00 would be a hole.
    assert server.asked == ["full", "full"]
    assert hours(read) == list(range(-9, 4))


def test_behind_a_clock_that_ran_ahead_the_history_is_asked_for_again(server, collect):
    """What was collected under a time that is still to come cannot be rolled on: the rows of now come before it."""
    server.hour = 48
    collect(["BTC"], server.now())
    server.hour = 1
    read = collect(["BTC"], server.now())["BTC"]
    assert server.asked == ["full", "full"]
    assert hours(read) == list(range(-8, 2))


def test_a_new_asset_is_asked_for_whole_beside_the_others(server, collect):
    collect(["BTC"], server.now())
    server.hour = 1
    found = collect(["BTC", "ETH"], server.now())
    assert sorted(server.asked) == ["full", "full", "watch"]
    assert {asset: len(hours(read)) for asset, read in found.items()} == {"BTC": 11, "ETH": 10}


def test_behind_a_long_silence_of_one_source_its_history_is_asked_for_again(server):
    """The other source answers all the while, so that the asset itself is never silent."""
    mute = Server()
    other = TOY._replace(name="other", title="Other", calls=_others, clock=None)

    def ask(requests, deadlines):
        mute.hour = server.hour
        return [(server if request.source == "toy" else mute)([request], deadlines)[0] for request in requests]

    both = LiveCollect([TOY, other], ask, server.now, Access(), {}, every=HOUR)
    for hour, silent in enumerate([False, True, True, True, True, False, False]):
        server.hour, mute.silent = hour, silent
        both(["BTC"], server.now())
    # Silent from 13:00 on, it speaks at 17:00, four hours later; the look behind that asks for the whole again.
    assert server.asked == ["full", "watch", "watch", "watch", "watch", "watch", "full"]


def test_where_nobody_answers_it_is_an_error_that_says_why(server, collect):
    server.silent = True
    with pytest.raises(RemoteError, match="Toy: did not answer within 10 s"):
        collect(["BTC"], server.now())


def test_a_sources_time_is_read_as_it_documents_it(server):
    server.hour = 5
    told = source_time(server, TOY, Access())
    assert told() == NOON + 5 * HOUR
    server.silent = True
    with pytest.raises(RemoteError, match="Toy did not answer within 10 s"):
        told()


def test_a_source_without_a_clock_is_refused(server):
    with pytest.raises(BadInputError, match="Toy tells no time"):
        source_time(server, TOY._replace(clock=None), Access())


def test_our_own_map_is_drawn_anew_from_the_history_that_is_rolled_on():
    """A round of a watch has too few readings for a map; with those of the round before it has enough."""
    with FakeMarket(seed=3, start=datetime(2026, 11, 24, 9, 7, tzinfo=UTC), speed=0) as market:
        clock = MarketClock(market.now)
        source = sources["binance"]
        host = market.url.removeprefix("http://")
        with Asker(Network({source.name: source.pools}, allowed=(host,), clock=clock)) as ask:
            collect = LiveCollect([source], ask, clock.now, Access(market.base_urls), {})
            drawn = []
            for _ in range(3):
                read = collect(["BTC"], clock.now())["BTC"]
                newest = max(row.at for row in read.snapshot.liquidation_maps)
                drawn.append((newest.hour, len([row for row in read.snapshot.liquidation_maps if row.at == newest])))
                market.advance(1800)
    assert drawn == [(9, 3), (9, 3), (10, 3)]


def test_replies_that_cannot_be_read_are_told_of_each_source():
    def torn(requests, deadlines):
        bodies = {"toy": b'{"prices": [[', "other": b'{"prices": []}'}
        return [Reply(one, 200, {}, bodies[one.source], NOON, NOON) for one in requests]

    both = (TOY._replace(clock=None), Source("other", "Other", "https://other.example", _others))
    with pytest.raises(RemoteError) as raised:
        LiveCollect(both, torn, lambda: NOON, Access(), {})(["BTC", "ETH"], NOON)
    toy, other = str(raised.value).split("; Other: ")
    assert toy.startswith("Toy: the reply: it is not JSON at line 1, column 14")
    assert other == "the reply holds no rows"


def test_an_asset_of_which_nothing_came_is_told_beside_one_of_which_something_did(server):
    def half(requests, deadlines):
        whole = {one.request.url: one for one in server(requests, deadlines)}
        return [
            Failure(one, "timeout", "did not answer within 10 s") if one.url.endswith("ETH") else whole[one.url]
            for one in requests
        ]

    found = LiveCollect((TOY,), half, server.now, Access(), {})(["BTC", "ETH"], NOON)
    assert found["BTC"].snapshot.asset == "BTC"
    assert found["ETH"] == Silent("Toy: did not answer within 10 s")
