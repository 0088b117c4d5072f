"""The bundled snapshots with other figures and in twists: by number, each kind again and again."""

import json
import random
from functools import cache
from itertools import product

import pytest

from commentary.errors import CommentaryError
from commentary.resources import folder
from commentary.runs.scaled_snapshots import kinds, scaled
from commentary.runs.twists import TWISTS
from commentary.sources.snapshot_file import read_snapshot

NAMES = [path.stem for path in sorted((folder("data") / "snapshots").glob("*.json"))]


ENOUGH = 12
"""So many of the snapshots are read after a twist; those behind them are not tried."""


@cache
def written(name):
    return (folder("data") / "snapshots" / f"{name}.json").read_bytes()


def bundled(name):
    return json.loads(written(name))


def is_read(snapshot):
    try:
        read_snapshot(json.dumps(snapshot).encode())
    except CommentaryError:
        return False
    return True


@pytest.mark.parametrize("twist", TWISTS, ids=lambda twist: twist.__name__)
def test_a_twist_changes_some_snapshot_and_the_most_are_still_read(twist):
    changed = read = 0
    for name in NAMES:
        snapshot = bundled(name)
        twist(snapshot, random.Random(name))
        changed += snapshot != bundled(name)
        read += read < ENOUGH and is_read(snapshot)
        if changed and read == ENOUGH:
            return
    raise AssertionError(f"{changed} snapshots changed, {read} of {len(NAMES)} read")


@pytest.mark.parametrize("name", ["btc-example", "eth-short-of-data", "btc-conflict"])
def test_a_twist_can_follow_any(name):
    for first, second in product(TWISTS, TWISTS):
        snapshot = bundled(name)
        first(snapshot, random.Random(1))
        second(snapshot, random.Random(2))
        assert snapshot["asset"]


def test_a_number_is_one_snapshot_and_its_kind_comes_again_with_other_figures():
    assert scaled(3) == scaled(3)
    again = scaled(3 + kinds())
    assert again != scaled(3)
    assert again["as_of"] == scaled(3)["as_of"]


def test_the_first_numbers_are_the_bundled_snapshots_with_other_figures():
    assert [scaled(number)["as_of"] for number in range(len(NAMES))] == [bundled(name)["as_of"] for name in NAMES]
