"""Flush and reset: the metrics' rule held, and the figures to tell it are there."""

import pytest

from commentary.records.story import NoStory

COIN = ("oi_change_coin", "-9.2", "percent", None, {"window": 24})
SHARE = ("liq_share", "89", "percent", "long")


@pytest.mark.parametrize(
    ("state", "emphasis"),
    [("long flush severe", "long"), ("long flush", "long"), ("short flush", "short")],
)
def test_a_flush_is_told_from_the_side_that_was_forced(told, state, emphasis):
    assert told("flush_reset", ("flush_state", state, "name", None, {"window": 24}), COIN, SHARE).emphasis == emphasis


def test_no_flush_is_no_story(told, reasons):
    story = told("flush_reset", ("flush_state", "none", "name", None, {"window": 24}), COIN, SHARE)
    assert isinstance(story, NoStory)
    assert reasons(story) == "there is no flush or squeeze"


def test_a_rule_that_could_not_be_judged_is_no_story(told, reasons):
    assert "flush or squeeze" in reasons(told("flush_reset", COIN, SHARE))


def test_a_fall_known_in_dollars_only_is_no_story(told):
    state = ("flush_state", "long flush", "name", None, {"window": 24})
    dollars = ("oi_change_usd", "-14", "percent", None, {"window": 24})
    assert isinstance(told("flush_reset", state, dollars, SHARE), NoStory)
