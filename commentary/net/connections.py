"""What httpx sends over: connections to checked addresses, each used again for as long as its server keeps it.

The transport that httpx brings looks at every connection and every question whenever one of either changes, and
slows down with the square of their number: above twenty connections one client needs many times as long as its
server. Here each connection is httpcore's, as httpx's are, and the pool is a stack of those that are idle.
"""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable

import httpcore
import httpx

from commentary.net.addresses import Addresses
from commentary.net.traffic import Traffic
from commentary.net.url import Target

IDLE_SECONDS = 30.0
"""A connection that rested longer is not used again. Servers close theirs after 5 s to a few minutes."""
MOST_ADDRESSES = 4
"""Of one host's, how many are tried before the connection counts as failed."""
Options = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]] | None


class Line:
    """One connection."""

    def __init__(self, target: Target, addresses: Addresses, trust: ssl.SSLContext | None) -> None:
        self.origin = target.origin
        self.traffic = Traffic()
        """Of the question that it carries."""
        self.answered = False
        """It has, a question before this one."""
        self.connection = httpcore.AsyncHTTPConnection(
            httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=trust,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=_CheckedBackend(addresses, self),
        )
        self.stream: _CountedStream | None = None
        """What it sends and reads over, once it is open."""

    def is_empty(self) -> bool:
        """Say whether nothing is left on it of the answer that it carried, or behind that."""
        if not self.traffic.is_whole or self.stream is None:
            return False
        secure = self.stream.get_extra_info("ssl_object")
        if not isinstance(secure, ssl.SSLObject):
            return True
        # What came in confidence may lie unread between socket and reader, where no look at the socket shows it.
        try:
            secure.read(1)
        except ssl.SSLWantReadError:
            return True
        except ssl.SSLError:
            pass
        return False


class Connections(httpx.AsyncBaseTransport):
    """The connections of one network. A request's extension "traffic" is told what came; it may ask for a fresh one.

    Args:
        addresses: says what may be asked, and where a host may be connected to.
        trust: whose certificates are believed; None: those of the bundle that httpx brings.
    """

    def __init__(self, addresses: Addresses, trust: ssl.SSLContext | None = None) -> None:
        self._addresses = addresses
        self._trust = trust
        self._idle: dict[tuple[str, str, int], list[Line]] = defaultdict(list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the answer when its head is there.

        Raises:
            httpx.TransportError: it could not be sent, or no answer came.
            FaultError: it may not be sent there.
        """
        target = self._addresses.target(request.url)
        traffic: Traffic = request.extensions.get("traffic") or Traffic()
        line = await self._take(target, fresh=traffic.fresh)
        line.traffic = traffic
        traffic.reused = line.answered
        answer = None
        try:
            answer = await line.connection.handle_async_request(_wired(request, target))
        except _ERRORS as error:
            raise _as_httpx(error) from error
        finally:
            if answer is None:
                await self.bring_back(line)
        traffic.answered(answer.status, answer.headers)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Content(answer, line, self), extensions=answer.extensions
        )

    async def bring_back(self, line: Line) -> None:
        """Keep a connection for the next question, or close it if its answer was not read to the end, or has none."""
        # What is left over would be read as the beginning of the next answer.
        if line.connection.is_idle() and not line.connection.is_closed() and line.is_empty():
            line.answered = True
            self._idle[line.origin].append(line)
        else:
            await line.connection.aclose()

    async def aclose(self) -> None:
        """Close those that are idle; one that is in use is closed by who uses it."""
        for idle in self._idle.values():
            while idle:
                await idle.pop().connection.aclose()

    async def _take(self, target: Target, *, fresh: bool) -> Line:
        """Return a connection that nobody else uses: the one that rested least, or a new one."""
        idle = self._idle[target.origin]
        while idle and not fresh:
            line = idle.pop()
            if not line.connection.has_expired():
                return line
            await line.connection.aclose()
        if target.scheme == "https" and self._trust is None:
            self._trust = httpx.create_ssl_context(trust_env=False)
        return Line(target, self._addresses, self._trust)


class _Content(httpx.AsyncByteStream):
    """An answer's content as it comes; when it is closed, its connection is free for the next question."""

    def __init__(self, answer: httpcore.Response, line: Line, connections: Connections) -> None:
        self._answer = answer
        self._line = line
        self._connections = connections

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._answer.aiter_stream():
                yield chunk
        except _ERRORS as error:
            raise _as_httpx(error) from error

    async def aclose(self) -> None:
        try:
            await self._answer.aclose()
        finally:
            await self._connections.bring_back(self._line)


def _wired(request: httpx.Request, target: Target) -> httpcore.Request:
    return httpcore.Request(
        request.method,
        httpcore.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=request.url.raw_path
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


_ERRORS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


def _as_httpx(error: Exception) -> httpx.TransportError:
    """Return an error of httpcore's as httpx's of the same name, as httpx's own transport raises it."""
    same: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
    return same(str(error))


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that were checked, never to a name: a name may lead elsewhere a moment later.

    httpcore still asks for the certificate of the name, and the header Host has it.
    """

    def __init__(self, addresses: Addresses, line: Line) -> None:
        self._addresses = addresses
        self._line = line
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
        # A look-up has a time of its own: what takes too long there is no fault of the server.
        addresses = (await self._addresses.of(host, port))[:MOST_ADDRESSES]
        try:
            async with asyncio.timeout(timeout):
                until = None if timeout is None else loop.time() + timeout
                for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
                    # One dead address of several may not use up the time of the others.
                    share = None if until is None else max(0.0, until - loop.time()) / left
                    try:
                        stream = await self._inner.connect_tcp(address, port, share, local_address, socket_options)
                    except (httpcore.ConnectError, httpcore.ConnectTimeout):
                        if left == 1:
                            raise
                    else:
                        self._line.stream = _CountedStream(stream, self._line)
                        return self._line.stream
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        raise httpcore.ConnectError(f"{host} has no address")


class _CountedStream(httpcore.AsyncNetworkStream):
    """Counts what comes, so that an answer's length can be held against what it says of itself."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, line: Line) -> None:
        self._stream = stream
        self._line = line

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, timeout)
        self._line.traffic.came(data)
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
        self._line.stream = _CountedStream(stream, self._line)
        return self._line.stream

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
