"""Who may send next, on a clock that jumps: no window on the server's side ever holds more than the limit."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.net import Pool
from commentary.net.limits import LimitError, SourceLimits
from tests.net.jumping import run

NEVER = 1e9


def timed(coroutine):
    return run(coroutine, settling=0)


async def ask(limits, costs, *, latency=0.0, until=NEVER, log=None, name=None):
    """Be granted, take `latency` to be counted, and write down when."""
    loop = asyncio.get_running_loop()
    grant = await limits.grant(costs, until)
    if log is not None:
        log.append((name, loop.time()))
    await asyncio.sleep(latency)
    grant.counted()
    return loop.time()


QUESTION = st.tuples(
    st.floats(0, 5),  # when it is asked
    st.integers(1, 4),  # weight in the first pool
    st.integers(0, 3),  # in the second
    st.floats(0, 3),  # when the server counts it, after it was sent
    st.floats(0, 2),  # and when its answer comes after that
)


@settings(max_examples=60, deadline=None)
@given(st.lists(QUESTION, min_size=1, max_size=25))
def test_no_window_of_the_server_holds_more_than_the_limit_and_all_are_sent(questions):
    pools = {"all": Pool(6, 2.0), "heavy": Pool(4, 3.0)}
    counted = []

    async def one(limits, delay, first, second, on_the_way, back):
        await asyncio.sleep(delay)
        grant = await limits.grant((("all", first), ("heavy", second)), NEVER)
        await asyncio.sleep(on_the_way)
        counted.append((asyncio.get_running_loop().time(), {"all": first, "heavy": second}))
        await asyncio.sleep(back)
        grant.counted()

    async def all_of_them():
        limits = SourceLimits(pools)
        await asyncio.gather(*(one(limits, *each) for each in questions))

    timed(all_of_them())
    assert len(counted) == len(questions)
    for name, pool in pools.items():
        for start, _ in counted:
            within = sum(weights[name] for time, weights in counted if start <= time <= start + pool.seconds)
            assert within <= pool.most


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0, 2)), min_size=2, max_size=20))
def test_those_that_draw_on_one_limit_go_in_the_order_in_which_they_came(questions):
    log = []

    async def all_of_them():
        limits = SourceLimits({"all": Pool(5, 1.0)})
        await asyncio.gather(
            *(
                ask(limits, (("all", weight),), latency=latency, log=log, name=at)
                for at, (weight, latency) in enumerate(questions)
            )
        )

    timed(all_of_them())
    assert [name for name, _ in log] == list(range(len(questions)))


def test_a_light_question_does_not_starve_a_heavy_one_of_two_limits_and_others_pass():
    log = []

    async def four():
        limits = SourceLimits({"all": Pool(4, 10.0), "heavy": Pool(2, 10.0), "other": Pool(1, 10.0)})
        await asyncio.gather(
            ask(limits, (("all", 1), ("heavy", 2)), log=log, name="first"),
            ask(limits, (("all", 1), ("heavy", 2)), log=log, name="heavy"),
            ask(limits, (("all", 1),), log=log, name="light"),
            ask(limits, (("other", 1),), log=log, name="other"),
        )

    timed(four())
    # The second waits for "heavy", the third behind it for "all"; the fourth has nothing to do with them.
    assert [name for name, _ in log] == ["first", "other", "heavy", "light"]
    assert [round(time, 2) for _, time in log] == [0, 0, 10.12, 10.12]  # 10 s, 1 % and 20 ms


def test_waiting_wakes_the_loop_once_for_each_change_and_no_more():
    async def many():
        limits = SourceLimits({"all": Pool(1, 1.0)})
        loop = asyncio.get_running_loop()
        steps = 0

        def count():
            nonlocal steps
            steps += 1

        run_once = loop._run_once

        def counting():
            count()
            run_once()

        loop._run_once = counting
        await asyncio.gather(*(ask(limits, (("all", 1),)) for _ in range(20)))
        return steps, loop.time()

    steps, seconds = timed(many())
    assert seconds == pytest.approx(19 * 1.03)
    assert steps < 20 * 6


@pytest.mark.parametrize("costs", [(("all", 11),), (("all", 6), ("all", 5)), (("all", -1),)])
def test_a_question_that_never_fits_is_an_error_at_once(costs):
    with pytest.raises(LimitError, match="which a limit of 10 in 60 s never lets through"):
        timed(ask(SourceLimits({"all": Pool(10, 60)}), costs))


def test_a_limit_that_is_not_there_is_an_error_at_once():
    with pytest.raises(LimitError, match="no limit named 'al'"):
        timed(ask(SourceLimits({"all": Pool(10, 60)}), (("al", 1),)))


def test_who_cannot_go_before_the_deadline_is_told_so_at_once():
    async def two():
        limits = SourceLimits({"all": Pool(1, 60)})
        await ask(limits, (("all", 1),))
        with pytest.raises(LimitError, match="no room before the deadline within its limit of 1 in 60 s"):
            await ask(limits, (("all", 1),), until=20.0)
        return asyncio.get_running_loop().time()

    assert timed(two()) == 0.0


def test_those_ahead_are_reckoned_with():
    async def three():
        limits = SourceLimits({"all": Pool(1, 60)})
        waiting = [asyncio.create_task(ask(limits, (("all", 1),), until=200.0)) for _ in range(3)]
        await asyncio.sleep(0)
        # The fourth goes after 3 windows, at 180 s.
        with pytest.raises(LimitError):
            await ask(limits, (("all", 1),), until=179.0)
        await asyncio.gather(*waiting)

    timed(three())


def test_a_pause_holds_all_that_draw_on_the_same_limit_and_nobody_else():
    log = []

    async def held():
        limits = SourceLimits({"all": Pool(10, 1.0), "other": Pool(10, 1.0)})
        limits.hold((("all", 1),), 30.0, whole_source=False)
        await asyncio.gather(
            ask(limits, (("all", 1),), log=log, name="all"), ask(limits, (("other", 1),), log=log, name="other")
        )

    timed(held())
    assert log == [("other", 0.0), ("all", 30.0)]


def test_a_ban_holds_the_whole_source():
    log = []

    async def held():
        limits = SourceLimits({"all": Pool(10, 1.0), "other": Pool(10, 1.0)})
        limits.hold((("all", 1),), 30.0, whole_source=True)
        await asyncio.gather(
            ask(limits, (("other", 1),), log=log, name="other"), ask(limits, (), log=log, name="without")
        )

    timed(held())
    assert log == [("other", 30.0), ("without", 30.0)]


def test_a_source_without_limits_can_be_held():
    log = []

    async def held():
        limits = SourceLimits({})
        limits.hold((), 30.0, whole_source=False)
        await ask(limits, (), log=log, name="one")

    timed(held())
    assert log == [("one", 30.0)]


def test_a_pause_beyond_the_deadline_ends_the_wait_at_once():
    async def held():
        limits = SourceLimits({"all": Pool(1, 10.0)})
        await ask(limits, (("all", 1),))
        waiting = asyncio.create_task(ask(limits, (("all", 1),), until=20.0))
        patient = asyncio.create_task(ask(limits, (("all", 1),), until=100.0))
        await asyncio.sleep(1.0)
        limits.hold((("all", 1),), 60.0, whole_source=False)
        with pytest.raises(LimitError, match="pause that is longer than the deadline"):
            await waiting
        assert asyncio.get_running_loop().time() == 1.0
        with pytest.raises(LimitError, match="pause"):
            await ask(limits, (("all", 1),), until=59.0)
        return await patient

    assert timed(held()) == 60.0


def test_who_stops_waiting_is_out_of_the_way_of_others():
    async def three():
        limits = SourceLimits({"all": Pool(2, 10.0)})
        await ask(limits, (("all", 1),))
        heavy = asyncio.create_task(ask(limits, (("all", 2),)))
        await asyncio.sleep(0)
        light = asyncio.create_task(ask(limits, (("all", 1),)))
        await asyncio.sleep(1.0)
        assert not light.done()
        heavy.cancel()
        return await light

    assert timed(three()) == 1.0


def test_a_grant_that_nobody_takes_any_more_is_given_back():
    async def two():
        limits = SourceLimits({"all": Pool(1, 10.0)})
        first = await limits.grant((("all", 1),), NEVER)
        second = asyncio.create_task(limits.grant((("all", 1),), NEVER))
        third = asyncio.create_task(limits.grant((("all", 1),), NEVER))
        await asyncio.sleep(0)
        first.unsent()  # grants the second, which is cancelled before it learns of it
        second.cancel()
        await third
        assert second.cancelled()
        return asyncio.get_running_loop().time()

    assert timed(two()) == 0.0


def test_a_grant_ends_once():
    async def one():
        limits = SourceLimits({"all": Pool(2, 10.0)})
        grant = await limits.grant((("all", 2),), NEVER)
        grant.counted()
        grant.unsent()
        grant.counted()
        await limits.grant((("all", 2),), NEVER)
        return asyncio.get_running_loop().time()

    assert timed(one()) == pytest.approx(10.12)
