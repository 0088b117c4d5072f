"""Funding: a turn or an extreme of a settled rate, told from the side that pays."""

import pytest

from commentary.records.story import NoStory

OF = {"at": "settled", "venue": "Binance", "window": 8}


def state(value):
    return ("funding_state", value, "name", None, OF)


def payer(side):
    return ("funding_payer", side, "name", None, OF)


@pytest.mark.parametrize(
    ("value", "side"),
    [("turned negative", "short"), ("low", "short"), ("turned positive", "long"), ("high", "long")],
)
def test_it_is_told_from_the_side_that_pays(told, value, side):
    story = told("funding", state(value), payer(side))
    assert (story.name, story.emphasis) == ("funding", side)


def test_a_rate_of_which_nothing_is_new_is_none(told, reasons):
    story = told("funding", state("none"), payer("long"))
    assert isinstance(story, NoStory)
    assert reasons(story) == "there is no turn or extreme of the funding rate"


def test_without_a_settled_rate_the_reasons_say_so(told, reasons):
    assert "funding rate is not known" in reasons(told("funding"))


def test_old_settlements_are_none(told):
    old = ("stale_age", 20, "hours", None, {"at": "funding"})
    assert isinstance(told("funding", state("high"), payer("long"), old), NoStory)


def test_a_place_at_the_end_of_its_history_shows_it_as_unusual(told):
    share = ("funding_below_share", "1.5", "percent", None, OF)
    assert told("funding", state("turned negative"), payer("short"), share).score == pytest.approx(0.55)
    assert told("funding", state("turned negative"), payer("short")).score == pytest.approx(0.45)
    middle = ("funding_below_share", "40", "percent", None, OF)
    assert told("funding", state("turned negative"), payer("short"), middle).score == pytest.approx(0.45)
