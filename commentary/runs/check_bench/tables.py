"""The tables of the benchmark: recall by class with its bounds, and false alarms."""

from collections.abc import Iterable, Iterator
from math import sqrt

from commentary.runs.check_bench.chance import ChanceResult
from commentary.runs.check_bench.entering import WAYS, Way
from commentary.runs.check_bench.result import BenchResult, Count

_Z = 1.959963984540054
"""Of a normal distribution, 95% lies within so many standard deviations."""
NAMES: dict[Way, str] = {"aligned": "an editor's edit of the draft", "bare": "bare text"}


def wilson(found: int, of: int) -> tuple[float, float]:
    """Return the bounds of a share at 95%, by Wilson's score interval."""
    if of == 0:
        return 0.0, 1.0
    share = found / of
    middle = share + _Z * _Z / (2 * of)
    spread = _Z * sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of))
    whole = 1 + _Z * _Z / of
    # At the ends the sum comes to 0 or 1 but for the last bit.
    low = 0.0 if found == 0 else (middle - spread) / whole
    high = 1.0 if found == of else (middle + spread) / whole
    return low, high


def by_class(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Return the counts of whole classes."""
    classes: dict[str, list[Count]] = {}
    for count in counts:
        classes.setdefault(count.kind, []).append(count)
    return tuple(added(kind, found) for kind, found in sorted(classes.items()))


def added(kind: str, counts: Iterable[Count]) -> Count:
    """Return several counts as one."""
    rows = tuple(counts)
    fields = ("mutants", "found", "held", "beside", "otherwise", "spared")
    return Count(kind=kind, **{field: sum(getattr(row, field) for row in rows) for field in fields})


def percent(share: float) -> str:
    """Return a share in percent, to a tenth, never rounded up to all of it."""
    return "100%" if share == 1 else f"{min(share * 100, 99.9):.1f}%"


def cells(count: Count) -> tuple[str, ...]:
    """Return a row: class or operator, mutants, found, lower and upper bound, and what else was seen."""
    low, high = wilson(count.found, count.mutants)
    recall = percent(count.found / count.mutants) if count.mutants else "-"
    stopped = percent((count.found + count.held) / count.mutants) if count.mutants else "-"
    bounds = f"{percent(low)} to {percent(high)}"
    return (
        count.operator or count.kind,
        f"{count.mutants:,}",
        recall,
        bounds,
        stopped,
        f"{count.beside:,}",
        f"{count.otherwise:,}",
        f"{count.spared:,}",
    )


HEAD = ("class", "mutants", "found", "95% bounds", "stopped", "beside", "otherwise", "spared")


def rows(result: BenchResult, way: Way, *, operators: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table: each class, its operators if asked, and all together."""
    counts = result.counts[way]
    for total in by_class(counts):
        yield cells(total)
        if operators:
            for count in counts:
                if count.kind == total.kind:
                    name, *rest = cells(count)
                    yield (f"  {name}", *rest)
    yield cells(added("all", counts))


def false_alarms(result: BenchResult) -> Iterator[str]:
    """Yield a sentence on the clean drafts for each way, and one on the wordings."""
    for clean in result.clean:
        per_thousand = clean.errors * 1000 / clean.words if clean.words else 0.0
        yield (
            f"{clean.drafts:,} clean drafts as {NAMES[clean.way]}: {clean.errors:,} false alarms in"
            f" {clean.words:,} words, {per_thousand:.2f} per 1,000, in {clean.drafts_with_errors:,} drafts;"
            f" {clean.warnings:,} warnings besides"
        )
    wording = result.wording
    yield (
        f"{wording.seen:,} of {wording.alternatives:,} wordings of the templates were printed,"
        f" {wording.seen_often:,} of them at least {wording.often:,} times; {len(wording.alarmed):,} with a false alarm"
    )


def chance_rows(result: ChanceResult) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of chance: unit, random figures, share accepted with its bounds, true by luck."""
    yield ("unit", "figures", "accepted", "95% bounds", "true by luck")
    for unit in result.units:
        low, high = wilson(unit.accepted, unit.figures)
        share = percent(unit.accepted / unit.figures) if unit.figures else "-"
        yield (unit.unit, f"{unit.figures:,}", share, f"{percent(low)} to {percent(high)}", f"{unit.true:,}")


def markdown(result: BenchResult) -> str:
    """Return both tables by class and the false alarms, as Markdown."""
    both = {way: {row[0]: row for row in rows(result, way)} for way in WAYS}
    lines = [
        "| class | mutants | found in an edit | 95% bounds | stopped in an edit | found in bare text | 95% bounds"
        " | spared |",
        "|---|--:|--:|---|--:|--:|---|--:|",
    ]
    for name, row in both["aligned"].items():
        other = both["bare"][name]
        lines.append(f"| {name} | {row[1]} | {row[2]} | {row[3]} | {row[4]} | {other[2]} | {other[3]} | {row[7]} |")
    return "\n".join([*lines, "", *(f"- {line}." for line in false_alarms(result))]) + "\n"
