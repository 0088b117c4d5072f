"""A feed's history: what a file of it must be, and what a draft may know of it."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from commentary.records.history import History, PublishedItem, is_remembered

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)


def item(name, hours=0, inputs=("a",), feed="desk"):
    when = NINE + timedelta(hours=hours)
    return PublishedItem(
        id=name,
        feed=feed,
        event_key="BTC/level/long-60600/2026-11-22",
        story_key="BTC/level/long-60600/2026-11-22",
        story="liquidation_map",
        emphasis="long",
        length="standard",
        assets=("BTC",),
        slug="btc-liquidation-map-2026-11-22",
        as_of=when,
        generated_at=when,
        headline="A headline",
        skeletons=("<source> has <level>.",),
        wordings=("template@map.lead#1",),
        label="neutral",
        inputs=inputs,
    )


def names(history):
    return [one.id for one in history.items]


def test_a_history_reads_back_as_itself():
    history = History.of("desk", [item("one"), item("two", 1)])
    assert History.model_validate_json(history.model_dump_json()) == history


def test_the_hash_covers_feed_and_items_in_their_order():
    one, two = item("one"), item("two", 1)
    hashes = {
        History.of(feed, items).sha256 for feed in ("desk", "other") for items in ([], [one], [one, two], [two, one])
    }
    assert len(hashes) == 8


def test_a_history_that_was_changed_is_refused():
    written = History.of("desk", [item("one")]).model_dump_json()
    with pytest.raises(ValidationError, match="changed after it was written"):
        History.model_validate_json(written.replace("A headline", "Another"))


def test_an_item_stands_in_it_once():
    with pytest.raises(ValidationError, match="twice"):
        History.of("desk", [item("one"), item("one")])


def test_a_draft_knows_what_was_published_before_it():
    history = History.of("desk", [item("one"), item("two", 1), item("three", 2)])
    assert names(history.before(NINE + timedelta(hours=1), ["new"])) == ["one", "two"]
    assert history.before(NINE + timedelta(hours=2), ["new"]) is history


def test_drafts_of_one_snapshot_do_not_know_one_another_nor_what_came_after():
    # The same command, run again after its draft was saved, gives the same draft.
    history = History.of("desk", [item("one"), item("brief", 1, ("b",)), item("article", 1, ("b",)), item("last", 2)])
    assert names(history.before(NINE + timedelta(hours=3), ["b"])) == ["one"]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("told_reach_size", True), ("since_label", True), ("settled_level", True), ("score_reached", True)]
    + [(name, False) for name in ("reach_size", "test_deadline", "price", "sentiment_label")],
)
def test_what_is_remembered_is_told_by_its_name(metric, expected):
    assert is_remembered(metric) is expected
