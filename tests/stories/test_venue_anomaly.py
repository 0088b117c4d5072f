"""Venue anomaly: one exchange is apart by its price or by its funding."""

import pytest

from commentary.records.story import NoStory


@pytest.mark.parametrize(
    ("what", "state"), [("price", "apart"), ("funding", "other side of zero"), ("funding", "apart")]
)
def test_an_exchange_apart_is_a_story_of_no_side(told, what, state):
    story = told("venue_anomaly", ("venue_state", state, "name", None, {"venue": "Kraken", "at": what}))
    assert (story.name, story.emphasis) == ("venue_anomaly", "none")


@pytest.mark.parametrize("state", ["within the bound", "others disagree", "feed unchanged"])
def test_any_other_state_is_none_and_says_which(told, reasons, state):
    story = told("venue_anomaly", ("venue_state", state, "name", None, {"venue": "Kraken", "at": "price"}))
    assert isinstance(story, NoStory)
    assert f"one exchange against the others (price) is {state}" in reasons(story)


def test_a_market_total_or_a_suspect_unit_is_none(told):
    row = ("venue_state", "apart", "name", None, {"venue": "Kraken", "at": "price"})
    assert isinstance(told("venue_anomaly", row, asset="market"), NoStory)
    assert isinstance(told("venue_anomaly", row, flags=["unit_scale_suspect"]), NoStory)
