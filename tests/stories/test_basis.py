"""Basis: the metrics name something new in a tenor."""

import pytest

from commentary.records.story import NoStory

OF = {"at": "front", "venue": "CME"}
PREMIUM = ("basis_premium", "-0.14", "percent", None, OF)


def state(value):
    return ("basis_state", value, "name", None, OF)


@pytest.mark.parametrize("value", ["turned negative", "turned positive", "low", "high", "negative"])
def test_a_turn_or_an_extreme_is_a_story_of_no_side(told, value):
    story = told("basis", state(value), PREMIUM)
    assert (story.name, story.emphasis) == ("basis", "none")


def test_a_basis_of_which_nothing_is_new_is_none(told, reasons):
    story = told("basis", state("none"), PREMIUM)
    assert isinstance(story, NoStory)
    assert reasons(story) == "there is no turn or extreme of the basis"


def test_without_a_state_or_its_premium_the_reasons_say_so(told, reasons):
    assert "turn or extreme of the basis is not known" in reasons(told("basis", PREMIUM))
    assert "basis premium is not known" in reasons(told("basis", state("high")))


def test_an_end_of_its_history_shows_it_as_unusual(told):
    share = ("basis_below_share", "5", "percent", None, OF)
    assert told("basis", state("turned negative"), PREMIUM, share).score == pytest.approx(0.38)
    assert told("basis", state("negative"), PREMIUM).score == pytest.approx(0.28)
