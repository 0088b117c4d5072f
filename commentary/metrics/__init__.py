"""Rows become facts: one file a family of metrics, each fact with unit, window, source, formula and inputs."""

from datetime import datetime

from commentary.errors import ConfigError
from commentary.metrics.base import Given, Metric, metrics
from commentary.records.fact import Fact, Flag, MissingFact
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot


def compute(read: ReadSnapshot, *, now: datetime) -> FactSheet:
    """Return every fact of a snapshot, the missing ones with their reasons, and the flags.

    Args:
        read: the snapshot as it was read.
        now: the time against which ages are judged.
    """
    sheet = FactSheet(read.snapshot.asset, read.snapshot.as_of, ())
    for metric in in_order():
        found = tuple(metric.find(Given(read.snapshot, read.conflicts, now, sheet)))
        sheet = FactSheet(
            sheet.asset,
            sheet.as_of,
            (*sheet.facts, *(result for result in found if isinstance(result, Fact))),
            (*sheet.missing, *(result for result in found if isinstance(result, MissingFact))),
            tuple(dict.fromkeys((*sheet.flags, *(result.name for result in found if isinstance(result, Flag))))),
        )
    return sheet


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
