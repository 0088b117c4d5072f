"""Options expiry: a large one, the day before it, on its day, or just after its settlement."""

import pytest

from commentary.records.story import NoStory, Story

DAY = {"at": "2026-10-30"}
PRICE = ("price", 62140, "price", None, {"at": "mark"})
AHEAD = ("options_phase", "ahead", "name", None, DAY)
SETTLED = ("options_phase", "settled", "name", None, DAY)
TOMORROW = ("options_days_left", 1, "days", None, DAY)
NOTIONAL = ("options_notional", 2_410_000_000, "usd", None, DAY)


def test_a_large_expiry_of_the_next_day_is_a_story(told):
    story = told("options_expiry", AHEAD, TOMORROW, NOTIONAL, PRICE)
    assert (story.name, story.emphasis, story.score, story.ranked) == ("options_expiry", "none", 0.42, False)


def test_one_that_ranks_high_among_earlier_ones_counts_for_more(told):
    # A tenth for what history shows to be unusual.
    story = told("options_expiry", AHEAD, TOMORROW, NOTIONAL, PRICE, ("options_rank", 2, "count", None, DAY))
    assert (story.score, story.ranked) == (0.52, True)


@pytest.mark.parametrize("days", [2, -2])
def test_one_of_another_day_is_none(told, reasons, days):
    found = told("options_expiry", AHEAD, ("options_days_left", days, "days", None, DAY), NOTIONAL, PRICE)
    assert "days to the expiry" in reasons(found)


def test_a_small_one_is_none_unless_it_is_a_fifth_of_all_that_is_open(told, reasons):
    small = ("options_notional", 140_000_000, "usd", None, DAY)
    assert "notional" in reasons(told("options_expiry", AHEAD, TOMORROW, small, PRICE))
    share = ("options_share", 20, "percent", None, DAY)
    assert isinstance(told("options_expiry", AHEAD, TOMORROW, small, share, PRICE), Story)


def test_what_was_settled_is_a_story_by_what_it_removed(told):
    today = ("options_days_left", 0, "days", None, DAY)
    settlement = ("options_settlement", 62812, "price", None, DAY)
    removed = ("options_removed_usd", 1_640_000_000, "usd", None, DAY)
    assert isinstance(told("options_expiry", SETTLED, today, settlement, removed), Story)
    assert isinstance(told("options_expiry", SETTLED, today, settlement), NoStory)


def test_old_data_and_a_suspect_scale_are_none(told):
    stale = ("stale_age", 30, "hours", None, {"at": "options"})
    assert isinstance(told("options_expiry", AHEAD, TOMORROW, NOTIONAL, PRICE, stale), NoStory)
    flagged = told("options_expiry", AHEAD, TOMORROW, NOTIONAL, PRICE, flags=["unit_scale_suspect"])
    assert isinstance(flagged, NoStory)
