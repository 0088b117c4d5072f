"""Open connections, each used again for as long as its server keeps it.

httpcore's own pool (and httpx's client on top of it) looks at every connection and every question whenever one of
either changes, and slows down with the square of their number: above twenty connections one client needs many times
as long as its server. Here each connection is httpcore's, and the pool is a stack of those that are idle.
"""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Iterable

import httpcore

from commentary.net.addresses import Addresses
from commentary.net.url import Target

IDLE_SECONDS = 30.0
"""A connection that rested longer is not used again. Servers close theirs after 5 s to a few minutes."""
MOST_ADDRESSES = 4
"""Of one host's, how many are tried before the connection counts as failed."""
Options = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]] | None


class Traffic:
    """What came over one connection since the last question was sent."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Count anew, for the next question."""
        self.received = 0
        self._head: bytearray | None = bytearray()
        self._body_at: int | None = None

    def came(self, data: bytes) -> None:
        """Count bytes as they came, before anything reads them as HTTP."""
        self.received += len(data)
        if self._head is None:
            return
        self._head += data
        while (end := self._head.find(b"\r\n\r\n")) >= 0:
            if not self._head.startswith(b"HTTP/1.1 1"):
                self._body_at = self.received - len(self._head) + end + 4
                self._head = None
                return
            del self._head[: end + 4]

    def surplus(self, length: int) -> int:
        """Return how many bytes came beyond a body of this length."""
        return 0 if self._body_at is None else max(0, self.received - self._body_at - length)


class Line:
    """One connection, and what came over it."""

    def __init__(self, target: Target, addresses: Addresses, trust: ssl.SSLContext | None) -> None:
        self.traffic = Traffic()
        self.used = False
        """It has answered before."""
        self.connection = httpcore.AsyncHTTPConnection(
            httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=trust,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=_CheckedBackend(addresses, self.traffic),
        )


class Connections:
    """The connections of one network.

    Args:
        addresses: says where a host may be connected to.
        trust: whose certificates are believed; None: those of the bundle that httpcore brings.
    """

    def __init__(self, addresses: Addresses, trust: ssl.SSLContext | None = None) -> None:
        self._addresses = addresses
        self._trust = trust
        self._idle: dict[tuple[str, str, int], list[Line]] = defaultdict(list)

    async def take(self, target: Target, *, fresh: bool) -> Line:
        """Return a connection that nobody else uses: the one that rested least, or a new one."""
        idle = self._idle[target.origin]
        while idle and not fresh:
            line = idle.pop()
            if not line.connection.has_expired():
                return line
            await line.connection.aclose()
        if target.scheme == "https" and self._trust is None:
            self._trust = httpcore.default_ssl_context()
        return Line(target, self._addresses, self._trust)

    async def bring_back(self, target: Target, line: Line) -> None:
        """Keep a connection for the next question, or close it if its answer was not read to the end."""
        if line.connection.is_idle() and not line.connection.is_closed():
            line.used = True
            self._idle[target.origin].append(line)
        else:
            await line.connection.aclose()

    async def aclose(self) -> None:
        """Close those that are idle; one that is in use is closed by who uses it."""
        for idle in self._idle.values():
            while idle:
                await idle.pop().connection.aclose()


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that were checked, never to a name: a name may lead elsewhere a moment later.

    httpcore still asks for the certificate of the name, and the header Host has it.
    """

    def __init__(self, addresses: Addresses, traffic: Traffic) -> None:
        self._addresses = addresses
        self._traffic = traffic
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                until = None if timeout is None else loop.time() + timeout
                addresses = (await self._addresses.of(host, port))[:MOST_ADDRESSES]
                for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
                    # One dead address of several may not use up the time of the others.
                    share = None if until is None else max(0.0, until - loop.time()) / left
                    try:
                        stream = await self._inner.connect_tcp(address, port, share, local_address, socket_options)
                    except (httpcore.ConnectError, httpcore.ConnectTimeout):
                        if left == 1:
                            raise
                    else:
                        return _CountedStream(stream, self._traffic)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        raise httpcore.ConnectError(f"{host} has no address")


class _CountedStream(httpcore.AsyncNetworkStream):
    """Counts what comes, so that an answer's length can be held against what it says of itself."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, traffic: Traffic) -> None:
        self._stream = stream
        self._traffic = traffic

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, timeout)
        self._traffic.came(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            # httpcore closes it for errors, but not where the wait is cancelled.
            await self._stream.aclose()
            raise
        return _CountedStream(stream, self._traffic)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
