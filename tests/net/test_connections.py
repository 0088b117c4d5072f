"""The transport below httpx: what any client over it can rely on, whoever builds the request."""

import asyncio

import httpcore
import httpx
import pytest

from commentary.net.addresses import Addresses
from commentary.net.connections import Connections
from commentary.net.fault import FaultError
from tests.net.server import reply, serving, tls


def over(server):
    return httpx.AsyncClient(transport=Connections(Addresses([server.host])), trust_env=False)


def test_a_client_of_httpx_sends_forms_and_reads_pieces_over_it():
    async def pieces(asked, writer):
        assert b'name="file"; filename="a.txt"' in asked.body
        assert asked.headers["authorization"] == "Basic bmFtZTp3b3Jk"  # name:word
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)
        return b"3\r\ntwo\r\n0\r\n\r\n"

    async def two():
        async with serving(pieces) as server, over(server) as client:
            found = []
            for _ in range(2):
                files = {"file": ("a.txt", b"text")}
                async with client.stream("POST", server.url(), files=files, auth=("name", "word")) as response:
                    found.append([each async for each in response.aiter_text()])
            return found, server.connections

    assert asyncio.run(two()) == ([["one", "two"], ["one", "two"]], 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://10.0.0.7/", "https://name:word@market.example/"])
def test_what_may_not_be_asked_is_refused_by_the_transport_itself(url):
    async def one():
        async with httpx.AsyncClient(transport=Connections(Addresses()), trust_env=False) as client:
            await client.get(url)

    with pytest.raises(FaultError) as caught:
        asyncio.run(one())
    assert caught.value.kind == "address"


def test_a_redirect_that_httpx_follows_is_refused_where_it_leads_into_the_house():
    async def one():
        async with serving(reply(status=302, location="http://127.0.0.1:1/")) as server, over(server) as client:
            await client.get(server.url(), follow_redirects=True)

    with pytest.raises(FaultError, match="asked over http"):
        asyncio.run(one())


CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "connections"),
    [
        (reply(), 1),
        (reply(b"x" * 100, content_length=90), 2),  # ten bytes are left over
        (reply(connection="close"), 2),
        (CHUNKED, 1),
        (CHUNKED + b"\r\n", 2),  # a line is left over
        (CHUNKED + reply(b"stray"), 2),  # as is a whole answer, to a question that nobody asked
        (CHUNKED.replace(b"0\r\n\r\n", b"0\r\nage: 1\r\n\r\n"), 1),  # with a trailer
        (CHUNKED.replace(b"3\r\n", b"3;part=1\r\n"), 1),
        (b"HTTP/1.1 204 No\r\n\r\n", 1),
        (b"HTTP/1.1 204 No\r\n\r\n" + reply(b"stray"), 2),
        (b"HTTP/1.1 100 Go on\r\n\r\n" + CHUNKED, 1),
    ],
)
def test_a_connection_is_used_again_only_where_nothing_is_left_on_it(answer, connections):
    async def two():
        async with serving(answer) as server, over(server) as client:
            for _ in range(2):
                await client.get(server.url())
            return server.connections

    assert asyncio.run(two()) == connections


@pytest.mark.parametrize("size", [1, 2, 7])
def test_what_follows_an_answer_in_chunks_answers_no_other_question(size):
    async def answer(asked, writer):
        stray = reply(b"stray") if asked.path == "/first" else b""
        content = CHUNKED.replace(b"one", asked.path[1:4].encode()) + stray
        for at in range(0, len(content), size):
            writer.write(content[at : at + size])
            await writer.drain()
        return b""

    async def two():
        async with serving(answer) as server, over(server) as client:
            return [(await client.get(server.url(path))).text for path in ("/first", "/second")]

    assert asyncio.run(two()) == ["fir", "sec"]


def test_nor_does_what_follows_it_over_tls():
    served, trusted = tls()

    async def answer(asked, writer):
        # Two records in one go: the reader takes the first, and the second lies unread where the socket has it no more.
        writer.write(CHUNKED)
        if asked.path == "/first":
            writer.write(reply(b"stray"))
        return b""

    async def two():
        async with serving(answer, tls=served) as server:
            home = Addresses(["market.example"], lambda host, port: ["127.0.0.1"])
            transport = Connections(home, trusted)
            async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
                urls = [f"https://market.example:{server.port}{path}" for path in ("/first", "/second")]
                return [(await client.get(url)).text for url in urls], server.connections

    assert asyncio.run(two()) == (["one", "one"], 2)


def test_an_answer_that_is_not_read_frees_its_place_all_the_same():
    async def two():
        async with serving(reply(b"x" * 100_000)) as server, over(server) as client:
            async with client.stream("GET", server.url()):
                pass
            return (await client.get(server.url())).status_code, server.connections

    assert asyncio.run(two()) == (200, 2)


async def silent(asked, writer):
    await asyncio.sleep(10)


async def breaking_off(asked, writer):
    writer.write(reply(b"x" * 100)[:-1])


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (silent, httpx.ReadTimeout),
        (breaking_off, httpx.RemoteProtocolError),
        (b"no HTTP\r\n\r\n", httpx.RemoteProtocolError),
    ],
)
def test_errors_are_those_of_httpx(answer, error):
    async def one():
        async with serving(answer) as server, over(server) as client:
            await client.get(server.url(), timeout=0.1)

    with pytest.raises(error) as caught:
        asyncio.run(one())
    assert type(caught.value) is error
    assert caught.value.request.method == "GET"


def test_nobody_at_the_door_is_an_error_of_httpx():
    async def one():
        async with serving(reply()) as server:
            pass
        async with over(server) as client:
            await client.get(server.url())

    with pytest.raises(httpx.ConnectError):
        asyncio.run(one())


def test_each_error_of_httpcores_has_its_like_in_httpx():
    kinds = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)
    errors = [each for each in vars(httpcore).values() if isinstance(each, type) and issubclass(each, kinds)]
    assert len(errors) > 6
    for each in errors:
        assert issubclass(getattr(httpx, each.__name__), httpx.TransportError)
