"""Gaps of live sources become flags, and facts that a text can tell."""

import json
from typing import get_args

import pytest

from commentary.languages.en.words import GAPS as GAPS_IN_WORDS
from commentary.metrics.base import Given
from commentary.metrics.gaps import gaps
from commentary.records.fact import Fact, Flag
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import Gap
from commentary.sources.snapshot_file import read_snapshot

GAPS = [
    {"source": "Bybit", "of": "open_interest", "reason": "no_answer", "detail": "no answer within 20 s, 3 tries"},
    {"source": "Bybit", "of": "funding", "reason": "no_answer"},
    {"source": "CoinGlass", "of": "liquidations", "reason": "no_key"},
]


def found(rows):
    snapshot = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": "2026-05-22T09:00:00Z"}
    read = read_snapshot(json.dumps({**snapshot, "gaps": rows}).encode())
    given = Given(read.snapshot, read.conflicts, read.snapshot.as_of, FactSheet("BTC", read.snapshot.as_of, (), ()), ())
    return list(gaps(given))


def flags(rows):
    return [(one.name, one.why) for one in found(rows) if isinstance(one, Flag)]


def facts(rows, untold=False):
    """The facts that a text of ours can tell, or those that none does."""
    every = [one for one in found(rows) if isinstance(one, Fact)]
    return [(one.id, one.value, one.source) for one in every if ("gap_untold" in one.id) is untold]


def test_a_source_that_is_silent_is_one_flag_with_all_that_it_leaves_out():
    assert flags(GAPS) == [
        ("source_gap", "Bybit, no answer: open interest, funding"),
        ("source_gap", "CoinGlass, no key: liquidations"),
    ]


def test_a_source_that_failed_is_told_with_the_kinds_of_data_in_words():
    assert facts(GAPS) == [
        ("BTC/gap_reason/at=1", "no answer", ("Bybit",)),
        ("BTC/gap_of/at=1", "open interest; funding", ("Bybit",)),
    ]


@pytest.mark.parametrize("reason", ["no_key", "not_listed", "empty", "not_kept"])
def test_what_says_nothing_of_a_market_is_a_flag_and_not_told(reason):
    rows = [{"source": "OKX", "of": "funding", "reason": reason}]
    assert flags(rows) == [("source_gap", f"OKX, {reason.replace('_', ' ')}: funding")]
    assert facts(rows) == []


def test_what_no_text_of_ours_tells_is_at_hand_for_a_text_of_somebody_elses():
    assert facts(GAPS, untold=True) == [
        ("BTC/gap_untold_reason/at=1", "no key", ("CoinGlass",)),
        ("BTC/gap_untold_of/at=1", "liquidations", ("CoinGlass",)),
    ]
    rows = [{"source": "OKX", "of": of, "reason": "no_answer"} for of in ("prices", "funding")]
    assert [value for _, value, _ in facts(rows)] == ["no answer", "funding"]
    assert [value for _, value, _ in facts(rows, untold=True)] == ["no answer", "price"]


def test_only_what_figures_are_counted_of_is_told():
    rows = [
        {"source": "OKX", "of": of, "reason": "no_answer"}
        for of in ("basis", "candles", "funding", "open_interest", "order_book", "prices")
    ]
    assert flags(rows) == [("source_gap", "OKX, no answer: price, open interest, funding, other figures")]
    assert facts(rows)[1][1] == "open interest; funding"
    assert facts([rows[0], rows[1], rows[4]]) == []


def test_one_source_with_two_reasons_is_told_once():
    rows = [
        {"source": "OKX", "of": "prices", "reason": "empty"},
        {"source": "OKX", "of": "funding", "reason": "refused"},
        {"source": "OKX", "of": "open_interest", "reason": "no_answer"},
    ]
    assert len(flags(rows)) == 3
    assert [value for name, value, _ in facts(rows)] == ["refused", "funding"]


def test_a_source_without_a_name_is_a_flag_and_nothing_to_be_told():
    assert flags([{"of": "funding", "reason": "refused"}]) == [
        ("source_gap", "a source that is not named, refused: funding")
    ]
    assert facts([{"of": "funding", "reason": "refused"}]) == []


def test_each_reason_has_its_words_in_a_text():
    assert {GAPS_IN_WORDS[reason] for reason in get_args(Gap.model_fields["reason"].annotation)}


def test_without_gaps_there_is_no_flag():
    assert flags([]) == []
