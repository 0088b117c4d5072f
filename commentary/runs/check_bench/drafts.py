"""The drafts that mutants are made of: of random snapshots, each known by a number."""

import json
from random import Random
from typing import Any, NamedTuple

from commentary.config import Settings
from commentary.errors import CommentaryError
from commentary.pipeline import draft_snapshots
from commentary.records.draft import Draft
from commentary.records.plan import Length
from commentary.runs.random_snapshots import Maker
from commentary.sources.snapshot_file import read_snapshot

_LENGTHS: tuple[Length | None, ...] = (None, None, "brief", "full")
_APART = 10_000_000
"""Snapshots of one seed of the benchmark; those of the next begin behind them."""


class Made(NamedTuple):
    """A draft, the snapshot that it is of, and the random numbers that are its own."""

    snapshot: dict[str, Any]
    draft: Draft
    chance: Random


def make(seed: int, number: int) -> Made | None:
    """Return the draft of a random snapshot; None where it has no story or cannot be told."""
    chance = Random(f"check_bench/{seed}/{number}")
    snapshot = Maker(seed * _APART + number).snapshot()
    try:
        read = read_snapshot(json.dumps(snapshot).encode())
        draft = draft_snapshots([read], settings=Settings(), length=chance.choice(_LENGTHS))
    except CommentaryError:
        return None
    return Made(snapshot, draft, chance) if isinstance(draft, Draft) else None
