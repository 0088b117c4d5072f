"""Gaps: what live sources were asked for and did not give. A silent source is not a quiet market.

gap_reason is why a source gave nothing, in the words of its row, and gap_of which kinds of data it is that the text
has to do without, in words; `at` counts the sources and reasons in the order of the snapshot.
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


@metric("gaps")
def gaps(given: Given) -> Iterator[Result]:
    """Yield what each source left out and why, and a flag for it."""
    missing: dict[tuple[str | None, str, str], list[Gap]] = {}
    for row in given.snapshot.gaps:
        missing.setdefault((row.source, row.reason, row.about), []).append(row)
    for place, ((source, reason, about), rows) in enumerate(missing.items(), 1):
        kinds = _kinds(rows)
        why = reason.replace("_", " ")
        yield Flag("source_gap", f"{source or UNNAMED}, {why}: {', '.join(kinds)}")
        if source is None:
            continue
        newest = max(row.at for row in rows)
        for name, value in (("gap_reason", why), ("gap_of", "; ".join(kinds))):
            subject = Subject(about, name, at=str(place))
            yield Fact(subject, value, "name", "entity", "reported", (source,), newest)


def _kinds(rows: list[Gap]) -> list[str]:
    """Return which kinds of data are missing, in words."""
    known = list(_KINDS)
    sections = sorted({row.of for row in rows}, key=lambda of: (known.index(of) if of in known else len(known), of))
    words = [_KINDS.get(of, of.replace("_", " ")) for of in sections]
    return words if len(words) <= _NAMED + 1 else [*words[:_NAMED], "other figures"]
