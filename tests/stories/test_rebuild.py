"""Rebuild: half of a large fall is first back, on the day on which that is news."""

from commentary.records.story import NoStory

SHARE = ("reset_share", "66", "percent")
FALL = ("reset_fall", "-9.2", "percent", None, {"window": 24})
RANK = ("reset_rank", 1, "count", None, {"window": 24})
AGE = ("reset_age", 20, "hours")
HOURS = ("reset_hours", 36, "hours")


def test_half_of_a_large_fall_back_is_a_story_of_no_side(told):
    story = told("rebuild", SHARE, FALL, RANK, AGE, HOURS)
    assert (story.name, story.emphasis, story.ranked) == ("rebuild", "none", True)


def test_a_slow_one_scores_less(told):
    slow = told("rebuild", SHARE, FALL, RANK, AGE, ("reset_hours", "72.5", "hours"))
    assert not slow.ranked
    assert slow.score < told("rebuild", SHARE, FALL, RANK, AGE, HOURS).score


def test_just_less_than_half_is_none(told, reasons):
    story = told("rebuild", ("reset_share", "49.9", "percent"), FALL, RANK)
    assert "share of the fall that is back" in reasons(story)


def test_half_that_was_back_a_day_ago_is_no_news(told):
    assert isinstance(told("rebuild", SHARE, FALL, RANK, ("reset_age", 28, "hours"), HOURS), NoStory)


def test_a_small_or_an_ordinary_fall_is_none(told):
    small = ("reset_fall", "-3.9", "percent", None, {"window": 24})
    assert isinstance(told("rebuild", SHARE, small, RANK, AGE, HOURS), NoStory)
    ordinary = ("reset_rank", 5, "count", None, {"window": 24})
    fall = ("reset_fall", "-7.9", "percent", None, {"window": 24})
    assert isinstance(told("rebuild", SHARE, fall, ordinary, AGE, HOURS), NoStory)


def test_without_a_history_the_fall_has_to_be_severe_for_any_coin(told):
    assert told("rebuild", SHARE, ("reset_fall", "-8", "percent", None, {"window": 24}), AGE, HOURS).name == "rebuild"
    fall = ("reset_fall", "-7.9", "percent", None, {"window": 24})
    assert isinstance(told("rebuild", SHARE, fall, AGE, HOURS), NoStory)


def test_a_new_flush_is_told_instead(told):
    flush = ("flush_state", "long flush", "name", None, {"window": 24})
    assert isinstance(told("rebuild", SHARE, FALL, RANK, AGE, HOURS, flush), NoStory)
