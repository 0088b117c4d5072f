"""Follow-up: a test of the feed has come due."""

from commentary.config.storybook import storybook
from commentary.records.story import NoStory, Story
from commentary.stories import stories


def settled(result, side="long"):
    return ("settled_result", result, "name", side, {"at": "first 1"})


def test_a_settled_test_is_a_story_of_its_side(told):
    assert told("follow_up", settled("hit")).emphasis == "long"
    assert told("follow_up", settled("lapsed", "short")).emphasis == "short"
    assert told("follow_up", settled("miss", None)).emphasis == "none"


def test_what_cannot_be_settled_is_told_too(told):
    assert isinstance(told("follow_up", settled("unsettled")), Story)


def test_without_a_verdict_it_goes_behind_every_other_story(told):
    others = [storybook(name).score for name in stories if name != "follow_up"]
    assert told("follow_up", settled("unsettled")).score < min(others) < told("follow_up", settled("lapsed")).score


def test_without_a_settled_test_there_is_none(told, reasons):
    assert "outcome of a test of ours is not known" in reasons(told("follow_up"))


def test_figures_in_another_unit_are_no_ground_for_it(told):
    assert isinstance(told("follow_up", settled("hit"), flags=["unit_scale_suspect"]), NoStory)


def test_what_happened_goes_before_what_became_of_it(told):
    passed = ("level_passed", "passed", "name", "long", {"at": "63850"})
    size = ("reach_size", 684_000_000, "usd", "long", {"at": "63850"})
    price = ("price", 63120, "price", None, {"at": "mark"})
    assert told("level_passed", price, passed, size).score > told("follow_up", settled("hit")).score
