"""A second source that says otherwise is flagged and kept; one that agrees within the tolerance is not flagged."""

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

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


@dataclass(frozen=True)
class Case:
    """A snapshot without a conflict, and one of its rows that another source tells as well."""

    snapshot: dict
    section: str
    row: dict
    sheet_of: Callable
    draft_of: Callable

    def told(self, times):
        """The snapshot in which the other source is so many tolerances away."""
        changed = copy.deepcopy(self.snapshot)
        changed[self.section].append(second(self.row, self.section, times))
        return changed

    @cached_property
    def draft(self):
        """The draft of the snapshot with a second source two tolerances away."""
        return self.draft_of(self.told("2"))


def cases(seeds, make_snapshot, sheet_of, draft_of):
    """Yield the cases of random snapshots, each with its seed."""
    for seed in seeds:
        snapshot = make_snapshot(seed)
        if not is_coherent(snapshot) or read_snapshot(json.dumps(snapshot).encode()).conflicts:
            continue
        sections = [name for name in COMPARED if all("time" in row for row in snapshot.get(name, [{}]))]
        if sections:
            section = random.Random(seed).choice(sections)
            yield seed, Case(snapshot, section, newest(snapshot[section]), sheet_of, draft_of)


def beyond_the_tolerance_it_is_flagged_and_both_values_are_kept(case):
    told, fields = case.told("1.5"), COMPARED[case.section][1]
    read = read_snapshot(json.dumps(told).encode())
    kept = {getattr(each, field) for each in getattr(read.snapshot, case.section) for field in fields}
    values = {
        Decimal(repr(each[field])) for each in (case.row, told[case.section][-1]) for field in fields if field in each
    }
    return "source_conflict" in case.sheet_of(told).flags and values <= kept


def within_the_tolerance_it_is_no_conflict(case):
    return not any("source_conflict" in case.sheet_of(case.told(times)).flags for times in ("0", "0.9"))


def a_draft_with_it_is_clean_and_carries_the_flag(case):
    draft = case.draft
    return not isinstance(draft, Draft) or (draft.checks.ok and "source_conflict" in draft.flags)


def where_a_fact_tells_of_it_both_are_named_by_their_sources(case):
    if case.section not in ("prices", "funding", "open_interest") or "source" not in case.row:
        return True
    if not isinstance(case.draft, Draft):
        return True
    return (OTHER,) in {fact.source for fact in sheet_of_draft(case.draft) if fact.unit != "name"}


LAWS = (
    beyond_the_tolerance_it_is_flagged_and_both_values_are_kept,
    within_the_tolerance_it_is_no_conflict,
    a_draft_with_it_is_clean_and_carries_the_flag,
    where_a_fact_tells_of_it_both_are_named_by_their_sources,
)


def test_a_second_source(seeds, make_snapshot, sheet_of, draft_of):
    # All laws on one case: to find and draft the cases takes far longer than to try a law.
    broken = [
        (seed, law.__name__, case.section, case.row)
        for seed, case in cases(seeds, make_snapshot, sheet_of, draft_of)
        for law in LAWS
        if not law(case)
    ]
    assert broken == []
