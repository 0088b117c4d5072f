"""Outage: a notice of the last day that somebody is named for."""

import pytest

from commentary import Settings, facts_of, read_snapshot
from commentary.records.story import NoStory
from commentary.resources import folder
from commentary.sentiment import read_sentiment

EVENT = ("outage", "outage", "name", None, {"venue": "Binance", "at": "outage"})
AGE = ("outage_age", 3, "hours", None, {"venue": "Binance", "at": "outage"})
SOURCES = ("outage_sources", 1, "count", None, {"venue": "Binance", "at": "outage"})


def test_one_source_that_is_named_is_enough(told):
    story = told("outage", EVENT, SOURCES, AGE)
    assert (story.name, story.emphasis) == ("outage", "none")


def test_a_notice_of_nobody_is_none(told, reasons):
    assert "sources that tell of the outage" in reasons(told("outage", EVENT, ("outage_sources", 0, "count"), AGE))


@pytest.mark.parametrize(("hours", "fires"), [(24, True), ("24.1", False)])
def test_it_is_news_for_a_day(told, hours, fires):
    story = told("outage", EVENT, SOURCES, ("outage_age", hours, "hours"))
    assert isinstance(story, NoStory) != fires


def test_a_day_that_feeds_were_silent_in_is_not_calm(told):
    quiet = (
        ("price_change", "-0.3", "percent", None, {"window": 24}),
        ("oi_change_coin", "0.4", "percent", None, {"window": 24}),
        ("daily_sigma", "2.2", "percent", None, {"at": "price"}),
    )
    assert told("calm", *quiet).name == "calm"
    assert isinstance(told("calm", *quiet, flags=["silent_feed"]), NoStory)


def test_while_an_exchange_is_out_there_is_no_label_and_no_reason_for_one():
    read = read_snapshot((folder("data") / "snapshots" / "sol-outage.json").read_bytes())
    reading = read_sentiment(facts_of(read, settings=Settings()))
    assert (reading.label, reading.strength, reading.contributions) == ("none", "none", ())
