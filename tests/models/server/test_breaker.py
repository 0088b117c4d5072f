"""When a server that failed in a row is asked again."""

from commentary.models.server.breaker import MOST, PAUSE_SECONDS, Breaker


def broken():
    times = [100.0]
    breaker = Breaker(lambda: times[0])
    for _ in range(MOST):
        assert breaker.lets_through()
        breaker.failed("did not answer")
    return breaker, times


def test_three_failures_in_a_row_close_the_way_for_a_minute():
    breaker, times = broken()
    assert not breaker.lets_through()
    times[0] += PAUSE_SECONDS - 1
    assert not breaker.lets_through()


def test_then_one_question_is_let_through_and_its_answer_opens_the_way():
    breaker, times = broken()
    times[0] += PAUSE_SECONDS
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.answered()
    assert [breaker.lets_through() for _ in range(3)] == [True] * 3


def test_if_it_fails_the_minute_begins_again():
    breaker, times = broken()
    times[0] += PAUSE_SECONDS
    assert breaker.lets_through()
    times[0] += 30
    breaker.failed("did not answer")
    times[0] += 31
    assert not breaker.lets_through()
    times[0] += 29
    assert breaker.lets_through()


def test_failures_that_do_not_follow_each_other_are_not_counted_together():
    breaker = Breaker(lambda: 0.0)
    for _ in range(5):
        breaker.failed("a")
        breaker.failed("b")
        breaker.answered()
    assert breaker.lets_through()
