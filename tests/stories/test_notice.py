"""Notice: what an exchange announced of a contract, if enough is held under the terms it changes."""

import pytest

from commentary import Settings, draft_snapshots, read_snapshot
from commentary.records.story import NoStory
from commentary.resources import folder

SOURCES = ("notice_sources", 1, "count", None, {"venue": "Binance"})
AGE = ("notice_age", 3, "hours", None, {"venue": "Binance"})
HELD = ("notice_oi", 75_000_000, "usd", None, {"venue": "Binance"})


def notice(kind):
    return ("notice", kind, "name", None, {"venue": "Binance"})


@pytest.mark.parametrize("kind", ["margin tiers", "funding interval"])
def test_a_change_of_terms_is_news_by_what_is_held_under_them(told, kind):
    assert told("notice", notice(kind), SOURCES, AGE, HELD).emphasis == "none"
    small = ("notice_oi", 9_999_999, "usd", None, {"venue": "Binance"})
    assert isinstance(told("notice", notice(kind), SOURCES, AGE, small), NoStory)
    assert isinstance(told("notice", notice(kind), SOURCES, AGE), NoStory)


@pytest.mark.parametrize("kind", ["listing", "delisting"])
def test_a_contract_that_comes_or_goes_is_news_whatever_is_held(told, kind):
    assert told("notice", notice(kind), SOURCES, AGE).name == "notice"


def test_a_notice_of_nobody_or_of_another_day_is_none(told):
    assert isinstance(told("notice", notice("listing"), ("notice_sources", 0, "count"), AGE), NoStory)
    assert isinstance(told("notice", notice("listing"), SOURCES, ("notice_age", 25, "hours")), NoStory)


def drafted(name, seed):
    read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
    return draft_snapshots([read], settings=Settings(), seed=seed)


@pytest.mark.parametrize("seed", range(4))
def test_a_change_of_interval_says_from_what_to_what_and_lists_neither_as_unknown(seed):
    draft = drafted("sui-interval", seed)
    assert "eight hours" in draft.headline
    assert "two hours" in draft.headline
    assert not [line for line in draft.unknowns if "terms" in line.lower() or "takes effect" in line]


@pytest.mark.parametrize("name", ["link-delisting", "pepe-tiers", "ton-listing"])
def test_a_headline_is_of_a_contract_and_not_of_the_coin(name):
    for seed in range(4):
        assert " contract" in drafted(name, seed).headline


def test_a_notice_that_the_exchange_is_not_the_source_of_says_so():
    for seed in range(4):
        lead = drafted("link-delisting", seed).sections[0].paragraphs[0]
        assert "OKX itself" in lead or "OKX's own" in lead
