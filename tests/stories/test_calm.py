"""Calm: nothing moved, by measures that a usual day is known for."""

import json

import pytest

from commentary import Settings, draft_snapshots, read_snapshot
from commentary.records.story import NoStory
from commentary.resources import folder

MOVE = ("price_change", "-0.3", "percent", None, {"window": 24})
COIN = ("oi_change_coin", "0.4", "percent", None, {"window": 24})
SIGMA = ("daily_sigma", "2.2", "percent", None, {"at": "price"})


def test_a_day_without_moves_is_calm(told):
    story = told("calm", MOVE, COIN, SIGMA)
    assert (story.name, story.emphasis) == ("calm", "none")


def test_a_move_of_the_bound_is_none_in_either_direction(told):
    for value in ("1", "-1"):
        assert isinstance(told("calm", ("price_change", value, "percent", None, {"window": 24}), COIN, SIGMA), NoStory)


def test_a_change_in_coin_is_none(told):
    assert isinstance(told("calm", MOVE, ("oi_change_coin", "-2", "percent", None, {"window": 24}), SIGMA), NoStory)


def test_liquidations_above_their_median_are_none(told):
    rows = (("liq_total", 80_000_000), ("liq_median", 73_900_000))
    assert isinstance(told("calm", MOVE, COIN, SIGMA, *rows), NoStory)


def test_a_quiet_that_is_only_silence_is_none(told, reasons):
    assert "change" in reasons(told("calm", MOVE, SIGMA))
    assert isinstance(told("calm", MOVE, COIN), NoStory)
    assert isinstance(told("calm", MOVE, COIN, SIGMA, flags=["stale_data"]), NoStory)


@pytest.mark.parametrize("seed", [None, 3])
def test_a_price_that_did_not_change_is_told_at_its_value_and_never_as_nought_percent(seed):
    content = json.loads((folder("data") / "snapshots" / "btc-calm.json").read_text(encoding="utf-8"))
    content["price_changes"][0]["percent"] = 0
    draft = draft_snapshots([read_snapshot(json.dumps(content).encode())], settings=Settings(), seed=seed)
    assert draft.story == "calm"
    assert draft.checks.ok
    assert not [text for text in draft.headlines if " 0%" in text]
