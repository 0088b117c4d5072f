"""A model server on this machine that writes what a test wants and fails as it wants.

It speaks OpenAI's chat completions and keeps to the schema that it is asked for. Without a fault it gives back the
sentence of the question's last line "Sentence: …", changed by `writes`. Faults are named in FAULTS of
tests/models/openai_faults.py; `then` sets those of the next answers, `fault` that of all others.

Tests ask for the fixture `fake_openai` (tests/conftest.py).
"""

import asyncio
import json
import threading
from collections import deque
from contextlib import contextmanager

from tests.models.openai_faults import FAULTS, MODEL, MODELS, WRITTEN, as_segments, completion
from tests.net.server import reply, serving


class Question:
    """A POST as it came."""

    def __init__(self, asked):
        self.headers = asked.headers
        self.connection = asked.connection
        self.body = json.loads(asked.body)
        self.messages = self.body["messages"]
        self.has_schema = "response_format" in self.body
        lines = [line for turn in self.messages if turn["role"] == "user" for line in turn["content"].splitlines()]
        self.sentence = next((line[10:] for line in reversed(lines) if line.startswith("Sentence: ")), "")

    @property
    def system(self):
        return next((turn["content"] for turn in self.messages if turn["role"] == "system"), "")

    @property
    def slots(self):
        """Those that the schema allows."""
        kinds = self.body["response_format"]["json_schema"]["schema"]["properties"]["segments"]["items"]["anyOf"]
        return next((kind["properties"]["f"]["enum"] for kind in kinds if "f" in kind["properties"]), [])


class FakeOpenAI:
    """A server that runs in a thread of its own.

    `writes` turns a sentence with slots into what the model says, `fault` names what goes wrong with every answer.
    """

    def __init__(self):
        self.writes = lambda sentence: sentence
        self.fault = None
        self.knows_schema = True
        self.knows_thinking = True
        self.at_v1 = True
        """Its API begins at /v1, not at the root."""
        self.models = [MODEL]
        self.key = ""
        """Asked of every question, where there is one."""
        self.questions = []
        self.paths = []
        self.connections = 0
        self.at_once = 0
        """The most questions that it had to answer at a time."""
        self._now = 0
        self._next = deque()
        self._server = None

    @property
    def host(self):
        return self._server.host

    @property
    def url(self):
        return f"http://{self.host}" + "/v1" * self.at_v1

    @property
    def root(self):
        return f"http://{self.host}"

    def then(self, *faults):
        """Set what goes wrong with the next answers, one each; None: nothing."""
        self._next.extend(faults)

    async def answer(self, asked, writer):
        self.connections = max(self.connections, asked.connection)
        self.paths.append(f"{asked.method} {asked.path}")
        if self.key and asked.headers.get("authorization") != f"Bearer {self.key}":
            return reply({"error": {"message": f"bad key: {asked.headers.get('authorization')}"}}, 401)
        start = "/v1" if self.at_v1 else ""
        if (asked.method, asked.path) == ("GET", f"{start}/models"):
            fault = MODELS.get(self.fault)
            if fault is not None:
                return await fault(self, None, writer)
            return reply({"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]})
        if (asked.method, asked.path) != ("POST", f"{start}/chat/completions"):
            return reply({"error": {"message": "no such path"}}, 404)
        question = Question(asked)
        self.questions.append(question)
        fault = self._next.popleft() if self._next else self.fault
        self._now += 1
        self.at_once = max(self.at_once, self._now)
        try:
            if fault in WRITTEN:
                return self.said(question, WRITTEN[fault](self.writes(question.sentence), question))
            if fault is not None:
                return await FAULTS[fault](self, question, writer)
            await asyncio.sleep(0.01)
            return self.said(question, self.writes(question.sentence))
        finally:
            self._now -= 1

    def said(self, question, text, **more):
        """Return an answer in the form that was asked for."""
        if "reasoning_effort" in question.body and not self.knows_thinking:
            return reply({"error": {"message": "reasoning_effort: unknown"}}, 400)
        if question.has_schema and not self.knows_schema:
            return reply({"error": {"message": "response_format: unknown type json_schema"}}, 400)
        return reply(completion(as_segments(text) if question.has_schema else text, **more))


@contextmanager
def running():
    """Run one while a test lasts."""
    fake = FakeOpenAI()
    started, ends = threading.Event(), []

    async def serve():
        async with serving(fake.answer) as server:
            fake._server = server
            end = asyncio.Event()
            ends.append((asyncio.get_running_loop(), end))
            started.set()
            await end.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="fake model server")
    thread.start()
    assert started.wait(10)
    try:
        yield fake
    finally:
        loop, end = ends[0]
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
        assert not thread.is_alive()
