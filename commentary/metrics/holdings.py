"""Holdings: the open-interest rows of one venue by one source, counted once for both sides of a contract.

Linear contracts are for coins; inverse ones are for a fixed sum of dollars, so their coin count rises as the
price falls. Where a venue gives the two apart and no total, the total is their sum.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, newest
from commentary.metrics.rows import apart, coin, evidence_of, is_stale, preferred
from commentary.records.fact import EVIDENCE_ORDER, Evidence, Fact, MissingFact, Subject, Unit
from commentary.records.snapshot import OpenInterest

HALVED = " / 2: the source counts both sides of each contract"
_SIDES = ("one", None, "both")


class Holding(NamedTuple):
    """The newest rows of a venue that make one figure: one, or linear and inverse."""

    asset: str
    venue: str | None
    at: str | None
    """The margin where both kinds are told apart; "second source"."""
    rows: tuple[OpenInterest, ...]
    place: int
    """0 for the source to use first."""

    def subject(self, metric: str, window: Decimal | None = None) -> Subject:
        """Return what a fact of this holding is about."""
        return Subject(self.asset, metric, None, self.venue, window, self.at)

    @property
    def source(self) -> tuple[str, ...]:
        """Who says so."""
        return tuple(dict.fromkeys(row.source for row in self.rows if row.source))

    @property
    def contract(self) -> str:
        """The one contract that is counted; empty where it is all that the exchange lists."""
        return (self.rows[0].contract or "") if len(self.rows) == 1 else ""

    @property
    def evidence(self) -> Evidence:
        """The weakest of its rows."""
        return max((evidence_of(row) for row in self.rows), key=EVIDENCE_ORDER.index)


class Level(NamedTuple):
    """What a holding amounts to."""

    holding: Holding
    usd: Fact | MissingFact
    coin: Fact | MissingFact


def holdings(given: Given) -> list[Holding]:
    """Return what is held: own coin first, all exchanges before one, the larger before the smaller.

    Second sources come after all first ones.
    """
    groups: dict[tuple[str, str | None], list[OpenInterest]] = {}
    for row in newest(given.snapshot.open_interest):
        groups.setdefault((row.about, row.venue), []).append(row)
    made = [holding for (asset, venue), rows in groups.items() for holding in _of_venue(asset, venue, rows, given)]
    largest = {(asset, venue): _largest(rows) for (asset, venue), rows in groups.items()}
    in_usd_alone = {asset for (asset, _), (coins, _) in largest.items() if not coins}
    return sorted(
        made,
        key=lambda one: (
            one.place,
            one.asset != coin(given.snapshot),
            one.asset,
            one.venue != "all",
            # A venue that gives no dollars is no smaller for it: they are compared only where coins cannot be.
            tuple(-amount for amount in largest[one.asset, one.venue][one.asset in in_usd_alone :]),
            one.venue or "",
        ),
    )


def of_unit(row: OpenInterest, unit: Unit) -> Decimal | None:
    """Return a row's open interest in usd or coin, one side of each contract; None where it does not say."""
    value = row.value_coin if unit == "coin" else row.value_usd
    if value is None and unit == "usd" and row.contracts is not None and row.contract_usd is not None:
        value = row.contracts * row.contract_usd
    if value is None:
        return None
    return value / 2 if row.sides == "both" else value


def how(row: OpenInterest, unit: Unit) -> str:
    """Return the formula of `of_unit`; empty where the value stands in the row."""
    counted = unit == "usd" and row.value_usd is None
    words = "contracts * contract_usd" if counted else ""
    if row.sides == "both":
        return f"{words or f'value_{unit}'}{HALVED}"
    return words


def total(rows: Sequence[OpenInterest], unit: Unit) -> Decimal | None:
    """Return the sum over rows, or None where one of them does not say it in `unit`."""
    amounts = [of_unit(row, unit) for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def _of_venue(asset: str, venue: str | None, rows: list[OpenInterest], given: Given) -> Iterator[Holding]:
    kinds = {
        None: _by_source([row for row in rows if row.margin in (None, "mixed")], given),
        "linear": _by_source([row for row in rows if row.margin == "linear"], given),
        "inverse": _by_source([row for row in rows if row.margin == "inverse"], given),
    }
    linear, inverse = kinds["linear"], kinds["inverse"]
    if not kinds[None] and linear and inverse:
        yield Holding(asset, venue, None, (linear[0], inverse[0]), 0)
    held = sum(1 for found in kinds.values() if found)
    for margin, found in kinds.items():
        at = margin if held > 1 else None
        for place, row in enumerate(found):
            yield Holding(asset, venue, apart(at, place), (row,), place)


def _by_source(rows: list[OpenInterest], given: Given) -> list[OpenInterest]:
    """Return one row a source, counted once rather than for both sides, the source to use first."""
    chosen: dict[str | None, OpenInterest] = {}
    for row in preferred(rows, given):
        held = chosen.get(row.source)
        if held is None or _counted(row, given) < _counted(held, given):
            chosen[row.source] = row
    return preferred(chosen.values(), given)


def _counted(row: OpenInterest, given: Given) -> tuple[bool, int]:
    return is_stale(row, given.now), _SIDES.index(row.sides)


def _largest(rows: list[OpenInterest]) -> tuple[Decimal, Decimal]:
    """Return the largest amount in coin, then in dollars, by which venues are put in order; 0 where none is given."""
    usd = [amount for row in rows if (amount := of_unit(row, "usd")) is not None]
    coins = [amount for row in rows if (amount := of_unit(row, "coin")) is not None]
    return max(coins, default=Decimal(0)), max(usd, default=Decimal(0))
