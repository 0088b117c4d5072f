"""A second source that says otherwise is flagged and kept; one that agrees within the tolerance is not flagged."""

import copy
import json
import random
from decimal import Decimal

import pytest

from commentary.config.tolerances import tolerance
from commentary.errors import BadInputError
from commentary.pipeline import sheet_of as sheet_of_draft
from commentary.records.draft import Draft
from commentary.sources.snapshot_file import read_snapshot

COMPARED = {
    # section: its table in data/tolerances.toml, the fields in which two sources should agree
    "prices": ("price", ("value",)),
    "price_changes": ("price_change", ("percent",)),
    "funding": ("funding", ("rate",)),
    "open_interest": ("open_interest", ("value_coin", "value_usd")),
    "open_interest_changes": ("open_interest_change", ("percent",)),
    "liquidations": ("liquidations", ("long_usd", "short_usd", "total_usd")),
    "order_book": ("order_book", ("bids_usd", "asks_usd")),
}
OTHER = "Other Source"


def second(row, section, times):
    """The same row by another source, so many tolerances away from the first."""
    table, fields = COMPARED[section]
    allowed = tolerance(table)
    other = {**row, "source": OTHER}
    for field in fields:
        if field in row:
            value = Decimal(repr(row[field]))
            step = max(abs(value) * allowed.relative, allowed.absolute) * Decimal(times)
            # Away from zero, and a difference is judged against the larger of the two values.
            other[field] = float(value + (step if value >= 0 else -step))
    return other


def newest(rows):
    return max(rows, key=lambda row: (row["time"], json.dumps(row, sort_keys=True)))


def is_coherent(snapshot):
    """Say whether no change of price is near what the candles of its hours forbid: both are drawn by lot."""
    for change in snapshot.get("price_changes", []):
        farther = change["percent"] * 1.3 + (1.1 if change["percent"] >= 0 else -1.1)
        nudged = {**snapshot, "price_changes": [{**change, "percent": farther}]}
        try:
            read_snapshot(json.dumps(nudged).encode())
        except BadInputError:
            return False
    return True


def cases(seeds, make_snapshot):
    """Yield snapshots without a conflict, with one of their rows to be told by another source."""
    for seed in seeds:
        snapshot = make_snapshot(seed)
        if not is_coherent(snapshot) or read_snapshot(json.dumps(snapshot).encode()).conflicts:
            continue
        sections = [name for name in COMPARED if all("time" in row for row in snapshot.get(name, [{}]))]
        if sections:
            section = random.Random(seed).choice(sections)
            yield seed, snapshot, section, newest(snapshot[section])


def with_row(snapshot, section, row):
    changed = copy.deepcopy(snapshot)
    changed[section].append(row)
    return changed


def test_a_second_source_beyond_the_tolerance_is_flagged_and_both_values_are_kept(seeds, make_snapshot, sheet_of):
    broken = []
    for seed, snapshot, section, row in cases(seeds, make_snapshot):
        other = second(row, section, "1.5")
        told = with_row(snapshot, section, other)
        read = read_snapshot(json.dumps(told).encode())
        kept = {getattr(each, field) for each in getattr(read.snapshot, section) for field in COMPARED[section][1]}
        values = {
            Decimal(repr(each[field])) for each in (row, other) for field in COMPARED[section][1] if field in each
        }
        if "source_conflict" not in sheet_of(told).flags or not values <= kept:
            broken.append((seed, section, row, other))
    assert broken == []


@pytest.mark.parametrize("times", ["0", "0.9"])
def test_a_second_source_within_the_tolerance_is_no_conflict(seeds, make_snapshot, sheet_of, times):
    broken = [
        (seed, section, row)
        for seed, snapshot, section, row in cases(seeds, make_snapshot)
        if "source_conflict" in sheet_of(with_row(snapshot, section, second(row, section, times))).flags
    ]
    assert broken == []


def test_a_draft_with_a_conflict_is_clean_and_carries_the_flag(seeds, make_snapshot, draft_of):
    broken = []
    for seed, snapshot, section, row in cases(seeds, make_snapshot):
        draft = draft_of(with_row(snapshot, section, second(row, section, "2")))
        if isinstance(draft, Draft) and not (draft.checks.ok and "source_conflict" in draft.flags):
            broken.append((seed, section, draft.story, [each.code for each in draft.checks.findings]))
    assert broken == []


def test_where_a_fact_tells_of_a_second_source_both_are_named_by_their_sources(seeds, make_snapshot, draft_of):
    broken = []
    for seed, snapshot, section, row in cases(seeds, make_snapshot):
        if section in ("prices", "funding", "open_interest") and "source" in row:
            draft = draft_of(with_row(snapshot, section, second(row, section, "2")))
            if isinstance(draft, Draft):
                sheet = sheet_of_draft(draft)
                sources = {fact.source for fact in sheet if fact.unit != "name"}
                if (OTHER,) not in sources:
                    broken.append((seed, section))
    assert broken == []
