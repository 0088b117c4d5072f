"""Clocks: the machine's, and a server's that runs at another speed or does not answer."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.errors import RemoteError
from commentary.net import Failure, Reply
from commentary.runs.watch import LastTold, ServerClock, WallClock
from commentary.runs.watch import clock as clock_module
from commentary.runs.watch.server_time import server_time, time_in

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Machine:
    """Our own seconds, which pass when they are slept."""

    def __init__(self, monkeypatch):
        self.seconds = 0.0
        self.slept = []
        monkeypatch.setattr(clock_module.time, "monotonic", lambda: self.seconds)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


@pytest.mark.parametrize("speed", [1, 60, 14_400])
def test_a_servers_time_is_waited_for_at_its_own_speed(machine, speed):
    asked = []

    def ask():
        asked.append(machine.seconds)
        return NOON + timedelta(seconds=machine.seconds * speed)

    clock = ServerClock(ask, machine.sleep)
    clock.wait_until(NOON + timedelta(hours=1))
    # An hour there is 3600 / speed seconds here; it is asked for seldom, and waited for little longer.
    assert 3600 / speed <= machine.seconds <= max(3600 / speed * 1.001, 0.3)
    assert len(asked) <= 3600 / 30 + 4
    assert clock.now() >= NOON + timedelta(hours=1)


def test_a_server_that_is_silent_for_a_while_is_asked_again(machine):
    # The first time that it tells is asked for twice, as nothing bears it out yet.
    answers = iter([RemoteError("silent"), RemoteError("silent"), NOON, NOON])

    def ask():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert ServerClock(ask, machine.sleep).now() == NOON
    assert machine.slept == [0.25, 0.5]


def test_a_server_that_stays_silent_is_an_error(machine):
    def ask():
        raise RemoteError("http://127.0.0.1/time did not answer")

    with pytest.raises(RemoteError, match="did not answer"):
        ServerClock(ask, machine.sleep).now()
    assert len(machine.slept) == 4


def told_by(times, machine):
    """Return what a clock makes of a server's readings, a second of ours apart, given as hours behind noon."""
    waiting = iter(times)
    clock = ServerClock(lambda: NOON + timedelta(hours=next(waiting)), machine.sleep)
    found = []
    while True:
        try:
            found.append((clock.now() - NOON) / timedelta(hours=1))
        except StopIteration:
            return found
        machine.sleep(1)


@pytest.mark.parametrize(
    ("readings", "believed"),
    [
        # The third reading is two days ahead; asked again the server says noon.
        ([0, 0, 48, 0, 0], [0, 0, 0]),
        # So is the first.
        ([48, 0, 0, 0], [0, 0, 0]),
        # It says so twice: then that is its time, until it runs back, and says so twice as well.
        ([0, 0, 48, 48, 48, 0, 0, 0], [0, 48, 48, 0, 0]),
        # One reading that is behind is not believed either.
        ([0, 0, -48, 0, 0], [0, 0, 0]),
    ],
)
def test_one_reading_that_jumps_is_asked_for_again(machine, readings, believed):
    assert told_by(readings, machine) == believed


def test_a_server_that_runs_fast_is_believed(machine):
    """A day for each second of ours: every reading jumps, and the next one bears it out."""
    clock = ServerClock(lambda: NOON + timedelta(days=machine.seconds), machine.sleep)
    for day in range(4):
        assert clock.now() == NOON + timedelta(days=day)
        machine.sleep(1)


def test_a_server_that_stands_still_is_waited_for(machine):
    times = iter([NOON] * 5 + [NOON + timedelta(hours=1)] * 4)
    ServerClock(lambda: next(times), machine.sleep).wait_until(NOON + timedelta(minutes=30))
    assert all(0.02 <= one <= 30 for one in machine.slept)


def test_the_machine_is_waited_for_in_steps(monkeypatch):
    slept = []
    clock = WallClock(slept.append)
    times = [NOON, NOON + timedelta(seconds=50), NOON + timedelta(minutes=2)]
    monkeypatch.setattr(WallClock, "now", lambda self: times.pop(0))
    clock.wait_until(NOON + timedelta(minutes=1))
    # 60 s are left, of which 30 are slept at most; then 10; then the time has passed.
    assert slept == [30.0, 10.0]


@pytest.mark.parametrize(
    "payload",
    [
        "2026-11-22T12:00:00Z",
        {"time": "2026-11-22T13:00:00+01:00"},
        # From 1970 to 22 November 2026 are 20,779 days of 86,400 s, 1,795,305,600 s, and to noon 43,200 s more.
        {"now": Decimal(1_795_348_800)},
        {"serverTime": 1_795_348_800_000},
    ],
)
def test_a_time_is_read_as_servers_write_it(payload):
    assert time_in(payload) == NOON


BEYOND = "is not of the years 2009 to 2199"
ABSURD = (
    "0001-01-01T00:00:00+00:00",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "2300-01-01T00:00:00Z",
    0,
    -1,
    Decimal("-62135596800"),
    Decimal("1e20"),
    Decimal("-1e999999"),
    Decimal("1e-999999"),
    Decimal("9" * 5000),
    253_402_300_799,
)
NONE_IN_IT = "none of time, now, serverTime is in the answer"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        *((payload, NONE_IN_IT) for payload in (None, {}, [], True, {"time": None})),
        ("noon", "Invalid isoformat string: 'noon'"),
        ("2026-11-22T12:00:00", "'2026-11-22T12:00:00' has no zone"),
        *((Decimal(word), f"{word} is no time") for word in ("NaN", "Infinity", "-Infinity", "sNaN")),
        *((payload, f"{str(payload)[:40]!r} {BEYOND}") for payload in ABSURD),
    ],
)
def test_what_is_no_time_is_refused(payload, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        time_in(payload)


def test_a_server_is_asked_and_its_words_are_told():
    asked = []

    def ask(requests, deadlines):
        (request,) = requests
        asked.append((request.url, deadlines[request.source]))
        if len(asked) == 1:
            return [Reply(request, 200, {}, b'{"time": "2026-11-22T12:00:00Z"}', NOON, NOON)]
        if len(asked) == 2:
            return [Reply(request, 200, {}, b"<html>", NOON, NOON)]
        if len(asked) == 3:
            return [Reply(request, 200, {}, b'{"time": NaN}', NOON, NOON)]
        return [Failure(request, "timeout", "did not answer within 5 s")]

    told = server_time(ask, "http://127.0.0.1:8123/time")
    assert told() == NOON
    with pytest.raises(RemoteError, match="/time tells no time"):
        told()
    with pytest.raises(RemoteError, match="/time tells no time: NaN is no time"):
        told()
    with pytest.raises(RemoteError, match="/time did not answer within 5 s"):
        told()
    assert asked[0] == ("http://127.0.0.1:8123/time", 5.0)


def test_replies_are_dated_by_what_the_server_told_last_and_nobody_is_asked(machine):
    times = iter([NOON, NOON, NOON + timedelta(minutes=5)])
    told = LastTold()
    clock = ServerClock(lambda: next(times), machine.sleep, told)
    # Before it is told anything it is the machine's time; the reply that tells it is dated so, and no other.
    assert abs(told.now() - datetime.now(UTC)) < timedelta(minutes=1)
    clock.now()
    assert (told.now(), told.now()) == (NOON, NOON)
    assert next(times) == NOON + timedelta(minutes=5)
