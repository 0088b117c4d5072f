"""ETF flow: large, ranked or one of a run, and with an echo in futures."""

import pytest

from commentary.records.story import NoStory, Story

FLOW = ("etf_flow", -1_406_800_000, "usd")
SESSIONS = ("etf_sessions", 5, "count")
ECHO = ("oi_change_flow", "-3.2", "percent", None, {"window": 192, "at": "flow"})
FUNDING = ("funding_flow", "0.0087", "percent", None, {"window": 8, "at": "flow"})
BASIS = ("basis_flow_annual", "5.3", "percent", None, {"at": "flow; front"})
SMALL = ("etf_flow", -31_000_000, "usd")


def test_a_large_flow_with_an_echo_is_a_story(told):
    story = told("etf_flow", FLOW, SESSIONS, ECHO)
    assert (story.name, story.emphasis, story.score) == ("etf_flow", "none", 0.36)


@pytest.mark.parametrize("echo", [ECHO, FUNDING, BASIS])
def test_any_echo_will_do_and_none_is_none(told, reasons, echo):
    assert isinstance(told("etf_flow", FLOW, SESSIONS, echo), Story)
    assert "open interest" in reasons(told("etf_flow", FLOW, SESSIONS))


def test_a_small_flow_needs_a_run_a_rank_or_a_small_market(told):
    assert isinstance(told("etf_flow", SMALL, SESSIONS, ECHO), NoStory)
    for more in (
        ("etf_run", 5, "count"),
        ("etf_flow_rank", 3, "count"),
        ("etf_flow_to_oi", 2, "percent"),
    ):
        assert isinstance(told("etf_flow", SMALL, SESSIONS, ECHO, more), Story)
    assert isinstance(told("etf_flow", SMALL, SESSIONS, ECHO, ("etf_run", 4, "count")), NoStory)


def test_a_rank_among_the_three_largest_counts_for_more(told):
    assert told("etf_flow", FLOW, SESSIONS, ECHO, ("etf_flow_rank", 3, "count")).score == 0.46


def test_a_flow_of_sessions_not_told_and_an_old_one_are_none(told):
    assert isinstance(told("etf_flow", FLOW, ECHO), NoStory)
    assert isinstance(
        told("etf_flow", FLOW, SESSIONS, ECHO, ("stale_age", 100, "hours", None, {"at": "etf flow"})), NoStory
    )
