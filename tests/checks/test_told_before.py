"""A figure of an earlier story of ours is told as one, and never as the present one."""

import json
from functools import cache

import pytest

from commentary import Settings, check_text, draft_snapshots, read_snapshot
from commentary.pipeline import sheet_of
from commentary.pipeline.remembering import item_of
from commentary.records.history import History
from commentary.resources import folder


@cache
def sheet():
    """The facts of an update: $1.42 billion of longs, where the story of two hours before had $1.07 billion."""
    content = json.loads((folder("data") / "snapshots" / "btc-long-side.json").read_bytes())
    first = draft_snapshots([read_snapshot(json.dumps(content).encode())], settings=Settings())
    content["as_of"] = "2026-11-22T11:00:00Z"
    for rows in ("prices", "open_interest", "open_interest_changes", "liquidation_maps"):
        for row in content[rows]:
            row["time"] = "2026-11-22T10:55:00Z"
    content["liquidation_maps"][0]["cumulative"][0]["notional_usd"] = 1_420_000_000
    update = draft_snapshots(
        [read_snapshot(json.dumps(content).encode())],
        settings=Settings(),
        history=History.of("desk", [item_of(first, "desk")]),
    )
    return sheet_of(update)


def errors(text):
    found = check_text(text, sheet(), settings=Settings(), scope="passage").findings
    return {one.code for one in found if one.severity == "error"}


@pytest.mark.parametrize(
    "text",
    [
        "CoinGlass's model has $1.42 billion of bitcoin longs down to $60,593, against $1.07 billion in our story of"
        " 09:00 UTC on Nov. 22.",
        "In our story of 09:00 UTC on Nov. 22 CoinGlass's model had $1.07 billion of bitcoin longs down to $60,593.",
        "CoinGlass's model has $1.42 billion of bitcoin longs down to $60,593.",
    ],
)
def test_the_old_figure_beside_our_story_and_the_new_one_alone_pass(text):
    assert errors(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "CoinGlass's model has $1.07 billion of bitcoin longs down to $60,593.",
        "At 10:55 UTC CoinGlass's model put $1.07 billion of bitcoin longs between the market and $60,593.",
    ],
)
def test_the_old_figure_as_the_present_one_is_an_error(text):
    assert errors(text)


def test_a_modelled_sum_stays_modelled_when_it_was_told_before():
    text = "In our story of 09:00 UTC on Nov. 22, CoinGlass recorded $1.07 billion of bitcoin longs liquidated."
    assert errors(text)
