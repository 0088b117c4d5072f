"""Funding spread: the least of three stretches is past the bound."""

import pytest

from commentary.records.story import NoStory

RUN = ("funding_spread_run", 3, "count", None, {"window": 8})


def least(points):
    return ("funding_spread_least", points, "points", None, {"window": 8})


def test_three_stretches_a_hundredth_of_a_point_apart_are_a_story_of_no_side(told):
    story = told("funding_spread", least("0.01"), RUN)
    assert (story.name, story.emphasis) == ("funding_spread", "none")


def test_one_stretch_under_the_bound_is_none(told, reasons):
    assert "least spread" in reasons(told("funding_spread", least("0.0099"), RUN))


def test_without_two_exchanges_the_reasons_say_so(told, reasons):
    assert "least spread of three stretches is not known" in reasons(told("funding_spread"))


def test_a_gap_wider_than_nine_of_ten_is_unusual(told):
    share = ("funding_spread_below_share", "90", "percent", None, {"window": 8})
    assert told("funding_spread", least("0.02"), RUN, share).score == pytest.approx(0.34)
    assert told("funding_spread", least("0.02"), RUN).score == pytest.approx(0.24)


def test_old_settlements_are_none(told):
    old = ("stale_age", 20, "hours", None, {"at": "funding"})
    assert isinstance(told("funding_spread", least("0.02"), RUN, old), NoStory)
