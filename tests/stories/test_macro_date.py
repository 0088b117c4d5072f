"""Positions before a date: within three days, where something is known of what is open."""

from commentary.records.story import NoStory, Story

PRICE = ("price", 62140, "price", None, {"at": "mark"})
HELD = ("oi_coin", 270_300, "coin", None, {"venue": "all"})
CHANGE = ("oi_change_coin", "-1.1", "percent", None, {"window": 24, "venue": "all"})
DUE = ("event_time", "2026-05-23T12:30:00Z", "name", None, {"at": "US CPI"})


def hours(count):
    return ("event_hours", count, "hours", None, {"at": "US CPI"})


def test_a_date_within_three_days_is_a_story(told):
    story = told("macro_date", DUE, hours("27.5"), PRICE, HELD, CHANGE)
    assert (story.name, story.emphasis, story.score) == ("macro_date", "none", 0.22)
    assert isinstance(told("macro_date", DUE, hours(72), PRICE, HELD, CHANGE), Story)


def test_one_further_off_is_none(told, reasons):
    assert "hours to the next date" in reasons(told("macro_date", DUE, hours("72.5"), PRICE, HELD, CHANGE))


def test_it_ranks_before_a_quiet_day_and_behind_all_that_moved(told):
    ranked = told(
        "macro_date", DUE, hours(20), PRICE, HELD, CHANGE, ("oi_change_rank", 4, "count", None, {"window": 24})
    )
    assert ranked.score == 0.22


def test_without_positions_there_is_nothing_to_tell(told):
    assert isinstance(told("macro_date", DUE, hours(20), PRICE, CHANGE), NoStory)
    assert isinstance(told("macro_date", DUE, hours(20), PRICE, HELD), NoStory)
    assert isinstance(told("macro_date", DUE, hours(20), HELD, CHANGE), NoStory)
    stale = ("stale_age", 2, "hours", None, {"at": "open interest"})
    assert isinstance(told("macro_date", DUE, hours(20), PRICE, HELD, CHANGE, stale), NoStory)
