"""Gaps: what live sources were asked for and did not give. A silent source is not a quiet market.

Every one is a flag for the desk. A text tells a source that failed, once, and only of what its figures could have taken
in; that a key is not set, a contract not listed, an answer empty or not kept is no news of a market. gap_reason is why
a source gave nothing, in the words of its row, and gap_of which kinds of data the text has to do without, in words;
`at` counts the sources that are told, in the order of the snapshot. gap_untold_reason and gap_untold_of are the same of
every other gap: no text of ours tells them, and a text of somebody else's that does is held against them.
"""

from collections.abc import Iterator

from commentary.metrics.base import Given, Result, metric
from commentary.records.fact import Fact, Flag, Subject
from commentary.records.snapshot import Gap

UNNAMED = "a source that is not named"
_KINDS = {
    "prices": "price",
    "open_interest": "open interest",
    "funding": "funding",
    "liquidations": "liquidations",
    "liquidation_maps": "liquidation map",
    "price_changes": "change in price",
    "open_interest_changes": "change in open interest",
    "candles": "candles",
    "order_book": "order book",
    "liquidation_orders": "liquidation orders",
    "long_short": "ratio of accounts",
    "basis": "basis",
    "options": "options",
    "etf_flows": "fund flows",
    "positions": "positions",
    "price_levels": "price levels",
    "notices": "notices",
    "calendar": "calendar",
}
"""Words for the sections of a snapshot, those first that a text leans on most."""
_NAMED = 3
"""So many kinds of data are named; where more are missing, the rest are "other figures"."""
_FAILED = ("no_answer", "refused", "unreadable", "contradicted", "stale", "clock")
"""Reasons that a reader is told: the source was asked, and what it has is not in the figures."""
_COUNTED = ("open_interest", "funding", "liquidations", "liquidation_maps")
"""Sections that a text's figures are counted up of, or compared in, by exchange or vendor."""


@metric("gaps")
def gaps(given: Given) -> Iterator[Result]:
    """Yield what each source left out and why, and a flag for it."""
    missing: dict[tuple[str | None, str, str], list[Gap]] = {}
    for row in given.snapshot.gaps:
        missing.setdefault((row.source, row.reason, row.about), []).append(row)
    told: set[tuple[str, str]] = set()
    untold = 0
    for (source, reason, about), rows in missing.items():
        why = reason.replace("_", " ")
        yield Flag("source_gap", f"{source or UNNAMED}, {why}: {', '.join(_kinds(rows))}")
        if source is None:
            continue
        counted = [row for row in rows if row.of in _COUNTED]
        if reason in _FAILED and counted and (source, about) not in told:
            told.add((source, about))
            yield from _facts("gap_", str(len(told)), about, source, why, counted)
            # What it lacks besides is told by nobody.
            rows = [row for row in rows if row.of not in _COUNTED]
        if rows:
            untold += 1
            yield from _facts("gap_untold_", str(untold), about, source, why, rows)


def _facts(name: str, at: str, about: str, source: str, why: str, rows: list[Gap]) -> Iterator[Fact]:
    """Yield why a source gave nothing of some rows, and of what they are."""
    newest = max(row.at for row in rows)
    for end, value in (("reason", why), ("of", "; ".join(_kinds(rows)))):
        yield Fact(Subject(about, f"{name}{end}", at=at), value, "name", "entity", "reported", (source,), newest)


def _kinds(rows: list[Gap]) -> list[str]:
    """Return which kinds of data are missing, in words."""
    known = list(_KINDS)
    sections = sorted({row.of for row in rows}, key=lambda of: (known.index(of) if of in known else len(known), of))
    words = [_KINDS.get(of, of.replace("_", " ")) for of in sections]
    return words if len(words) <= _NAMED + 1 else [*words[:_NAMED], "other figures"]
