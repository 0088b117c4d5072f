"""What a run of the benchmark gives: a frozen record, as it stands in tests/benchmarks/check.json."""

from typing import Literal

from commentary.records.fact_file import Record
from commentary.runs.check_bench.entering import Way


class Count(Record):
    """What became of the mutants of one class or operator that entered one way."""

    kind: str
    operator: str = ""
    """Empty for a whole class."""
    mutants: int
    """Without those spared."""
    found: int
    """An error of the class overlaps the change."""
    held: int = 0
    """Of the rest: the words are held back for a signature, as no rule knows them."""
    beside: int
    """Of the rest: an error of the class stands elsewhere in the sentence."""
    otherwise: int
    """Of the rest: an error of another class, or a warning, overlaps the change."""
    spared: int
    """Still true, by the oracle; in no other count."""


class Clean(Record):
    """What is found in drafts as they are, which is false alarm."""

    way: Way
    drafts: int
    words: int
    errors: int
    warnings: int
    drafts_with_errors: int
    codes: dict[str, int]
    """Errors by code."""


class Wording(Record):
    """The alternatives of the templates, each fed as bare text within the drafts that used it."""

    alternatives: int
    """In the templates of the language."""
    seen: int
    seen_often: int
    """At least as often as asked."""
    often: int
    alarmed: dict[str, int]
    """Alternative to errors in it."""


class BenchResult(Record):
    """A run: its order, and both tables."""

    format: Literal["commentary.bench/1"] = "commentary.bench/1"
    seed: int
    per_class: int
    version: str
    drafts: int
    """Drafts that mutants were made of."""
    counts: dict[Way, tuple[Count, ...]]
    """By operator."""
    clean: tuple[Clean, ...]
    wording: Wording
