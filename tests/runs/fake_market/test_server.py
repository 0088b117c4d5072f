"""The server: its clock, what it can be told, what it counts, and how it runs as a program."""

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commentary.errors import BadInputError
from commentary.runs.fake_market.__main__ import main
from commentary.runs.fake_market.clock import MarketTime, iso
from commentary.runs.fake_market.limits import HARDER_AFTER, Limits, Pool
from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.fake_market.wire import HttpRequest
from tests.runs.fake_market.conftest import START, asked

ROOT = Path(__file__).parents[3]
START_MS = int(START.timestamp() * 1000)


def told(market, method, target, body=None):
    sent = b"" if body is None else json.dumps(body).encode()
    reply = market.reply(HttpRequest(method, target, {}, sent, True))
    return reply.status, json.loads(reply.body)


class Hand:
    """A clock that a test turns."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


def test_a_clock_runs_at_its_speed_and_goes_on_when_told():
    hand = Hand()
    clock = MarketTime(500.0, 60.0, hand)
    hand.seconds += 2
    assert clock.now() == 620.0
    assert clock.advance(30) == 650.0
    clock.run_at(0)
    hand.seconds += 100
    assert clock.now() == 650.0
    assert clock.go_to(700.0) == 700.0
    clock.run_at(2)
    hand.seconds += 5
    assert clock.now() == 710.0
    with pytest.raises(ValueError, match="does not go back"):
        clock.go_to(600.0)
    with pytest.raises(ValueError, match="backwards"):
        clock.run_at(-1)


def test_times_are_written_to_the_millisecond():
    assert iso(START.timestamp()) == "2026-12-01T06:30:17.000Z"


def test_the_clock_of_the_server_goes_on_by_control_and_venues_follow(make):
    market = make()
    assert told(market, "GET", "/time")[1] == {"time": START_MS, "iso": "2026-12-01T06:30:17.000Z", "speed": 0}
    assert told(market, "POST", "/control/time", {"by": 90})[1]["time"] == START_MS + 90_000
    assert told(market, "POST", "/control/time", {"to": "2026-12-01T08:00:00Z"})[1]["iso"] == "2026-12-01T08:00:00.000Z"
    now = int(datetime(2026, 12, 1, 8, tzinfo=UTC).timestamp())
    assert asked(market, "binance", "/fapi/v1/time")[2] == {"serverTime": now * 1000}
    assert asked(market, "bybit", "/v5/market/time")[2]["result"]["timeSecond"] == str(now)
    assert asked(market, "okx", "/api/v5/public/time")[2]["data"] == [{"ts": str(now * 1000)}]
    assert asked(market, "deribit", "/api/v2/public/get_time")[2]["result"] == now * 1000
    assert asked(market, "hyperliquid", "/info", {"type": "exchangeStatus"})[2]["time"] == now * 1000
    status, payload = told(market, "POST", "/control/time", {"to": "2026-12-01T07:00:00Z"})
    assert status == 400
    assert "does not go back" in payload["error"]


def test_a_venues_clock_may_be_ahead_of_the_others(make):
    market = make(skews={"okx": 2.5})
    told(market, "POST", "/control/skew", {"venue": "bybit", "seconds": -4})
    assert asked(market, "okx", "/api/v5/public/time")[2]["data"] == [{"ts": str(START_MS + 2500)}]
    assert asked(market, "bybit", "/v5/market/time")[2]["time"] == START_MS - 4000
    assert asked(market, "binance", "/fapi/v1/time")[2] == {"serverTime": START_MS}
    assert told(market, "POST", "/control/skew", {"venue": "nyse", "seconds": 1})[0] == 400


def test_replies_stay_the_same_bytes_while_the_clock_stands_and_change_when_it_goes_on(make):
    market = make()
    request = HttpRequest("GET", "/binance/fapi/v1/premiumIndex?symbol=BTCUSDT", {}, b"", True)
    first = market.reply(request).body
    assert market.reply(request).body == first
    market.advance(3600)
    assert market.reply(request).body != first


def test_rules_are_added_listed_and_dropped_by_control(make):
    market = make()
    number = told(market, "POST", "/control/faults", {"kind": "status_503", "venue": "okx", "next": 2})[1]["id"]
    assert told(market, "GET", "/control/faults")[1] == [
        {"id": number, "kind": ["status_503"], "venue": "okx", "path": "*", "left": 2}
    ]
    assert told(market, "DELETE", f"/control/faults/{number}")[1] == {"removed": True}
    assert told(market, "DELETE", f"/control/faults/{number}")[1] == {"removed": False}
    told(market, "POST", "/control/faults", {"kind": "reset"})
    told(market, "DELETE", "/control/faults")
    assert told(market, "GET", "/control/faults")[1] == []
    assert told(market, "POST", "/control/faults", {"kind": "tired"})[0] == 400


def test_requests_are_counted_by_path_and_listed_without_keys(make):
    market = make()
    asked(market, "binance", "/fapi/v1/time")
    asked(market, "binance", "/fapi/v1/time")
    asked(market, "hyperliquid", "/info", {"type": "allMids"})
    asked(market, "coinalyze", "/v1/exchanges", api_key="very-secret")
    assert told(market, "GET", "/control/counts")[1] == {
        "binance": {"/fapi/v1/time": 2},
        "coinalyze": {"/v1/exchanges": 1},
        "hyperliquid": {"/info#allMids": 1},
    }
    rows = told(market, "GET", "/control/requests")[1]["requests"]
    assert [row["number"] for row in rows] == [1, 2, 3, 4]
    assert rows[3]["target"] == "/v1/exchanges?api_key=***"
    assert "very-secret" not in json.dumps(rows)
    assert told(market, "GET", "/control/requests?venue=binance&after=1")[1]["count"] == 1
    told(market, "DELETE", "/control/requests")
    assert told(market, "GET", "/control/counts")[1] == {}


def test_what_is_so_can_be_asked_for(make):
    market = make(assets=2)
    truth = told(market, "GET", f"/control/truth?asset=ETH&at={START_MS}")[1]
    assert truth["price"] == market.market.price("ETH", START.timestamp())
    assert told(market, "GET", "/control/truth?asset=XYZ")[0] == 400


def test_what_is_not_there_is_a_404(make):
    market = make()
    assert market.reply(HttpRequest("GET", "/nasdaq/x", {}, b"", True)).status == 404
    assert market.reply(HttpRequest("GET", "/control/nothing", {}, b"", True)).status == 404
    assert asked(market, "binance", "/fapi/v9/time")[0] == 404


def test_coinglass_asks_for_a_key_and_for_the_plan_that_a_path_needs(make):
    market = make(plan="hobbyist")
    bare = HttpRequest("GET", "/coinglass/api/futures/supported-coins", {}, b"", True)
    assert market.reply(bare).status == 401
    assert json.loads(market.reply(bare).body)["code"] == "401"
    path, params = "/api/futures/price/history", {"exchange": "Binance", "symbol": "BTCUSDT"}
    assert asked(market, "coinglass", path, **params, interval="1h")[::2] == (
        200,
        {"code": "401", "msg": "Upgrade plan"},
    )
    _, headers, payload = asked(market, "coinglass", path, **params, interval="4h", limit="2")
    assert payload["code"] == "0"
    assert headers["API-KEY-MAX-LIMIT"] == "30"
    assert asked(market, "coinglass", "/api/futures/coins-markets")[2]["msg"] == "Upgrade plan"
    told(market, "POST", "/control/plan", {"plan": "standard"})
    assert asked(market, "coinglass", "/api/futures/coins-markets")[2]["code"] == "0"
    assert asked(market, "coinglass", "/api/futures/liquidation/max-pain", range="24h")[2]["msg"] == "Upgrade plan"


def test_a_limit_is_counted_always_and_refused_only_when_enforced():
    hand = Hand()
    for enforce, taken in ((False, 5), (True, 3)):
        limits = Limits(enforce, hand)
        pools = {"all": Pool(3, 10)}
        over = [limits.take("okx", pools, [("all", 1)]) for _ in range(5)]
        assert [each is not None for each in over] == [False, False, False, True, True]
        assert limits.exceeded("okx") == 2
        assert limits.report()["okx"]["all"]["taken"] == taken
        # The window ends at the next multiple of ten seconds.
        assert over[3].wait == 10.0
        hand.seconds += 10
        assert limits.take("okx", pools, [("all", 1)]) is None


def test_a_bucket_fills_again_little_by_little():
    hand = Hand()
    limits = Limits(True, hand)
    pools = {"all": Pool(100, 5, bucket=True)}
    over = [limits.take("deribit", pools, [("all", 1)]) for _ in range(101)]
    assert over[:100] == [None] * 100
    # One has to wait for a twentieth of a second: 100 in 5 s.
    assert over[100].wait == pytest.approx(0.05)
    hand.seconds += 1
    assert [limits.take("deribit", pools, [("all", 1)]) for _ in range(21)].count(None) == 20


def test_who_goes_on_beyond_a_limit_is_banned():
    limits = Limits(True, Hand())
    over = [limits.take("binance", {"all": Pool(1, 60)}, [("all", 1)]) for _ in range(HARDER_AFTER + 2)]
    assert [each.hard for each in over[1:]] == [False] * HARDER_AFTER + [True]


@pytest.mark.parametrize(
    ("venue", "path", "body", "status", "place", "code"),
    [
        ("binance", "/fapi/v1/time", None, 429, "code", -1003),
        ("bybit", "/v5/market/time", None, 200, "retCode", 10006),
        ("okx", "/api/v5/public/time", None, 429, "code", "50011"),
        ("coinglass", "/api/futures/supported-coins", None, 429, "code", "429"),
        ("coinalyze", "/v1/exchanges", None, 429, "message", "Too Many Requests"),
    ],
)
def test_beyond_its_limit_a_venue_answers_in_its_own_words(make, venue, path, body, status, place, code):
    market = make()
    market.limit(venue, 1, 3600)
    assert asked(market, venue, path, body)[0] == 200
    got, _, payload = asked(market, venue, path, body)
    assert (got, payload[place]) == (status, code)
    for _ in range(HARDER_AFTER):
        got = asked(market, venue, path, body)[0]
    assert got == {"binance": 418, "bybit": 403}.get(venue, status)


def test_deribit_and_hyperliquid_refuse_with_a_429(make):
    market = make()
    for venue in ("deribit", "hyperliquid"):
        market.limit(venue, 1, 3600)
    asked(market, "deribit", "/api/v2/public/get_time")
    status, _, payload = asked(market, "deribit", "/api/v2/public/get_time")
    assert (status, payload["error"]["code"]) == (429, 10028)
    asked(market, "hyperliquid", "/info", {"type": "allMids"})
    assert asked(market, "hyperliquid", "/info", {"type": "allMids"})[0] == 429


def test_weights_are_those_of_the_documentation(make):
    market = make()
    for limit in (99, 100, 500, 1500):
        _, headers, _ = asked(market, "binance", "/fapi/v1/klines", symbol="BTCUSDT", interval="1h", limit=limit)
    # 1 + 2 + 5 + 10.
    assert headers["X-MBX-USED-WEIGHT-1M"] == "18"
    start = START_MS - 120 * 60_000
    asked(market, "hyperliquid", "/info", {"type": "l2Book", "coin": "BTC"})
    candles = {"coin": "BTC", "interval": "1m", "startTime": start, "endTime": START_MS}
    asked(market, "hyperliquid", "/info", {"type": "candleSnapshot", "req": candles})
    # 2 for the book, 20 and one for each sixty of 120 candles.
    assert market.limits.report()["hyperliquid"]["weight"]["peak"] == 2 + 20 + 2


def test_in_a_loop_that_runs_it_is_opened_and_closed():
    async def run():
        async with FakeMarket(seed=5, assets=1, start=START, speed=0) as market:
            reader, writer = await asyncio.open_connection("127.0.0.1", market.port)
            writer.write(b"GET /time HTTP/1.1\r\nHost: x\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            idle = await asyncio.open_connection("127.0.0.1", market.port)
        # Both connections have ended with it: what is left to read ends.
        await reader.read()
        assert await idle[0].read() == b""
        for each in (writer, idle[1]):
            each.close()
        return head

    assert asyncio.run(run()).startswith(b"HTTP/1.1 200 OK\r\n")


def test_sixty_connections_are_answered_at_once():
    async def one(port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(5):
            writer.write(b"GET /binance/fapi/v1/time HTTP/1.1\r\nHost: x\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
        writer.close()

    async def run():
        async with FakeMarket(seed=5, assets=1, start=START, speed=0) as market:
            await asyncio.gather(*(one(market.port) for _ in range(60)))
            return market.counts()

    assert asyncio.run(run()) == {("binance", "/fapi/v1/time"): 300}


@pytest.mark.parametrize(
    "sent",
    [
        b"HELLO\r\n\r\n",
        b"GET /time HTTP/1.1\r\nno colon\r\n\r\n",
        b"POST /control/time HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /control/time HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
    ],
)
def test_what_is_no_request_is_a_400_and_ends_the_connection(sent):
    async def run():
        async with FakeMarket(seed=5, assets=1, start=START, speed=0) as market:
            reader, writer = await asyncio.open_connection("127.0.0.1", market.port)
            writer.write(sent)
            reply = await reader.read()
            writer.close()
            return reply

    assert asyncio.run(run()).startswith(b"HTTP/1.1 400 ")


def test_a_port_that_is_taken_is_an_error_with_its_option(make):
    with make() as market, pytest.raises(BadInputError, match="--port"), make(port=market.port):
        pass


@pytest.fixture
def program(tmp_path):
    """Start the program; end it, and hold it to have ended well."""
    started = []

    def program(*options):
        ready = tmp_path / f"ready-{len(started)}"
        process = subprocess.Popen(
            [sys.executable, "-m", "commentary.runs.fake_market", "--ready-file", str(ready), *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        for _ in range(1000):
            if ready.exists() or process.poll() is not None:
                break
            time.sleep(0.01)
        return process, ready

    yield program
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def fetched(url, target):
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    connection.request("GET", target)
    body = connection.getresponse().read()
    connection.close()
    return json.loads(body)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_as_a_program_it_says_where_it_listens_and_ends_on_a_signal(program, number):
    process, ready = program("--step", "--seed", "5", "--assets", "2", "--start", "2026-12-01T06:30:17Z")
    url = ready.read_text(encoding="utf-8").strip()
    # Another process has the same market.
    here = FakeMarket(seed=5, assets=2, start=START, speed=0)
    path = "/fapi/v1/premiumIndex"
    assert fetched(url, f"/binance{path}?symbol=ETHUSDT") == asked(here, "binance", path, symbol="ETHUSDT")[2]
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out.strip(), err) == (0, url, "")


def test_as_a_program_it_ends_by_itself_when_told_to(program):
    process, _ = program("--for", "0.2")
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--start", "yesterday"], "--start"),
        (["--skew", "nyse=3"], "--skew"),
        (["--skew", "okx=soon"], "--skew"),
        (["--fault", "reset"], "--fault"),
        (["--fault", '{"kind": "tired"}'], "--fault/kind"),
        (["--assets", "0"], "--assets"),
        (["--script", "no-such-file.toml"], "--script"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(capsys, options, words):
    assert main(options) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"Error: {words}")
    assert error.count("\n") == 1
