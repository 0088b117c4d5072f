"""Rows become facts: one file a family of metrics, each fact with unit, window, source, formula and inputs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from commentary.errors import ConfigError
from commentary.metrics.bars import candles
from commentary.metrics.base import Given, Metric, Result, metrics
from commentary.records.fact import Fact, MissingFact
from commentary.records.history import History
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot


def compute(
    read: ReadSnapshot,
    *,
    now: datetime,
    thresholds: Mapping[str, Mapping[str, Decimal]] | None = None,
    history: History | None = None,
) -> FactSheet:
    """Return every fact of a snapshot, the missing ones with their reasons, and the flags.

    Args:
        read: the snapshot as it was read.
        now: the time against which ages are judged.
        thresholds: by story, in place of those in data/stories.
        history: what the feed has published.
    """
    sheet = FactSheet(read.snapshot.asset, read.snapshot.as_of, ())
    made = candles(read.snapshot, read.conflicts, now)
    for metric in in_order():
        given = Given(read.snapshot, read.conflicts, now, sheet, made, thresholds or {}, history)
        sheet = _with(sheet, metric.find(given))
    return sheet


def _with(sheet: FactSheet, results: Iterable[Result]) -> FactSheet:
    facts, missing, flags = list(sheet.facts), list(sheet.missing), dict.fromkeys(sheet.flags)
    for result in results:
        if isinstance(result, Fact):
            facts.append(result)
        elif isinstance(result, MissingFact):
            missing.append(result)
        else:
            flags[result.name] = None
    return FactSheet(sheet.asset, sheet.as_of, tuple(facts), tuple(missing), tuple(flags))


def in_order() -> list[Metric]:
    """Return the metrics so that each comes after those it needs, otherwise by name.

    Raises:
        ConfigError: metrics need one another in a circle, or one needs what is not there.
    """
    ordered: dict[str, Metric] = {}
    waiting = dict(metrics.items())
    while waiting:
        ready = [metric for metric in waiting.values() if set(metric.needs) <= set(ordered)]
        if not ready:
            raise ConfigError(f"metrics wait for one another or for something unknown: {', '.join(sorted(waiting))}")
        ordered[ready[0].name] = waiting.pop(ready[0].name)
    return list(ordered.values())
