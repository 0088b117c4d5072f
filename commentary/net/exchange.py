"""One question sent and its answer read, or the fault that came between, in words a person can use."""

import asyncio
import os
import ssl
from collections.abc import Callable, Mapping
from typing import NamedTuple

import httpx

from commentary.net.addresses import NOWHERE
from commentary.net.body import Body
from commentary.net.fault import FaultError
from commentary.net.traffic import Traffic

LARGEST_ERROR = 64 * 1024
"""Bytes read of an error's body, so that the connection can be used again."""
ERROR_SECONDS = 2.0
"""How long we wait for them: the status is known, and says more than the words."""


class Waits(NamedTuple):
    """How long one try may take, in seconds."""

    connect: float = 5.0
    """Connecting, shaking hands; the name was looked up before."""
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
    onward: httpx.Request | None = None
    """Where it sends us on, and with what; not yet checked."""


class StaleError(Exception):
    """A connection used before was closed by its server before a byte of the answer came: no fault of anyone."""


class UnsentError(Exception):
    """The question never left; `fault` says why."""

    def __init__(self, fault: FaultError) -> None:
        super().__init__(fault.reason)
        self.fault = fault


async def exchange(
    request: httpx.Request,
    client: httpx.AsyncClient,
    waits: Waits,
    largest: int,
    on_first_byte: Callable[[], None],
    *,
    fresh: bool,
) -> Answer:
    """Send a question and return its answer.

    Args:
        request: what is asked.
        client: sends it, over a transport that tells its traffic.
        waits: those of the client.
        largest: how many bytes the answer may have.
        on_first_byte: called when the head of the answer is there.
        fresh: use no connection that was used before.

    Raises:
        UnsentError: it could not be sent.
        StaleError: it should be sent again over another connection.
        FaultError: no whole answer came.
    """
    traffic = request.extensions["traffic"] = Traffic(fresh=fresh)
    in_body = False
    try:
        response = await client.send(request, stream=True)
        on_first_byte()
        in_body = True
        headers = dict(response.headers.items())
        content = await _content(response, headers, largest)
    except (httpx.TransportError, httpx.InvalidURL, UnicodeError, OSError) as error:
        raise _meaning(error, traffic, waits, in_body=in_body) from None
    except FaultError as fault:
        if in_body:
            raise
        raise UnsentError(fault) from None
    if traffic.surplus:
        raise FaultError(
            "connection", f"sent more than the {traffic.length} bytes that its answer says it has", again=True
        )
    return Answer(response.status_code, headers, content, response.next_request)


async def _content(response: httpx.Response, headers: Mapping[str, str], largest: int) -> bytes:
    try:
        if response.is_success:
            body = Body(headers, largest)
            await body.read(response.aiter_raw())
            return body.whole()
        # Of an error the beginning will do, however long it says it is.
        body = Body({**headers, "content-length": ""}, LARGEST_ERROR)
        try:
            async with asyncio.timeout(ERROR_SECONDS):
                await body.read(response.aiter_raw())
        except (FaultError, httpx.TransportError, TimeoutError):
            pass  # an error with half its words, or none, is an error all the same
        return body.so_far()
    finally:
        await response.aclose()


def _meaning(
    error: Exception, traffic: Traffic, waits: Waits, *, in_body: bool
) -> FaultError | StaleError | UnsentError:
    if traffic.has_head and not in_body:
        # Before httpx hands an answer over, it reads where that sends us on, and stumbles over what is no URL.
        return FaultError("redirect", NOWHERE)
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return UnsentError(_not_connected(error, waits))
    if isinstance(error, httpx.TimeoutException):
        return FaultError("timeout", f"said nothing for {waits.silence:g} s", again=True)
    if traffic.reused and not traffic.received:
        return StaleError()
    if isinstance(error, httpx.LocalProtocolError):
        return FaultError("connection", "could not be asked: the question cannot be written in HTTP")
    if in_body:
        return FaultError("connection", "broke off its answer before the end", again=True)
    if not traffic.received:
        return FaultError("connection", "closed the connection without an answer", again=True)
    return FaultError("connection", "sent something that is no answer in HTTP", again=True)


def _not_connected(error: Exception, waits: Waits) -> FaultError:
    if isinstance(error, httpx.ConnectTimeout):
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
