"""HTTP/1.1 on a loopback connection: requests read, replies sent, and the ways in which a reply can fail."""

import asyncio
import contextlib
import struct
import sys
import zlib
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from functools import lru_cache
from typing import NamedTuple

MOST_HEAD = 64 * 1024
MOST_BODY = 4 * 1024 * 1024
_PART = 64 * 1024
_REASONS = {
    200: "OK", 302: "Found", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 408: "Request Timeout", 413: "Content Too Large", 418: "I'm a teapot",
    422: "Unprocessable Content", 429: "Too Many Requests", 451: "Unavailable For Legal Reasons",
    500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
}  # fmt: skip
# SOL_SOCKET and SO_LINGER, as the kernels number them; asyncio hands out the socket but not its constants.
_LINGER = (1, 13) if sys.platform.startswith("linux") else (0xFFFF, 0x80)


class HttpRequest(NamedTuple):
    """A request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    """With lower-case names; the last of several."""
    body: bytes
    keep_alive: bool


class HttpReply(NamedTuple):
    """A reply, and how it is sent."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    """Seconds before it."""
    way: str = "whole"
    """whole, cut, drip, reset, silent, oversized or bomb: kinds of faults.py."""
    pause: float = 0.05
    """Seconds between the bytes of a drip."""
    size: int = 0
    """Bytes of what is oversized."""
    date: float | None = None
    """Time of the Date header, seconds since 1970."""


class BadRequestError(Exception):
    """What came is no request that this server reads."""


async def read_request(reader: asyncio.StreamReader) -> HttpRequest | None:
    """Return the next request of a connection; None where it has ended.

    Raises:
        BadRequestError: it is not HTTP, or too large.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    except asyncio.LimitOverrunError:
        raise BadRequestError("the head is too large") from None
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise BadRequestError("the first line is none of HTTP/1")
    headers = {}
    for line in lines[1:-2]:
        name, mark, value = line.partition(":")
        if not mark:
            raise BadRequestError("a header has no colon")
        headers[name.lower()] = value.strip()
    length = headers.get("content-length", "0")
    if not length.isdigit() or "transfer-encoding" in headers:
        raise BadRequestError("a body needs its Content-Length")
    if int(length) > MOST_BODY:
        raise BadRequestError("the body is too large")
    try:
        body = await reader.readexactly(int(length)) if int(length) else b""
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    keep = headers.get("connection", "").lower() != "close" and words[2] != "HTTP/1.0"
    return HttpRequest(words[0], words[1], headers, body, keep)


async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: HttpReply, keep_alive: bool) -> bool:
    """Send a reply in its way; say whether the connection can be used on."""
    if reply.delay:
        await asyncio.sleep(reply.delay)
    if reply.way == "reset":
        reset(writer)
        return False
    if reply.way == "silent":
        await _gone(reader)
        return False
    if reply.way in ("oversized", "bomb"):
        await _large(writer, reply)
        return keep_alive
    whole = _head(reply, len(reply.body), keep_alive) + reply.body
    if reply.way == "drip":
        await _drip(writer, whole, reply.pause)
        return keep_alive
    if reply.way == "cut":
        writer.write(whole[: len(whole) - len(reply.body) // 2 - 1])
        await writer.drain()
        return False
    writer.write(whole)
    await writer.drain()
    return keep_alive


def _head(reply: HttpReply, length: int, keep_alive: bool, *more: tuple[str, str]) -> bytes:
    lines = [
        f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Unknown')}",
        f"Date: {formatdate(reply.date, usegmt=True)}",
        f"Content-Type: {reply.content_type}",
        f"Content-Length: {length}",
        f"Connection: {'keep-alive' if keep_alive else 'close'}",
        *(f"{name}: {value}" for name, value in (*reply.headers, *more)),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _drip(writer: asyncio.StreamWriter, whole: bytes, pause: float) -> None:
    for place in range(len(whole)):
        if writer.transport.is_closing():
            raise ConnectionResetError
        writer.write(whole[place : place + 1])
        await writer.drain()
        await asyncio.sleep(pause)


async def _large(writer: asyncio.StreamWriter, reply: HttpReply) -> None:
    """Send JSON whose white space is too much, as it is or packed."""
    if reply.way == "bomb":
        packed = _bomb(reply.size)
        writer.write(_head(reply, len(packed), True, ("Content-Encoding", "gzip")) + packed)
        await writer.drain()
        return
    writer.write(_head(reply, reply.size, True))
    for part in _spaces(reply.size):
        if writer.transport.is_closing():
            raise ConnectionResetError
        writer.write(part)
        await writer.drain()


def _spaces(size: int) -> Iterator[bytes]:
    """Yield "[", white space and "]", of so many bytes in all."""
    yield b"["
    left = max(0, size - 2)
    part = b" " * _PART
    while left > 0:
        yield part[:left]
        left -= _PART
    yield b"]"


@lru_cache(maxsize=2)
def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(part) for part in _spaces(size)), packer.flush()])


def reset(writer: asyncio.StreamWriter) -> None:
    """Close a connection with a reset: what was sent may be lost, and the other side sees an error."""
    held = writer.get_extra_info("socket")
    if held is not None:
        with contextlib.suppress(OSError):
            held.setsockopt(*_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _gone(reader: asyncio.StreamReader) -> None:
    """Wait until the other side has closed the connection."""
    while await reader.read(_PART):
        pass
