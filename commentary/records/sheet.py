"""The fact sheet: all facts of one snapshot, found by what they are about."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from commentary.records.editor_fact import Signature
from commentary.records.fact import Fact, MissingFact, Side


@dataclass(frozen=True, slots=True)
class FactSheet:
    """Facts in the order they were made; the first that matches a question is its answer.

    Metrics put the fact to be preferred first (exchange before vendor, newest first).
    """

    asset: str
    as_of: datetime
    facts: tuple[Fact, ...]
    missing: tuple[MissingFact, ...] = ()
    flags: tuple[str, ...] = ()
    """Conditions of the data the reader must be told, from the flag vocabulary."""
    signed: tuple[Signature, ...] = ()
    """What editors signed for, one for each of their facts."""
    assets: tuple[str, ...] = ()
    """Of a wrap: what it is about, the most newsworthy first, `asset` among them; empty for a text on one asset."""
    _by_id: dict[str, Fact] = field(init=False, repr=False, compare=False)
    _by_metric: dict[str, list[Fact]] = field(init=False, repr=False, compare=False)
    _by_value: dict[str, tuple[list[Decimal], list[Fact]]] = field(init=False, repr=False, compare=False)
    """By unit, ordered by value; made when first asked for."""

    def __post_init__(self) -> None:
        by_id: dict[str, Fact] = {}
        by_metric: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.id in by_id:
                raise ValueError(f"two facts share the id {fact.id}")
            by_id[fact.id] = fact
            by_metric.setdefault(fact.subject.metric, []).append(fact)
        object.__setattr__(self, "_by_id", by_id)
        object.__setattr__(self, "_by_metric", by_metric)
        object.__setattr__(self, "_by_value", {})

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __getitem__(self, fact_id: str) -> Fact:
        return self._by_id[fact_id]

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._by_id

    def all(
        self,
        metric: str,
        *,
        asset: str | None = None,
        side: Side | None = None,
        venue: str | None = None,
        window: int | Decimal | None = None,
        at: str | None = None,
    ) -> list[Fact]:
        """Return every fact of `metric` that agrees with what is asked."""
        return [
            fact
            for fact in self._by_metric.get(metric, ())
            if (asset is None or fact.subject.asset == asset)
            and (side is None or fact.subject.side == side)
            and (venue is None or fact.subject.venue == venue)
            and (window is None or fact.subject.window_hours == window)
            and (at is None or fact.subject.at == at)
        ]

    def get(
        self,
        metric: str,
        *,
        asset: str | None = None,
        side: Side | None = None,
        venue: str | None = None,
        window: int | Decimal | None = None,
        at: str | None = None,
    ) -> Fact | None:
        """Return the preferred fact of `metric` that agrees with what is asked, or None."""
        found = self.all(metric, asset=asset, side=side, venue=venue, window=window, at=at)
        return found[0] if found else None

    def within(self, unit: str, low: Decimal, high: Decimal) -> list[Fact]:
        """Return the numeric facts of a unit whose values lie in an interval, ends included, by value."""
        if not self._by_value:
            for one in {fact.unit for fact in self.facts if isinstance(fact.value, Decimal)}:
                ordered = sorted((fact for fact in self.facts if fact.unit == one), key=lambda fact: fact.number)
                self._by_value[one] = ([fact.number for fact in ordered], ordered)
        values, facts = self._by_value.get(unit, ([], []))
        return facts[bisect_left(values, low) : bisect_right(values, high)]

    def why_missing(self, metric: str) -> str | None:
        """Return the reason `metric` is missing, or None if it is not recorded as missing."""
        return next((gap.reason for gap in self.missing if gap.subject.metric == metric), None)

    def with_facts(self, facts: Iterable[Fact]) -> "FactSheet":
        """Return a sheet that also holds `facts` resolved on request; known ids are kept as they are."""
        new = tuple({fact.id: fact for fact in facts if fact.id not in self._by_id}.values())
        return replace(self, facts=self.facts + new) if new else self

    def with_results(self, results: Iterable[Fact | MissingFact]) -> "FactSheet":
        """Return a sheet that also holds facts, and what is missing with its reason, as long as it is no fact."""
        found = tuple(results)
        sheet = self.with_facts(one for one in found if isinstance(one, Fact))
        known = {gap.id for gap in sheet.missing}
        gaps = {one.id: one for one in found if isinstance(one, MissingFact) and one.id not in known}
        new = tuple(gap for gap in gaps.values() if gap.id not in sheet)
        return replace(sheet, missing=(*sheet.missing, *new)) if new else sheet

    def with_signed(self, signatures: Iterable[Signature]) -> "FactSheet":
        """Return a sheet that also knows what editors signed for."""
        return replace(self, signed=(*self.signed, *signatures))

    def signature(self, fact_id: str) -> Signature | None:
        """Return what an editor signed for as a fact; None where nobody signed."""
        return next((one for one in self.signed if one.fact == fact_id), None)
