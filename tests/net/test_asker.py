"""The network for code without a loop, against a server in a thread or process of its own."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from commentary.net import Failure, Pool, Reply, Request
from commentary.net.asker import Asker
from commentary.net.client import Network
from tests.net.server import reply, serving

ROOT = Path(__file__).parents[2]


@contextmanager
def in_a_thread(answer):
    """A server that goes on while nobody asks."""
    started, servers, loops = threading.Event(), [], []

    async def serve():
        done = asyncio.Event()
        async with serving(answer) as server:
            servers.append(server)
            loops.append((asyncio.get_running_loop(), done))
            started.set()
            await done.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    started.wait(10)
    try:
        yield servers[0]
    finally:
        loop, done = loops[0]
        loop.call_soon_threadsafe(done.set)
        thread.join(10)


def test_what_comes_is_in_the_order_of_the_questions_and_each_is_told_as_it_ends():
    async def later_first(asked, writer):
        await asyncio.sleep(0.1 if asked.path == "/0" else 0)
        return reply(asked.path.encode())

    with in_a_thread(later_first) as server:
        ended = []
        requests = [server.request(f"{n}", f"/{n}") for n in range(3)]
        with Asker(Network(allowed=[server.host])) as ask:
            outcomes = ask(requests, {"toy": 5.0}, on_outcome=ended.append)
    assert [one.content for one in outcomes] == [b"/0", b"/1", b"/2"]
    assert ended[-1] == outcomes[0]
    assert len(ended) == 3


def test_unless_told_otherwise_only_public_addresses_are_asked():
    with Asker(Network()) as ask:
        [outcome] = ask([Request("toy", "question", "http://127.0.0.1:1/")], {})
    assert outcome.kind == "address"


def test_nothing_asked_is_nothing_answered():
    with Asker(Network()) as ask:
        assert ask([], {}) == []


def test_limits_and_connections_last_from_one_round_to_the_next():
    with in_a_thread(reply()) as server:
        network = Network({"toy": {"all": Pool(2, 60.0)}}, allowed=[server.host])
        with Asker(network) as again:
            rounds = [again([server.request(costs=(("all", 1),))], {"toy": 1.0}) for _ in range(3)]
    assert [type(one) for [one] in rounds] == [Reply, Reply, Failure]
    assert rounds[2][0].kind == "limit"
    assert server.connections == 1


def test_work_asks_one_after_the_other_as_answers_come():
    async def until_it_is_enough(network):
        contents = []
        while len(contents) < 3:
            outcome = await network.send(server.request("next", f"/{len(contents)}"))
            contents.append(outcome.content)
        return contents

    def echo(asked, writer):
        return reply(asked.path.encode())

    with in_a_thread(echo) as server, Asker(Network(allowed=[server.host])) as ask:
        assert ask.work(until_it_is_enough) == [b"/0", b"/1", b"/2"]
    assert server.connections == 1


def test_a_question_is_tried_no_more_often_than_that():
    with in_a_thread(reply(status=500)) as server, Asker(Network(allowed=[server.host], most_tries=2)) as ask:
        [outcome] = ask([server.request()], {"toy": 60.0})
    assert (outcome.status, outcome.tries, len(server.asked)) == (500, 2, 2)


SCRIPT = """
import sys
from commentary.net import Request
from commentary.net.asker import Asker
from commentary.net.client import Network

requests = [Request("toy", str(n), sys.argv[1], secrets=(("X-KEY", "a-key-of-twenty-chars"),)) for n in range(20)]
with Asker(Network(allowed=["127.0.0.1"])) as ask:
    ask(requests, {"toy": 60.0})
"""


@pytest.mark.skipif(os.name != "posix", reason="sends a signal as a terminal does")
def test_an_interrupt_from_the_keyboard_ends_it_at_once_and_shows_no_key():
    asked = threading.Event()

    async def silent(question, writer):
        asked.set()
        await asyncio.sleep(60)

    with in_a_thread(silent) as server:
        process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-c", SCRIPT, server.url()], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        assert asked.wait(30)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert told.rstrip().endswith("KeyboardInterrupt")
    assert "ResourceWarning" not in told
    assert "never retrieved" not in told
    assert "a-key-of" not in told
    assert process.returncode == -signal.SIGINT


STUCK = """
import time
from commentary.net import Request
from commentary.net.asker import Asker
from commentary.net.client import Network

network = Network(look_up=lambda host, port: time.sleep(100) or [])
with Asker(network) as ask:
    print(ask([Request("toy", "question", "https://market.example/")], {"toy": 0.1})[0].reason)
"""


def test_a_resolver_that_never_answers_does_not_hold_up_the_end_of_the_program():
    done = subprocess.run([sys.executable, "-c", STUCK], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("did not answer within 0.1 s\n", "")


def test_what_live_sources_import_of_it_loads_no_network():
    code = "import sys, commentary.net; print({'httpx', 'httpcore', 'asyncio', 'ssl', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
