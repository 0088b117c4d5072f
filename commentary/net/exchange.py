"""One question sent and its answer read, or the fault that came between, in words a person can use."""

import asyncio
import os
import ssl
from collections.abc import Callable, Mapping
from typing import NamedTuple

import httpcore

from commentary.net.body import Body
from commentary.net.connections import Connections, Line
from commentary.net.fault import FaultError
from commentary.net.url import Target

LARGEST_ERROR = 64 * 1024
"""Bytes read of an error's body, so that the connection can be used again."""
ERROR_SECONDS = 2.0
"""How long we wait for them: the status is known, and says more than the words."""


class Waits(NamedTuple):
    """How long one try may take, in seconds."""

    connect: float = 5.0
    """Looking the name up, connecting, shaking hands."""
    silence: float = 8.0
    """Between two pieces of an answer, or before the first."""
    one_try: float = 15.0
    """From sending to the last byte."""


class Answer(NamedTuple):
    """What a server answered, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """Lower-case names; what came more than once is joined by commas."""
    content: bytes
    """Unpacked; of an error at most its beginning."""


class StaleError(Exception):
    """A connection used before was closed by its server before a byte of the answer came: no fault of anyone."""


class UnsentError(Exception):
    """The question never left; `fault` says why."""

    def __init__(self, fault: FaultError) -> None:
        super().__init__(fault.reason)
        self.fault = fault


class Question(NamedTuple):
    """What is sent."""

    target: Target
    method: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __repr__(self) -> str:
        """Return it without its headers: a key is among them."""
        return f"Question({self.method} {self.target})"


async def exchange(
    question: Question,
    connections: Connections,
    waits: Waits,
    largest: int,
    on_first_byte: Callable[[], None],
    *,
    fresh: bool,
) -> Answer:
    """Send a question and return its answer.

    Args:
        question: what is asked.
        connections: those to use.
        waits: how long to connect and to hear nothing.
        largest: how many bytes the answer may have.
        on_first_byte: called when the head of the answer is there.
        fresh: use no connection that was used before.

    Raises:
        UnsentError: it could not be sent.
        StaleError: it should be sent again over another connection.
        FaultError: no whole answer came.
    """
    line = await connections.take(question.target, fresh=fresh)
    in_body = False
    try:
        response = await line.connection.handle_async_request(_wired(question, line, waits))
        on_first_byte()
        in_body = True
        return await _answer(response, line, largest)
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise UnsentError(_not_connected(error, waits)) from None
    except httpcore.TimeoutException:
        raise FaultError("timeout", f"said nothing for {waits.silence:g} s", again=True) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        if line.used and not line.traffic.received:
            raise StaleError from None
        raise _broken(error, line, in_body=in_body) from None
    except FaultError as fault:
        if in_body:
            raise
        raise UnsentError(fault) from None
    finally:
        await connections.bring_back(question.target, line)


def _wired(question: Question, line: Line, waits: Waits) -> httpcore.Request:
    line.traffic.restart()
    target = question.target
    headers = [("Host", target.host_header), *question.headers]
    if question.method == "POST":
        headers.append(("Content-Length", str(len(question.body))))
    timeouts = {"connect": waits.connect, "read": waits.silence, "write": waits.silence}
    return httpcore.Request(
        question.method,
        httpcore.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        ),
        headers=headers,
        content=question.body,
        extensions={"timeout": timeouts},
    )


async def _answer(response: httpcore.Response, line: Line, largest: int) -> Answer:
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    try:
        content = await _content(response, headers, largest)
    finally:
        await response.aclose()
    length = headers.get("content-length", "")
    if length.isdecimal() and "transfer-encoding" not in headers and line.traffic.surplus(int(length)):
        # What is left over would be read as the beginning of the next answer.
        await line.connection.aclose()
        raise FaultError("connection", f"sent more than the {length} bytes that its answer says it has", again=True)
    return Answer(response.status, headers, content)


async def _content(response: httpcore.Response, headers: Mapping[str, str], largest: int) -> bytes:
    if response.status // 100 == 2:
        body = Body(headers, largest)
        await body.read(response.aiter_stream())
        return body.whole()
    # Of an error the beginning will do, however long it says it is.
    body = Body({**headers, "content-length": ""}, LARGEST_ERROR)
    try:
        async with asyncio.timeout(ERROR_SECONDS):
            await body.read(response.aiter_stream())
    except (FaultError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, TimeoutError):
        pass  # an error with half its words, or none, is an error all the same
    return body.so_far()


def _not_connected(error: Exception, waits: Waits) -> FaultError:
    if isinstance(error, httpcore.ConnectTimeout):
        return FaultError("timeout", f"could not be connected to within {waits.connect:g} s", again=True)
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FaultError("connection", f"could not be trusted: {cause.verify_message}")
        if isinstance(cause, ssl.SSLError):
            return FaultError("connection", "could not be spoken to in confidence: its TLS is broken", again=True)
        if isinstance(cause, OSError) and cause.errno is not None:
            return FaultError(
                "connection", f"could not be connected to: {os.strerror(cause.errno).lower()}", again=True
            )
    return FaultError("connection", "could not be connected to", again=True)


def _broken(error: Exception, line: Line, *, in_body: bool) -> FaultError:
    if isinstance(error, httpcore.LocalProtocolError):
        return FaultError("connection", "could not be asked: the question cannot be written in HTTP")
    if in_body:
        return FaultError("connection", "broke off its answer before the end", again=True)
    if not line.traffic.received:
        return FaultError("connection", "closed the connection without an answer", again=True)
    return FaultError("connection", "sent something that is no answer in HTTP", again=True)


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error with what lies under it."""
    found: list[BaseException] = []
    left = [error]
    while left:
        one = left.pop(0)
        if one in found:
            continue
        found.append(one)
        left += [under for under in (one.__cause__, one.__context__) if under is not None]
        if isinstance(one, BaseExceptionGroup):
            left += one.exceptions
    return found
