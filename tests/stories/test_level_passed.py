"""Level passed: price is beyond the end of a stretch that a map counted."""

from commentary.records.story import NoStory

PRICE = ("price", 63120, "price", None, {"at": "mark"})
PASSED = ("level_passed", "passed", "name", "long", {"at": "63850"})
SUM = ("reach_size", 684_000_000, "usd", "long", {"at": "63850"})


def test_a_passed_level_is_a_story_of_its_side(told):
    assert told("level_passed", PRICE, PASSED, SUM).emphasis == "long"


def test_a_level_still_ahead_is_none(told, reasons):
    assert "level passed" in reasons(told("level_passed", PRICE, SUM))


def test_a_passed_level_of_a_small_sum_is_none(told):
    small = ("reach_size", 49_000_000, "usd", "long", {"at": "63850"})
    assert isinstance(told("level_passed", PRICE, PASSED, small), NoStory)


def test_the_sum_of_the_other_side_does_not_carry_it(told):
    other = ("reach_size", 684_000_000, "usd", "short", {"at": "67400"})
    assert isinstance(told("level_passed", PRICE, PASSED, other), NoStory)


def test_a_severe_flush_is_told_instead(told):
    flush = ("flush_state", "long flush severe", "name", None, {"window": 24})
    assert isinstance(told("level_passed", PRICE, PASSED, SUM, flush), NoStory)
