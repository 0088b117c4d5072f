"""The facts that a draft is made of: those of one snapshot, or of several as one sheet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.metrics import compute
from commentary.metrics.together import together
from commentary.records.history import History
from commentary.records.query import MOST_ASSETS
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.stories.newsworthiness import surprise

APART = timedelta(hours=1)
"""The snapshots of a wrap lie no further apart in time."""


def facts_of(
    read: ReadSnapshot, *, settings: Settings, now: datetime | None = None, history: History | None = None
) -> FactSheet:
    """Return every fact of a snapshot, and the missing ones with their reasons."""
    return compute(read, now=now or read.snapshot.as_of, thresholds=settings.thresholds, history=history)


def gathered(
    reads: Sequence[ReadSnapshot], settings: Settings, now: datetime, past: History | None
) -> tuple[FactSheet, tuple[ReadSnapshot, ...]]:
    """Return the facts of one snapshot, or of several as one sheet, and the snapshots in its order.

    What became of a feed's tests is told in a story of its own, and in no wrap.
    """
    if len(reads) == 1:
        return facts_of(reads[0], settings=settings, now=now, history=past), tuple(reads)
    _refuse_unlike(reads)
    sheets = {read.snapshot.asset: facts_of(read, settings=settings, now=now) for read in reads}
    ordered = sorted(reads, key=lambda read: (-surprise(sheets[read.snapshot.asset], read.snapshot.asset),
                                              read.snapshot.asset))  # fmt: skip
    return together([sheets[read.snapshot.asset] for read in ordered]), tuple(ordered)


def _refuse_unlike(reads: Sequence[ReadSnapshot]) -> None:
    """Refuse snapshots that make no wrap: too many, two of one asset, or of times too far apart.

    Raises:
        BadInputError: they are such.
    """
    assets = [read.snapshot.asset for read in reads]
    if len(reads) > MOST_ASSETS:
        raise BadInputError("SNAPSHOT", None, f"{len(reads)} snapshots are given; a wrap names {MOST_ASSETS} at most")
    if twice := next((asset for asset in assets if assets.count(asset) > 1), None):
        raise BadInputError("SNAPSHOT", twice, "two snapshots are of this asset; a wrap takes one of each")
    if "market" in assets:
        raise BadInputError("SNAPSHOT", "market", "a snapshot of all coins is no asset of a wrap; leave it out")
    times = [read.snapshot.as_of for read in reads]
    if max(times) - min(times) > APART:
        told = f"the snapshots of a wrap lie {APART.seconds // 3600} hour apart at most; take them together"
        raise BadInputError("SNAPSHOT", f"{min(times):%Y-%m-%d %H:%M} to {max(times):%Y-%m-%d %H:%M} UTC", told)
