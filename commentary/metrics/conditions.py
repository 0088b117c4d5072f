"""Conditions of the data as a whole: what is missing, stale, contradicted, or in another unit.

A flag tells the reader; `stale_age` tells by how much, in hours from the newest observation of a family
to the time of reading, never negative.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.rows import coin, evidence_of, stale_at
from commentary.records.fact import Evidence, Fact, Flag, Subject, twelve_digits
from commentary.records.rows import Row

ALL_OTHERS = (
    "band",
    "clusters",
    "flush",
    "funding",
    "liquidations",
    "map_coverage",
    "open_interest",
    "order_book",
    "price",
    "reach",
    "volatility",
)
FAMILIES = (
    ("price", "prices"),
    ("liquidation map", "liquidation_maps"),
    ("open interest", "open_interest"),
    ("funding", "funding"),
    ("liquidations", "liquidations"),
)
"""What a text is made of, and the section of the snapshot that holds it."""
CHANGES = (("price change", "price_changes"), ("open interest change", "open_interest_changes"))
"""What a vendor reports of a kind above; it is told of its own window, so its age counts apart."""
BESIDE = (("options", "options"), ("etf flow", "etf_flows"))
"""What is told of beside those, by the day: its age counts, its absence says nothing of the rest."""
LEAST_FAMILIES = 3


class Observed(NamedTuple):
    """The newest observation of a family."""

    asset: str
    metric: str
    """Its table in data/tolerances.toml."""
    at: datetime
    evidence: Evidence
    source: tuple[str, ...]


@metric("conditions", needs=ALL_OTHERS)
def conditions(given: Given) -> Iterator[Result]:
    """Return the flags of the snapshot as a whole and the age of what is stale."""
    families = {name: _newest(section, given) for name, section in FAMILIES}
    yield from _missing(given)
    yield from _units(given)
    yield from _contradicted(given)
    yield from _stale({**families, **{name: _newest(section, given) for name, section in (*CHANGES, *BESIDE)}}, given)
    yield from _single_venue(given)
    held = [name for name, observed in families.items() if observed]
    if len(held) < LEAST_FAMILIES:
        told = ", ".join(held) or "nothing"
        yield Flag("low_confidence", f"of {len(FAMILIES)} kinds of data the snapshot holds {told}")


def _newest(section: str, given: Given) -> Observed | None:
    """Return the newest observation about the snapshot's asset or its lead coin."""
    about = {given.snapshot.asset, coin(given.snapshot)}
    rows: list[Row] = [row for row in getattr(given.snapshot, section) if row.about in about]
    if rows:
        row = max(rows, key=lambda each: each.at)
        return Observed(row.about, row.METRIC, row.at, evidence_of(row), source_of(row))
    close = given.sheet.get("price", asset=coin(given.snapshot), at="close") if section == "prices" else None
    if close is not None:
        return Observed(close.subject.asset, "price", close.as_of, close.evidence, close.source)
    return None


def _missing(given: Given) -> Iterator[Result]:
    about = coin(given.snapshot)
    if given.sheet.get("price", asset=about) is None:
        yield Flag("missing_price", f"the snapshot holds no price of {about}")
    if not _open_interest(given):
        yield Flag("missing_oi", f"the snapshot holds no open interest of {about}")


def _units(given: Given) -> Iterator[Result]:
    snapshot = given.snapshot
    if snapshot.quote != "USD":
        yield Flag("non_usd_quote", f"prices are in {snapshot.quote}; 1 {snapshot.quote} is {snapshot.usd_rate} USD")
    if snapshot.contract_multiplier is not None:
        contract = snapshot.contract or "the contract"
        yield Flag("contract_multiplier", f"{contract} stands for {snapshot.contract_multiplier:f} coins")


def _contradicted(given: Given) -> Iterator[Result]:
    if given.conflicts:
        first = given.conflicts[0]
        more = f", and {len(given.conflicts) - 1} more" if len(given.conflicts) > 1 else ""
        values = f"{first.value_a:f} at {first.path_a} against {first.value_b:f} at {first.path_b}"
        yield Flag("source_conflict", f"{values}{more}")


def _stale(families: dict[str, Observed | None], given: Given) -> Iterator[Result]:
    for name, newest in families.items():
        if newest is None or not stale_at(newest.metric, newest.at, given.now):
            continue
        hours = Decimal(int((given.now - newest.at).total_seconds())) / 3600
        yield Fact(
            Subject(newest.asset, "stale_age", at=name),
            twelve_digits(hours),
            "hours",
            "level",
            newest.evidence,
            newest.source,
            newest.at,
            "hours from the newest observation to the time of reading",
        )
        told = f"{newest.at:%Y-%m-%d %H:%M} UTC, {hours:.1f} hours before {given.now:%Y-%m-%d %H:%M}"
        yield Flag("stale_data", f"the newest {name} is of {told}")


def _open_interest(given: Given) -> list[Fact]:
    about = coin(given.snapshot)
    return [fact for name in ("oi_usd", "oi_coin") for fact in given.sheet.all(name, asset=about)]


def _single_venue(given: Given) -> Iterator[Result]:
    venues = {fact.subject.venue for fact in _open_interest(given)}
    if len(venues) == 1 and not venues & {"all", None}:
        (only,) = venues
        yield Flag("single_venue", f"open interest is of {only} alone")
