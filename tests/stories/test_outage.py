"""Outage: a notice of the last day that somebody is named for."""

import pytest

from commentary import Settings, draft_snapshots, facts_of, read_snapshot
from commentary.languages import language
from commentary.planning.claims import load_claims
from commentary.records.story import NoStory
from commentary.resources import folder
from commentary.sentiment import read_sentiment
from commentary.writing.library import Library

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


@pytest.mark.parametrize("name", ["sol-outage", "doge-outage-adl", "avax-fund-draw"])
def test_a_headline_has_coin_and_day_and_leaves_the_hour_of_the_event_open(name):
    read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
    coin = {"sol": "solana", "doge": "dogecoin", "avax": "avalanche"}[name.partition("-")[0]]
    for seed in range(4):
        draft = draft_snapshots([read], settings=Settings(), seed=seed)
        assert coin in draft.headline.lower()
        assert " on Sept. 29" in draft.headline or " on June 2" in draft.headline or " on July 2" in draft.headline
        assert "report" in draft.headline.lower()
        assert "UTC" not in draft.headline


def test_two_reports_of_one_exchange_are_told_in_the_order_of_time():
    read = read_snapshot((folder("data") / "snapshots" / "doge-outage-adl.json").read_bytes())
    draft = draft_snapshots([read], settings=Settings(), seed=1)
    lead = draft.sections[0].paragraphs[0]
    assert lead.index("22:05 UTC") < lead.index("22:30 UTC")


@pytest.mark.parametrize("seed", range(4))
def test_what_others_alone_tell_is_said_to_be_theirs(seed):
    def lead(name):
        read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
        return draft_snapshots([read], settings=Settings(), seed=seed).sections[0].paragraphs[0]

    assert any(words in lead("doge-outage-adl") for words in ("OKX itself", "OKX's own"))
    assert not any(words in lead("sol-outage") for words in ("Binance itself", "Binance's own"))


def test_what_is_told_of_a_fund_draw_too_calls_it_no_outage():
    library = Library(folder("templates") / "en", (), language("en"))
    said = {}
    for spec in load_claims(folder("data") / "claims").values():
        if any(query == "outage" for _, queries in spec.roles for query in queries):
            words = [part for one in library[spec.say].alternatives for part in one.parts if isinstance(part, str)]
            said[spec.frame] = "outage" in " ".join(words)
    assert len(said) > 10
    assert [frame for frame, named in said.items() if named] == []
