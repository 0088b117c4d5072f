"""A draft's id: the same order has the same one, and another order another."""

from datetime import timedelta
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.config import Publisher

SNAPSHOT = Path(__file__).parents[2] / "data" / "snapshots" / "btc-example.json"


@pytest.fixture(scope="module")
def read():
    return read_snapshot(SNAPSHOT)


def id_of(read, **options):
    made = draft_snapshots([read], **{"settings": Settings(), "length": "brief", **options})
    assert isinstance(made, Draft)
    return made.id


def test_the_same_order_has_the_same_id(read):
    assert id_of(read) == id_of(read) == id_of(read, now=read.snapshot.as_of)


@pytest.mark.parametrize(
    "other",
    [
        {"settings": Settings(publisher=Publisher(name="Harbour Wire"))},
        {"minutes": 1},
        {"seed": 5},
        {"length": "standard"},
    ],
    ids=["settings", "now", "seed", "length"],
)
def test_another_order_has_another_id(read, other):
    options = dict(other)
    if minutes := options.pop("minutes", None):
        options["now"] = read.snapshot.as_of + timedelta(minutes=minutes)
    assert id_of(read, **options) != id_of(read)
