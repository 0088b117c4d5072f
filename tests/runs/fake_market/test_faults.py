"""Every kind of fault is seen by a client that asks over a real loopback connection, and only where its rule says."""

import asyncio
import gzip
import http.client
import json
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from commentary.errors import BadInputError
from commentary.runs.fake_market.faults import KINDS, PLAIN, STATUSES, Fault, Faults, fault_of, spoilt
from commentary.runs.fake_market.script import script_of
from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.fake_market.wire import HttpRequest
from tests.runs.fake_market.conftest import START, asked

OPEN_INTEREST = "/binance/fapi/v1/openInterest?symbol=BTCUSDT"
TIMES = {
    "binance": "/binance/fapi/v1/time",
    "bybit": "/bybit/v5/market/time",
    "okx": "/okx/api/v5/public/time",
    "deribit": "/deribit/api/v2/public/get_time",
    "coinglass": "/coinglass/api/futures/supported-coins",
}
SHORT = 0.15
"""Seconds after which a client gives up, where it is to see that nothing comes."""


@pytest.fixture(scope="module")
def running():
    with FakeMarket(seed=5, assets=2, start=START, speed=0) as market:
        yield market


@pytest.fixture(autouse=True)
def no_faults_left(running):
    yield
    running.clear_faults()
    running.answers.forget()


def ask(market, target, timeout=10.0):
    """Return status, headers and body of a reply on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", market.port, timeout=timeout)
    try:
        connection.request("GET", target, headers={"CG-API-KEY": "any"})
        reply = connection.getresponse()
        return reply.status, reply.headers, reply.read()
    finally:
        connection.close()


def test_without_a_fault_a_connection_is_used_again_and_again(running):
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    for _ in range(3):
        connection.request("GET", OPEN_INTEREST)
        reply = connection.getresponse()
        assert reply.status == 200
        assert json.loads(reply.read())["symbol"] == "BTCUSDT"
    connection.close()


def test_a_429_tells_when_to_come_back_only_where_it_was_told_to(running):
    running.fault("status_429", retry_after=2.5, next=1)
    running.fault("status_429", next=1)
    first, second, third = (ask(running, OPEN_INTEREST) for _ in range(3))
    assert (first[0], first[1]["Retry-After"]) == (429, "2.5")
    assert json.loads(first[2])["code"] == -1003
    assert (second[0], second[1]["Retry-After"]) == (429, None)
    assert third[0] == 200


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_comes_as_asked_for(running, status):
    running.fault(f"status_{status}")
    got, headers, body = ask(running, OPEN_INTEREST)
    assert got == status
    if status >= 500:
        assert headers["Content-Type"].startswith("text/html")
    else:
        assert json.loads(body)["code"] < 0


@pytest.mark.parametrize(
    ("venue", "place"),
    [("binance", "code"), ("bybit", "retCode"), ("okx", "code"), ("coinglass", "code"), ("deribit", "error")],
)
def test_an_error_of_the_envelope_has_status_200(running, venue, place):
    running.fault("envelope", venue=venue)
    status, _, body = ask(running, TIMES[venue])
    assert status == 200
    assert json.loads(body)[place] not in (0, "0")


def test_a_page_comes_in_place_of_json(running):
    running.fault("html")
    status, headers, body = ask(running, OPEN_INTEREST)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert body.startswith(b"<!DOCTYPE html>")


def test_a_truncated_reply_is_whole_on_the_wire_and_broken_as_json(running):
    whole = ask(running, OPEN_INTEREST)[2]
    running.fault("truncated")
    status, headers, body = ask(running, OPEN_INTEREST)
    assert status == 200
    assert len(body) == int(headers["Content-Length"]) == len(whole) // 2
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        json.loads(body)


def test_a_cut_reply_ends_before_its_length(running):
    running.fault("cut")
    with pytest.raises(http.client.IncompleteRead):
        ask(running, OPEN_INTEREST)


def test_wrong_types_put_each_figure_in_a_list_and_leave_names(running):
    whole = json.loads(ask(running, OPEN_INTEREST)[2])
    running.fault("wrong_types")
    spoiled = json.loads(ask(running, OPEN_INTEREST)[2])
    assert spoiled == {"openInterest": [whole["openInterest"]], "symbol": "BTCUSDT", "time": [whole["time"]]}


def test_faults_of_the_data_leave_the_envelope(running):
    running.fault("wrong_types", venue="bybit")
    payload = json.loads(ask(running, TIMES["bybit"])[2])
    assert payload["retCode"] == 0
    assert isinstance(payload["result"]["timeSecond"], list)


def test_empty_data_are_lists_of_nothing(running):
    running.fault("empty")
    klines = ask(running, "/binance/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=3")
    bybit = ask(running, "/bybit/v5/market/funding/history?category=linear&symbol=BTCUSDT&limit=3")
    assert json.loads(klines[2]) == []
    assert json.loads(bybit[2])["result"] == {"list": []}


def test_missing_keys_are_the_last_half_or_the_one_that_is_named(running):
    number = running.fault("missing_keys", key="time")
    assert json.loads(ask(running, OPEN_INTEREST)[2]).keys() == {"openInterest", "symbol"}
    running.faults.remove(number)
    running.fault("missing_keys")
    # Of three names the last two; of twelve figures in a row the last six.
    assert json.loads(ask(running, OPEN_INTEREST)[2]).keys() == {"openInterest"}
    rows = json.loads(ask(running, "/binance/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=2")[2])
    assert [len(row) for row in rows] == [6, 6]


def test_a_skewed_clock_is_ahead_in_its_own_time_and_in_the_date(running):
    running.fault("skew", seconds=300, venue="binance")
    _, headers, body = ask(running, TIMES["binance"])
    assert json.loads(body)["serverTime"] == int(START.timestamp() + 300) * 1000
    assert (parsedate_to_datetime(headers["Date"]) - START).total_seconds() == 300
    _, headers, body = ask(running, TIMES["okx"])
    assert parsedate_to_datetime(headers["Date"]) == START


def test_a_drip_comes_byte_by_byte_and_is_whole_in_the_end(running):
    whole = ask(running, OPEN_INTEREST)[2]
    running.fault("drip", seconds=0.0005)

    async def dripped():
        reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
        writer.write(f"GET {OPEN_INTEREST} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        parts = []
        while part := await reader.read(4096):
            parts.append(part)
        writer.close()
        return parts

    parts = asyncio.run(dripped())
    assert len(parts) > 20
    assert b"".join(parts).endswith(whole)


def test_a_reset_is_an_error_of_the_connection(running):
    running.fault("reset")
    with pytest.raises(ConnectionResetError):
        ask(running, OPEN_INTEREST)


@pytest.mark.parametrize(("kind", "fields"), [("latency", {"seconds": 60}), ("silent", {}), ("drip", {"seconds": 60})])
def test_nothing_or_too_little_comes_to_a_client_that_waits(running, kind, fields):
    running.fault(kind, **fields)
    with pytest.raises(TimeoutError):
        ask(running, OPEN_INTEREST, timeout=SHORT)


def test_latency_delays_a_reply_that_comes(running):
    running.fault("latency", seconds=0.01)
    assert ask(running, OPEN_INTEREST)[0] == 200


def test_an_oversized_reply_tells_its_size_and_can_be_left(running):
    running.fault("oversized", size_bytes=200_000_000, next=1)
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    connection.request("GET", OPEN_INTEREST)
    reply = connection.getresponse()
    assert int(reply.headers["Content-Length"]) == 200_000_000
    assert reply.read(100_000) == b"[" + b" " * 99_999
    connection.close()
    assert ask(running, OPEN_INTEREST)[0] == 200


def test_an_oversized_reply_is_json_to_its_end(running):
    running.fault("oversized", size_bytes=200_000)
    body = ask(running, OPEN_INTEREST)[2]
    assert (len(body), json.loads(body)) == (200_000, [])


def test_a_bomb_is_small_on_the_wire_and_large_when_unpacked(running):
    running.fault("bomb", size_bytes=5_000_000)
    _, headers, body = ask(running, OPEN_INTEREST)
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < 10_000
    assert len(gzip.decompress(body)) == 5_000_000


def test_a_redirect_leads_to_another_host_and_who_follows_it_is_counted(running):
    running.fault("redirect")
    status, headers, _ = ask(running, OPEN_INTEREST)
    where = urlsplit(headers["Location"])
    assert (status, where.hostname) == (302, "localhost")
    assert running.answers.elsewhere == 0
    ask(running, where.path)
    assert running.answers.elsewhere == 1


def test_a_fault_befalls_its_venue_and_path_alone(running):
    running.fault("status_503", venue="binance", path="*/openInterest")
    assert ask(running, OPEN_INTEREST)[0] == 503
    assert ask(running, TIMES["binance"])[0] == 200
    assert ask(running, TIMES["bybit"])[0] == 200


def test_latency_comes_on_top_of_another_fault(running):
    running.fault("status_500")
    running.fault("latency", seconds=0.001)
    assert ask(running, OPEN_INTEREST)[0] == 500
    assert running.requests()[-1].faults == ("status_500", "latency")


def test_chances_are_those_of_the_seed_and_about_as_many_as_said():
    def drawn(seed):
        faults = Faults([Fault(("reset",), probability=0.2, seed=seed)])
        return [bool(faults.choose("okx", "/", 0.0)) for _ in range(2000)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    # Of 2,000 with one in five: 400, and 18 is one standard deviation.
    assert 340 < sum(drawn(1)) < 460


def test_of_several_kinds_each_befalls_some():
    faults = Faults([fault_of({"kind": ["reset", "html", "status_502"], "seed": 3})])
    assert {faults.choose("okx", "/", 0.0)[0].kind for _ in range(60)} == {"reset", "html", "status_502"}


def test_an_outage_lasts_from_its_begin_to_its_end(make):
    laid = {"outage": [{"venue": "okx", "from": "+1h", "to": "+2h"}]}
    market = make(script=script_of(laid, START.timestamp()))
    seen = []
    for _ in range(4):
        reply = market.reply(request("/okx/api/v5/public/time"))
        seen.append(reply.status)
        market.advance(1800)
    # At 0:00, 0:30, 1:00 and 1:30 after the start.
    assert seen == [200, 200, 503, 503]
    assert asked(market, "okx", "/api/v5/public/time")[0] == 200


def request(target):
    return HttpRequest("GET", target, {"host": "127.0.0.1:1"}, b"", True)


def test_each_kind_is_told_of_and_known():
    assert set(KINDS) == set(PLAIN) | {f"status_{status}" for status in STATUSES}
    for kind in PLAIN:
        assert fault_of({"kind": kind}).kinds == (kind,)


@pytest.mark.parametrize(
    ("laid", "path"), [({"kind": "tired"}, "/kind"), ({}, "/kind"), ({"kind": "reset", "often": 1}, "/often")]
)
def test_a_rule_that_there_is_not_is_an_error_with_its_place(laid, path):
    with pytest.raises(BadInputError) as error:
        fault_of(laid)
    assert error.value.path == path


def test_data_without_lists_lose_all_that_is_plain_when_emptied():
    chosen = Faults([fault_of({"kind": "empty"})]).choose("binance", "/", 0.0)[0]
    assert spoilt({"symbol": "BTCUSDT", "bids": [["1", "2"]]}, chosen) == {"bids": []}
    assert spoilt({"symbol": "BTCUSDT"}, chosen) == {}
    assert spoilt([{"a": 1}], chosen) == []
