"""Gaps of live sources become flags."""

import json

from commentary.metrics.base import Given
from commentary.metrics.gaps import gaps
from commentary.records.sheet import FactSheet
from commentary.sources.snapshot_file import read_snapshot

GAPS = [
    {"source": "Bybit", "of": "open_interest", "reason": "no_answer", "detail": "no answer within 20 s, 3 tries"},
    {"source": "Bybit", "of": "funding", "reason": "no_answer"},
    {"source": "CoinGlass", "of": "liquidations", "reason": "no_key"},
]


def flags(rows):
    snapshot = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": "2026-05-22T09:00:00Z"}
    read = read_snapshot(json.dumps({**snapshot, "gaps": rows}).encode())
    given = Given(read.snapshot, read.conflicts, read.snapshot.as_of, FactSheet("BTC", read.snapshot.as_of, (), ()))
    return [(flag.name, flag.why) for flag in gaps(given)]


def test_a_source_that_is_silent_is_one_flag_with_all_that_it_leaves_out():
    assert flags(GAPS) == [
        ("source_gap", "Bybit did not answer: funding, open_interest"),
        ("source_gap", "CoinGlass was not asked for want of a key: liquidations"),
    ]


def test_without_gaps_there_is_no_flag():
    assert flags([]) == []
