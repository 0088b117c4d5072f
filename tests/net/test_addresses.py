"""Where questions may go: what is not public is refused, by name, by number and by what a name resolves to."""

import asyncio
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.errors import BadInputError
from commentary.net import Failure, Reply, Request, addresses
from commentary.net.addresses import Addresses
from commentary.net.client import Network
from commentary.net.exchange import Waits, exchange
from commentary.net.fault import FaultError
from commentary.net.public import is_public
from commentary.net.url import target_of
from tests.net.server import reply, serving, tls

NOT_PUBLIC = {
    "unspecified": ["0.0.0.0", "0.1.2.3", "::"],
    "loopback": ["127.0.0.1", "127.8.9.10", "::1"],
    "private": ["10.0.0.7", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"],
    "link-local": ["169.254.1.1", "fe80::1", "fe80::1%eth0"],
    "metadata": ["169.254.169.254", "fd00:ec2::254", "100.100.100.200"],
    "shared by a carrier": ["100.64.0.1", "100.127.255.255"],
    "multicast": ["224.0.0.1", "224.0.1.1", "239.1.1.1", "ff02::1", "ff0e::1"],
    "broadcast and kept back": ["255.255.255.255", "240.0.0.1"],
    "documents and benchmarks": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1", "3fff::1"],
    "protocols": ["192.0.0.8", "192.0.0.170", "192.88.99.1", "2001::1", "2001:20::1", "100::1", "5f00::1", "fec0::1"],
    "IPv4 inside": ["::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"],
    "IPv4 behind a translator of the house": ["64:ff9b::a00:7", "64:ff9b:1::1"],
    "not handed out": ["4000::1", "::2"],
}
PUBLIC = ["8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", [each for group in NOT_PUBLIC.values() for each in group])
def test_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address):
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_of_ipv4_inside_one_of_ipv6_is_no_way_round(address):
    number = int(address)
    assert not is_public(IPv6Address((0xFFFF << 32) | number))
    assert not is_public(IPv6Address(number))
    assert is_public(IPv6Address((0x64FF9B << 96) | number)) == is_public(IPv4Address(number))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://127.0.0.1/", "may not be asked: 127.0.0.1 is not a public address"),
        ("https://169.254.169.254/latest/meta-data/", "may not be asked: 169.254.169.254 is not a public address"),
        ("https://[fd00:ec2::254]/", "may not be asked: fd00:ec2::254 is not a public address"),
        ("https://[::ffff:10.0.0.1]/", "may not be asked: ::ffff:10.0.0.1 is not a public address"),
        ("https://metadata.google.internal/", "may not be asked: metadata.google.internal is a name inside a house"),
        ("https://METADATA.google.internal./", "may not be asked: metadata.google.internal is a name inside a house"),
        ("https://localhost/", "may not be asked: localhost is a name inside a house"),
        ("https://a.localhost/", "may not be asked: a.localhost is a name inside a house"),
        ("https://printer.local/", "may not be asked: printer.local is a name inside a house"),
        ("http://fapi.binance.com/", "may not be asked: fapi.binance.com is asked over http"),
        ("ftp://fapi.binance.com/", "has an address that cannot be asked: it begins neither with https:// nor"),
        ("file:///etc/passwd", "has an address that cannot be asked: it begins neither with https:// nor"),
        ("fapi.binance.com", "has an address that cannot be asked: it begins neither with https:// nor"),
        ("https://", "has an address that cannot be asked: it names no host"),
        ("https://-/", "has an address that cannot be asked: it names no host"),
        ("https://a:0/", "has an address that cannot be asked: it names no host"),
        ("https://[fe80::1%25eth0]/", "has an address that cannot be asked: it names no host"),
        ("https://a:99999/", "has an address that cannot be asked: it is no URL"),
        ("https://a:b/", "has an address that cannot be asked: it is no URL"),
        ("https://[::1/", "has an address that cannot be asked: it is no URL"),
        ("https://0177.0.0.1/", "has an address that cannot be asked: it is no URL"),
        ("https://0177.0.0.1./", "has an address that cannot be asked: it is no URL"),
        ("https://a:-1/", "has an address that cannot be asked: it is no URL"),
        ("https://xn--a/", "has an address that cannot be asked: it is no URL"),
        ("https://user:word@example.com/", "has an address that cannot be asked: it holds a name or password"),
        ("https://example.com\\@127.0.0.1/", "has an address that cannot be asked: it holds a character"),
        ("https://example.com/a b", "has an address that cannot be asked: it holds a character"),
        ("https://example.com/\r\nX-Evil: 1", "has an address that cannot be asked: it holds a character"),
        ("https://éxample.com/", "has an address that cannot be asked: it holds a character"),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_before_anything_is_looked_up(url, reason):
    def never(host, port):
        raise AssertionError(host)

    async def one():
        async with Network(look_up=never) as network:
            return await network.send(Request("toy", "question", url))

    outcome = asyncio.run(one())
    assert (outcome.kind, outcome.tries) == ("address", 0)
    assert outcome.reason.startswith(reason)


@pytest.mark.parametrize("host", ["0x7f.1", "127.1", "2130706433", "017700000001"])
def test_a_number_written_otherwise_is_refused_by_what_the_system_makes_of_it(host):
    outcome = asyncio.run(sent(f"https://{host}/", None))
    assert outcome.kind == "address"
    assert "is at 127.0.0.1, which is not a public address" in outcome.reason


async def sent(url, look_up, *, allowed=(), deadline=2.0, **settings):
    async with Network(look_up=look_up, allowed=allowed, **settings) as network:
        return await network.send(Request("toy", "question", url), deadline=deadline)


@pytest.mark.parametrize(
    "found", [["10.0.0.7"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["fe80::1%eth0"], ["169.254.169.254"]]
)
def test_a_name_that_leads_into_the_house_is_refused(found):
    outcome = asyncio.run(sent("https://market.example/", lambda host, port: found))
    assert (outcome.kind, outcome.tries) == ("address", 1)
    assert "which is not a public address" in outcome.reason


@pytest.mark.parametrize("failing", [OSError("no such host"), UnicodeError("label too long")])
def test_a_name_without_an_address_is_told_at_once_and_looked_up_once_for_all(failing):
    looked = []

    def nothing(host, port):
        looked.append(host)
        raise failing

    async def ten():
        async with Network(look_up=nothing) as network:
            request = Request("toy", "question", "https://market.example/")
            first = await network.send_all([request._replace(name=str(number)) for number in range(9)], {"toy": 20.0})
            return [*first, await network.send(request)]

    for outcome in asyncio.run(ten()):
        assert (outcome.kind, outcome.tries) == ("connection", 1)
        assert outcome.reason == "could not be found: market.example has no address"
    assert looked == ["market.example"]


def test_a_name_that_had_no_address_is_looked_up_again_later(monkeypatch):
    monkeypatch.setattr(addresses, "NOT_FOUND_SECONDS", 0.0)
    answers = [[], ["127.0.0.1"]]

    async def two():
        async with serving(reply()) as server:
            place = f"market.lan:{server.port}"
            async with Network(look_up=lambda host, port: answers.pop(0), allowed=[place]) as network:
                request = Request("toy", "question", f"http://{place}/")
                return [await network.send(request) for _ in range(2)]

    first, second = asyncio.run(two())
    assert first.reason == "could not be found: market.lan has no address"
    assert isinstance(second, Reply)


def test_a_look_up_that_does_not_end_is_no_longer_waited_for_and_not_tried_again(monkeypatch):
    monkeypatch.setattr(addresses, "LOOK_UP_SECONDS", 0.05)
    stuck = threading.Event()
    began = []

    async def two():
        async with Network(look_up=lambda host, port: began.append(host) or (stuck.wait(30) and [])) as network:
            request = Request("toy", "question", "https://market.example/")
            return [await network.send(request), await network.send(request._replace(name="other"))]

    outcomes = asyncio.run(two())
    stuck.set()
    reason = "could not be found: market.example is not looked up within 0.05 s"
    assert [(one.kind, one.reason, one.tries) for one in outcomes] == [("connection", reason, 1)] * 2
    assert began == ["market.example"]


def test_a_resolver_that_never_answers_holds_up_neither_the_deadline_nor_the_end():
    stuck = threading.Event()
    outcome = asyncio.run(sent("https://market.example/", lambda host, port: stuck.wait(30) and [], deadline=0.05))
    stuck.set()
    assert (outcome.kind, outcome.reason) == ("timeout", "did not answer within 0.05 s")


def test_the_address_that_was_checked_is_connected_to_and_the_name_stays_what_it_is():
    """The name's address changes after the check, as an attacker would have it; server name and Host are the name's."""
    theirs, ours = tls()
    names = []
    theirs.sni_callback = lambda connection, name, context: names.append(name)
    answers = [["127.0.0.1"], ["10.0.0.7"]]

    async def two():
        async with serving(reply(), tls=theirs) as server:
            place = f"market.example:{server.port}"
            look_up = lambda host, port: answers.pop(0)  # noqa: E731
            async with Network(look_up=look_up, allowed=[place], trust=ours) as network:
                request = Request("toy", "question", f"https://{place}/")
                outcomes = await network.send_all([request, request._replace(name="other")], {"toy": 5.0})
            return outcomes, server.asked, place

    outcomes, asked, place = asyncio.run(two())
    assert [type(one) for one in outcomes] == [Reply, Reply]
    assert {one.headers["host"] for one in asked} == {place}
    assert set(names) == {"market.example"}
    assert answers == [["10.0.0.7"]]  # both connections from one look-up


def test_a_name_is_looked_up_once_a_minute():
    looked = []

    async def two():
        async def closing(asked, writer):
            writer.write(reply())

        async with serving(closing) as server:
            place = f"market.lan:{server.port}"
            look_up = lambda host, port: looked.append(host) or ["127.0.0.1"]  # noqa: E731
            async with Network(look_up=look_up, allowed=[place]) as network:
                request = Request("toy", "question", f"http://{place}/")
                return [type(await network.send(request)) for _ in range(2)], server.connections

    assert asyncio.run(two()) == ([Reply, Reply], 2)
    assert looked == ["market.lan"]


def test_who_stops_waiting_for_an_address_does_not_take_it_from_others():
    answering = threading.Event()

    async def two():
        async with serving(reply()) as server:
            place = f"market.lan:{server.port}"
            look_up = lambda host, port: answering.wait(10) and ["127.0.0.1"]  # noqa: E731
            async with Network(look_up=look_up, allowed=[place]) as network:
                request = Request("toy", "question", f"http://{place}/")
                first, second = (asyncio.create_task(network.send(request)) for _ in range(2))
                await asyncio.sleep(0.05)
                first.cancel()
                await asyncio.sleep(0.01)
                answering.set()
                return await second

    assert isinstance(asyncio.run(two()), Reply)


def test_a_dead_address_leaves_time_for_the_next(monkeypatch):
    connect = httpcore.AnyIOBackend.connect_tcp

    async def dead_or_alive(self, host, port, timeout=None, *rest):
        if host == "127.0.0.9":
            await asyncio.sleep(timeout)
            raise httpcore.ConnectTimeout
        return await connect(self, host, port, timeout, *rest)

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", dead_or_alive)

    async def one():
        async with serving(reply()) as server:
            place = f"market.lan:{server.port}"
            found = ["127.0.0.9", "127.0.0.1"]
            waits = Waits(connect=0.4)
            return await sent(f"http://{place}/", lambda h, p: found, allowed=[place], waits=waits)

    outcome = asyncio.run(one())
    assert isinstance(outcome, Reply)


def test_the_next_address_is_tried_where_one_does_not_answer():
    theirs, ours = tls()

    async def one():
        async with serving(reply(), tls=theirs) as server:
            place = f"market.example:{server.port}"
            # Nobody listens at the first: the server has the second alone.
            return await sent(f"https://{place}/", lambda h, p: ["127.0.0.9", "127.0.0.1"], allowed=[place], trust=ours)

    assert isinstance(asyncio.run(one()), Reply)


@pytest.mark.parametrize(
    ("name", "trusting", "reason"),
    [
        ("market.example", False, "could not be trusted: self-signed certificate"),
        (
            "other.example",
            True,
            "could not be trusted: Hostname mismatch, certificate is not valid for 'other.example'.",
        ),
    ],
)
def test_a_certificate_that_is_not_the_names_is_refused_and_not_tried_again(name, trusting, reason):
    theirs, ours = tls(trusting)

    async def one():
        async with serving(reply(), tls=theirs) as server:
            place = f"{name}:{server.port}"
            return await sent(f"https://{place}/", lambda h, p: ["127.0.0.1"], allowed=[place], trust=ours)

    outcome = asyncio.run(one())
    assert (outcome.kind, outcome.tries) == ("connection", 1)
    assert outcome.reason.replace("self signed", "self-signed") == reason


def test_a_server_that_speaks_no_tls_is_told():
    _, ours = tls()

    async def one():
        async with serving(reply()) as server:
            place = f"127.0.0.1:{server.port}"
            return await sent(f"https://{place}/", None, allowed=[place], trust=ours, deadline=1.0)

    outcome = asyncio.run(one())
    assert isinstance(outcome, Failure)
    assert outcome.kind in ("connection", "timeout")


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("127.0.0.1:8123", "http://127.0.0.1:8123/"),
        ("127.0.0.1", "http://127.0.0.1:8123/"),
        ("Market.LAN.", "https://market.lan:8123/"),
        ("[::1]:8123", "http://[::1]:8123/"),
        ("[::1]", "http://[::1]:8123/"),
        ("metadata.google.internal", "http://metadata.google.internal:8123/"),
    ],
)
def test_who_is_named_may_be_asked(allowed, url):
    assert Addresses([allowed]).target(url).port == 8123


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("127.0.0.1:8123", "http://127.0.0.1:8124/"),
        ("127.0.0.1", "http://127.0.0.2/"),
        ("127.0.0.1", "https://localhost/"),
        ("market.lan", "https://x.market.lan.internal/"),
    ],
)
def test_and_nobody_else(allowed, url):
    with pytest.raises(FaultError):
        Addresses([allowed]).target(url)


@pytest.mark.parametrize(
    "wrong", ["", "http://127.0.0.1", "127.0.0.1/path", "a b", "::1", "[10.0.0.1]", "a:b", "a:123456"]
)
def test_an_allowed_host_that_is_none_is_bad_input(wrong):
    with pytest.raises(BadInputError, match="write a host, or host:port"):
        Addresses([wrong])


PIECES = ["https:", "http:", "//", "/", "..", "fapi.binance.com", "@", ":", "443", "0", "[", "]", "::1", "%", "xn--"]
URLS = st.text(max_size=60) | st.lists(st.sampled_from([*PIECES, "?", "#", "\\", ".", "é", " ", "\n", "a"])).map(
    "".join
)


@given(URLS)
def test_any_text_is_a_target_or_a_fault(text):
    try:
        target = target_of(text)
    except FaultError:
        return
    assert target.scheme in ("http", "https")
    assert target.host == target.host.lower()
    assert 0 < target.port < 65536
    # What is checked is what is asked.
    assert target_of(target.url) == target
    assert target.url.raw_host == target.host.encode()


class Onward(httpx.AsyncBaseTransport):
    """Answers with where to go, as it came over the wire."""

    def __init__(self, location):
        self.location = location.encode("utf-8", "surrogatepass")

    async def handle_async_request(self, request):
        request.extensions["traffic"].answered(307, [])
        return httpx.Response(307, headers=[(b"location", self.location)], stream=httpx.ByteStream(b""))


@given(URLS)
def test_a_redirect_stays_with_its_server_or_is_a_fault(location):
    async def moved():
        async with httpx.AsyncClient(transport=Onward(location)) as client:
            request = client.build_request("GET", "https://fapi.binance.com/fapi/v1/time?a=1")
            answer = await exchange(request, client, Waits(), 1000, lambda: None, fresh=False)
            return Addresses().moved(request.url, answer.onward.url)

    try:
        led = asyncio.run(moved()).origin
    except FaultError as fault:
        led = fault.kind
    assert led in (("https", "fapi.binance.com", 443), "redirect")


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    async def one():
        async with serving(reply()) as server:
            return await sent(server.url(), None, allowed=[server.host])

    assert isinstance(asyncio.run(one()), Reply)
