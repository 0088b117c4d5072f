"""Says whether a mutant is still true, and so no error: worked out from the snapshot, apart from the checker.

It imports nothing of checks, languages or metrics (a contract of lint-imports): what decides that a checker
was right to be silent may not share a line with it. What a line of arithmetic gives is worked out anew from
the snapshot; of other measures (a cluster, a rank) the value that the draft itself records is taken.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from commentary.runs.check_bench.claims import Amount, Claim, Never, Order, Other, Recorded, Sign
from commentary.runs.check_bench.mutant import Mutant
from commentary.runs.check_bench.recomputed import Observation, observations

_MEANT = ("price_change", "funding_", "oi_", "liq_", "order_size")
"""Measures of which a sentence may mean another row than the fact's, where it does not say which."""
_ALIKE = Decimal("0.002")
"""Two values nearer than this, in parts of one, are written alike in three digits."""


class Oracle:
    """Knows one snapshot and the facts that a draft made of it records.

    Args:
        snapshot: as JSON holds it.
        facts: the fact records of the draft, as JSON holds them.
    """

    def __init__(self, snapshot: Mapping[str, Any], facts: list[dict[str, Any]]) -> None:
        self._seen = observations(dict(snapshot))
        self._facts = {fact["id"]: fact for fact in facts if fact.get("value") is not None}
        self._map_evidence = {drawn.get("evidence", "estimated") for drawn in snapshot.get("liquidation_maps", [])} or {
            "estimated"
        }

    def stays_true(self, mutant: Mutant) -> bool:
        """Say whether everything that a mutant newly claims holds."""
        if mutant.text == mutant.before:
            return True
        told = mutant.text[: mutant.sentence[1]]
        return bool(mutant.claims) and all(self._holds(claim, told) for claim in mutant.claims)

    def _holds(self, claim: Claim, told: str) -> bool:
        match claim:
            case Never():
                return False
            case Amount(fact, low, high):
                return any(low <= abs(value) < high for value in self._values(fact, told))
            case Sign(fact, sign):
                return any(value * sign > 0 for value in self._values(fact))
            case Order(larger, smaller):
                return self._size(larger) > self._size(smaller) >= 0
            case Recorded():
                return "estimated" not in self._map_evidence and "asserted" not in self._map_evidence
            case Other():
                return self._other(claim)

    def _values(self, fact: str, told: str | None = None) -> Iterator[Decimal]:
        """Yield the values that the measure of a fact has: its own, and those of other rows that may be meant.

        Args:
            fact: the fact's id.
            told: the field up to the end of the sentence; without it only the fact's own value counts.
        """
        own = self._number(fact)
        if own is None:
            return
        yield own
        record = self._facts[fact]
        if told is not None and record["subject"]["metric"].startswith(_MEANT):
            yield from (each.value for each in self._alike(record) if _could_mean(each, record, told))

    def _alike(self, record: dict[str, Any]) -> Iterator[Observation]:
        """Yield observations of a fact's measure, asset and side."""
        subject = record["subject"]
        for each in self._seen:
            if each.metric == subject["metric"] and each.asset == subject["asset"] and each.side == subject["side"]:
                yield each

    def _other(self, claim: Other) -> bool:
        """Say whether the same value was seen of another asset, side, venue, source, window or clock."""
        own, record = self._number(claim.fact), self._facts.get(claim.fact)
        if own is None or record is None:
            return False
        subject = record["subject"]
        for each in self._seen:
            if each.metric != subject["metric"] or not _near(each.value, own):
                continue
            has = {
                "asset": each.asset,
                "side": each.side,
                "venue": each.venue,
                "source": each.source,
                "window": None if each.window is None else f"{each.window.normalize():f}",
                "clock": each.time.strftime("%H:%M"),
            }
            kept = all(has[field] == subject[field] for field in ("asset", "side") if field != claim.field)
            if kept and has[claim.field] == claim.value:
                return True
        return False

    def _size(self, fact: str) -> Decimal:
        number = self._number(fact)
        return Decimal(-1) if number is None else abs(number)

    def _number(self, fact: str) -> Decimal | None:
        """Return a fact's value: worked out anew where the snapshot gives it, else as the draft records it."""
        record = self._facts.get(fact)
        if record is None or record["unit"] in ("time", "name"):
            return None
        recorded = Decimal(str(record["value"]))
        anew = [each.value for each in self._alike(record) if _near(each.value, recorded)]
        return min(anew, key=lambda value: abs(value - recorded)) if anew else recorded


def _near(one: Decimal, two: Decimal) -> bool:
    return abs(one - two) <= _ALIKE * max(abs(one), abs(two))


def _could_mean(seen: Observation, record: dict[str, Any], told: str) -> bool:
    """Say whether a text leaves open that an observation is meant and not the fact: it names nothing that differs."""
    subject = record["subject"]
    if subject["venue"] != seen.venue and (subject["venue"] or "") in told:
        return False
    if seen.source not in record["source"] and any(name in told for name in record["source"]):
        return False
    clock = datetime.fromisoformat(record["as_of"]).strftime("%H:%M")
    return clock == seen.time.strftime("%H:%M") or clock not in told
