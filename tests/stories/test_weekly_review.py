"""The weekly review: due from Sunday to Monday noon, told at any time where it is asked for."""

import json

import pytest

from commentary import Draft, NoStoryResult, Settings, draft_snapshots, read_snapshot
from commentary.config.storybook import asked_for, storybook
from commentary.pipeline import check_draft
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.resources import folder
from commentary.stories import stories
from tests.stories.conftest import NOW, fact

WEEK = ("price_to", "63957", "price", None, {"window": 168})
SUNDAY = ("week_since_sunday", "33", "hours", None, {})
SERIES = ("week_series", "3", "count", None, {})


def test_it_is_due_from_sunday_to_monday_noon(told):
    story = told("weekly_review", WEEK, SUNDAY, SERIES)
    assert (story.name, story.emphasis) == ("weekly_review", "none")
    assert isinstance(told("weekly_review", WEEK, ("week_since_sunday", "36", "hours", None, {}), SERIES), NoStory)


def test_it_takes_seven_days_of_three_series(told, reasons):
    fewer = told("weekly_review", WEEK, SUNDAY, ("week_series", "2", "count", None, {}))
    assert "week series" in reasons(fewer)


def test_it_takes_candles_of_seven_days(told, reasons):
    assert "price to over 7 days" in reasons(told("weekly_review", SUNDAY, SERIES))


def test_asked_for_it_needs_no_day_and_two_series():
    rows = (WEEK, ("week_since_sunday", "90", "hours", None, {}), ("week_series", "2", "count", None, {}))
    sheet = FactSheet("BTC", NOW, tuple(fact(*row[:4], **row[4]) for row in rows))
    assert isinstance(stories["weekly_review"](sheet, storybook("weekly_review")), NoStory)
    assert isinstance(stories["weekly_review"](sheet, asked_for(storybook("weekly_review"))), Story)


BEHIND = ("calm", "funding_spread", "macro_date", "notice", "outage")
"""What a week's review tells beside the rest: none of these says by itself that something moved."""


def test_every_story_of_what_moved_comes_before_it():
    own = storybook("weekly_review").score
    assert storybook("calm").score < own
    assert all(storybook(name).score > own for name in stories if name not in (*BEHIND, "weekly_review"))


@pytest.mark.parametrize("name", ["sol-late-monday", "btc-calm"])
def test_a_draft_that_was_asked_for_is_the_same_when_it_is_written_again(name):
    read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
    made = draft_snapshots([read], settings=Settings())
    assert isinstance(made, NoStoryResult) or made.story != "weekly_review"
    draft = draft_snapshots([read], settings=Settings(), story="weekly_review")
    assert isinstance(draft, Draft)
    assert check_draft(Draft.model_validate_json(draft.model_dump_json())).findings == draft.checks.findings


def test_a_gap_in_a_series_is_told():
    read = read_snapshot((folder("data") / "snapshots" / "eth-week.json").read_bytes())
    draft = draft_snapshots([read], settings=Settings())
    body = " ".join(text for section in draft.sections for text in section.paragraphs)
    assert "$349 million" not in body, "a sum that lacks a day is left out where the last day is told"
    assert any("Sept. 24" in unknown for unknown in draft.unknowns)


def test_on_a_sunday_it_waits_for_what_is_news():
    text = (folder("data") / "snapshots" / "btc-week.json").read_bytes()
    snapshot = json.loads(text)
    maps = [{"source": "CoinGlass", "window_hours": 168, "time": "2026-11-01T08:50:00Z",
             "cumulative": [{"price": 62000, "side": "long", "notional_usd": 900_000_000}]}]  # fmt: skip
    read = read_snapshot(json.dumps({**snapshot, "liquidation_maps": maps}).encode())
    assert draft_snapshots([read], settings=Settings()).story == "liquidation_map"
