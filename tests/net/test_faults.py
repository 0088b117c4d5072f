"""Servers that answer badly: each fault ends in a failure with a plain reason, and the next question is answered."""

import asyncio
import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.net import Failure, Reply
from commentary.net.body import Body
from commentary.net.client import Network
from commentary.net.exchange import Waits
from commentary.net.fault import FaultError
from tests.net.jumping import run
from tests.net.server import cut, reply, serving

LARGEST = 1000


def raw(content, *, then="close"):
    """Return an answer that writes these bytes and closes, resets or keeps still."""

    async def answer(asked, writer):
        writer.write(content)
        await writer.drain()
        if then == "reset":
            await asyncio.sleep(0.01)
            cut(writer)
        elif then == "still":
            await asyncio.sleep(1000)

    return answer


def asked_twice(answer, *, deadline=0.1):
    """Ask once where only this answer is given, within a deadline that leaves no room for a second try; then again."""

    async def two():
        async with (
            serving(answer) as server,
            Network(allowed=[server.host], largest=LARGEST, seed=2, waits=Waits(silence=1.0)) as network,
        ):
            first = await network.send(server.request(), deadline=deadline)
            server.answer = reply({"well": True})
            second = await network.send(server.request())
            return first, second

    first, second = run(two())
    assert isinstance(second, Reply)
    assert second.content == b'{"well": true}'
    return first


WHOLE = reply(b"x" * 100)
BROKEN = "broke off its answer before the end"
NO_HTTP = "sent something that is no answer in HTTP"
NOTHING = "closed the connection without an answer"
PACKED = gzip.compress(b"x" * 100)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (raw(b""), NOTHING),
        (raw(b"", then="reset"), NOTHING),
        (raw(WHOLE[:10]), NO_HTTP),
        (raw(WHOLE[:60]), NO_HTTP),
        (raw(WHOLE[:-1]), BROKEN),
        (raw(WHOLE[:-1], then="reset"), BROKEN),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), NO_HTTP),
        (raw(b"\x16\x03\x01\x02\x00" * 20), NO_HTTP),
        (raw(b"HTTP/1.1 abc OK\r\n\r\n"), NO_HTTP),
        (raw(b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), NO_HTTP),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nabcde"), NO_HTTP),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nabcde"), NO_HTTP),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: " + b"9" * 5000 + b"\r\n\r\nabcde"), NO_HTTP),
        (raw(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000), NO_HTTP),
        (raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"), BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc"), BROKEN),
        (reply(b"x" * 100, content_length=90), "sent more than the 90 bytes that its answer says it has"),
        (reply(b""), "sent an empty answer"),
        (reply(b"", status=204, content_length=None), "sent an empty answer"),
        (reply(b"x" * 50, content_encoding="gzip"), "sent an answer that cannot be unpacked"),
        (reply(PACKED[:-9], content_encoding="gzip"), BROKEN),
        (reply(b"x", content_encoding="br"), "packed its answer in a way that it was not asked for"),
        (reply(b"x", content_encoding="gzip, gzip"), "packed its answer in a way that it was not asked for"),
    ],
)
def test_a_broken_answer_is_told_in_words(answer, reason):
    outcome = asked_twice(answer)
    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.reason, outcome.content) == ("connection", reason, b"")


@pytest.mark.parametrize(
    "answer", [raw(b"", then="still"), raw(WHOLE[:20], then="still"), raw(WHOLE[:-1], then="still")]
)
def test_a_server_that_falls_silent_is_given_up(answer):
    outcome = asked_twice(answer, deadline=1.2)
    assert (outcome.kind, outcome.reason) == ("timeout", "said nothing for 1 s")


BOMB = gzip.compress(b"\0" * 50_000_000)


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"x" * (LARGEST + 1)),
        raw(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n", then="still"),
        raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (LARGEST + 1), then="still"),
        raw(
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + b"fff\r\n" + b"x" * 4095 + b"\r\n", then="still"
        ),
        reply(gzip.compress(b"x" * (LARGEST + 1)), content_encoding="gzip"),
        reply(gzip.compress(b"x" * LARGEST) + gzip.compress(b"x"), content_encoding="gzip"),
        reply(BOMB[:900], content_encoding="gzip"),
        # Twenty bytes each, of nothing.
        raw(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n" + gzip.compress(b"") * 60, then="still"),
    ],
)
def test_an_answer_that_is_too_large_is_not_read_to_its_end(answer):
    outcome = asked_twice(answer, deadline=20.0)
    assert (outcome.kind, outcome.reason) == ("size", "sent an answer of more than 1,000 bytes")
    assert outcome.tries == 1


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"x" * LARGEST),
        reply(gzip.compress(b"x" * LARGEST), content_encoding="gzip"),
        reply(gzip.compress(b"x" * 600) + gzip.compress(b"x" * 400), content_encoding="GZIP"),
        raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n" + b"x" * 1000 + b"\r\n0\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1000),
        raw(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n" + reply(b"x" * LARGEST)),
    ],
)
def test_an_answer_of_the_largest_size_is_read(answer):
    assert asked_twice(answer, deadline=20.0).content == b"x" * LARGEST


def test_a_bomb_is_never_unpacked_whole():
    async def pieces():
        yield BOMB

    body = Body({"content-encoding": "gzip"}, 100_000)
    tracemalloc.start()
    try:
        with pytest.raises(FaultError, match="more than 100,000 bytes"):
            asyncio.run(body.read(pieces()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000  # of 50 MB


def test_what_is_left_over_of_an_answer_is_not_taken_for_the_next():
    smuggled = reply({"price": 1})

    def answer(asked, writer):
        return reply({"price": 77200}) + smuggled if asked.path == "/first" else reply({"price": 77300})

    async def two():
        async with serving(answer) as server, Network(allowed=[server.host]) as network:
            first = await network.send(server.request("first", "/first"), deadline=0.1)
            second = await network.send(server.request("second", "/second"))
            return first, second

    first, second = run(two())
    assert first.kind == "connection"
    assert second.content == b'{"price": 77300}'


def test_a_connection_that_its_server_closed_meanwhile_is_no_fault(monkeypatch):
    """The server keeps it open until the next question comes, and closes it then; it is asked again at once."""
    taken = set()

    def never(tries, draw):
        raise AssertionError("a pause, as after a fault")

    monkeypatch.setattr("commentary.net.client.backoff", never)

    async def answer(asked, writer):
        if asked.connection in taken:
            return None
        taken.add(asked.connection)
        return reply({"over": asked.connection})

    async def two():
        async with serving(answer) as server, Network(allowed=[server.host]) as network:
            return [await network.send(server.request(f"{n}")) for n in range(2)]

    first, second = run(two())
    assert (first.content, second.content) == (b'{"over": 1}', b'{"over": 2}')


def test_nobody_at_the_door_is_told():
    async def nobody():
        async with serving(reply()) as server:
            pass
        async with Network(allowed=[server.host]) as network:
            return await network.send(server.request(), deadline=3.0)

    outcome = run(nobody())
    assert (outcome.kind, outcome.reason) == ("connection", "could not be connected to: connection refused")
    assert outcome.tries > 1


def test_an_upgrade_that_nobody_asked_for_is_an_error():
    outcome = asked_twice(raw(b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n\x81\x05hello"))
    assert isinstance(outcome, Failure)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.tuples(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=3)).map(
            lambda where: WHOLE[: where[0]] + where[1] + WHOLE[where[0] + len(where[1]) :]
        ),
        st.lists(
            st.tuples(
                st.sampled_from(["date", "retry-after", "content-type", "location", "age", "set-cookie"]),
                st.text(max_size=20),
            ),
            max_size=3,
        ).map(
            lambda lines: (
                b"HTTP/1.1 429 No\r\n"
                + b"".join(f"{name}: {value}\r\n".encode("utf-8", "replace") for name, value in lines)
                + b"content-length: 2\r\n\r\n{}"
            )
        ),
    ),
    st.sampled_from(["close", "reset", "still"]),
)
def test_whatever_bytes_come_nothing_is_raised_and_nothing_hangs(content, then):
    outcome = asked_twice(raw(content, then=then), deadline=1.5)
    assert isinstance(outcome, Reply | Failure)
    if isinstance(outcome, Reply):
        assert outcome.content


@given(st.binary(max_size=100))
@settings(max_examples=25, deadline=None)
def test_whatever_comes_packed_is_unpacked_or_told(content):
    packed = zlib.compress(content, wbits=31)
    outcome = asked_twice(reply(packed + content, content_encoding="gzip"))
    assert isinstance(outcome, Failure) or outcome.content.startswith(content)
