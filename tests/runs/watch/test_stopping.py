"""How a watch ends: a first signal between two steps, a second at once."""

import os
import signal
import subprocess
import sys
import time

import pytest

from commentary.runs.watch.stopping import Stop, Stopped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")

STEP = """
import time
from commentary.runs.watch.stopping import Stop
stop = Stop()
with stop.listening():
    print("in a step", flush=True)
    while not stop.asked:
        time.sleep(0.01)
    print("asked", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_breaks_off_a_sleep(number):
    stop = Stop()
    began = time.monotonic()
    with stop.listening():
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), number))
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(Stopped):
            stop.sleep(30)
    assert stop.asked
    assert time.monotonic() - began < 30


def test_a_signal_in_a_step_is_noted_and_breaks_off_the_next_wait():
    stop = Stop()
    with stop.listening():
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.asked
        with pytest.raises(Stopped):
            stop.sleep(30)


def test_behind_it_signals_are_as_they_were():
    before = signal.getsignal(signal.SIGTERM)
    with Stop().listening():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_wait_within_a_breakable_block_leaves_it_breakable():
    stop = Stop()

    def step():
        with stop.breakable():
            stop.sleep(0)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(30)

    with stop.listening(), pytest.raises(Stopped):
        step()


def test_a_second_signal_ends_it_at_once():
    with subprocess.Popen([sys.executable, "-c", STEP], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "in a step\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "asked\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == -signal.SIGTERM
