"""A loopback server whose answers a test writes byte by byte."""

import asyncio
import json
import ssl
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from commentary.net import Request

PHRASE = {200: "OK"}
CERTIFICATE = Path(__file__).parent / "market.example.pem"


class Asked(NamedTuple):
    """A question as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """Which of the connections it came over, counted from 1."""
    at: float
    """The loop's time."""


def reply(content=b'{"ok": true}', status=200, **headers):
    """Return a whole answer."""
    if not isinstance(content, bytes):
        content = json.dumps(content).encode()
    told = {"content-type": "application/json", "content-length": len(content)}
    told.update({name.replace("_", "-"): value for name, value in headers.items()})
    head = f"HTTP/1.1 {status} {PHRASE.get(status, 'Other')}\r\n"
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value is not None)
    return (head + lines + "\r\n").encode("latin-1") + content


class Server:
    """Answers with what `answer` gives for a question: bytes, or a coroutine that writes itself.

    A coroutine gets the question and the writer; what it leaves open stays open.
    """

    def __init__(self, answer):
        self.answer = answer
        self.asked = []
        self.connections = 0
        self._tasks = set()

    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    def request(self, name="question", path="/", **rest):
        return Request("toy", name, self.url(path), **rest)

    async def _serve(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        self.connections += 1
        number = self.connections
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.split("\r\n")[:-2]
                method, path, _ = first.split(" ")
                headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                asked = Asked(method, path, headers, body, number, asyncio.get_running_loop().time())
                self.asked.append(asked)
                answer = self.answer(asked, writer) if callable(self.answer) else self.answer
                if asyncio.iscoroutine(answer):
                    answer = await answer
                if answer is None:
                    return
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(answer, *, tls=None):
    server = Server(answer)
    listening = await asyncio.start_server(server._serve, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for task in server._tasks:
            task.cancel()
        await asyncio.gather(*server._tasks, return_exceptions=True)


async def drip(writer, content, seconds=1.0):
    """Write byte after byte."""
    for byte in content:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(seconds)


def cut(writer):
    """Reset the connection, as a machine does that goes down."""
    writer.transport.abort()


def in_turn(*answers):
    """Return an answer that gives these one after the other, and the last again and again."""
    left = list(answers)

    def answer(asked, writer):
        one = left.pop(0) if len(left) > 1 else left[0]
        return one(asked, writer) if callable(one) else one

    return answer


def tls(trusting=True):
    """The two ends of a connection to market.example."""
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(CERTIFICATE)
    ours = ssl.create_default_context(cafile=str(CERTIFICATE) if trusting else None)
    return theirs, ours
