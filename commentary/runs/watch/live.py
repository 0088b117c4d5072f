"""Live sources as a watch asks them: the whole history of an asset once, then what is new, rolled into it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from commentary.errors import RemoteError
from commentary.records.snapshot import ReadSnapshot
from commentary.runs.watch.completeness import PASSING
from commentary.runs.watch.order import Data
from commentary.sources.collecting import Ask, Collection, Scope, collect, no_answer
from commentary.sources.conflicts import conflicts
from commentary.sources.live.base import Source
from commentary.sources.questions import Access
from commentary.sources.rolling import rolled
from commentary.sources.settle import normal_form, settle

_SPOKEN = ("prices", "candles", "funding", "open_interest", "liquidations")
_WHOLE_AGAIN = timedelta(hours=1)
"""Behind a longer silence, and one of more than two looks, the whole history is asked for again, since the newest rows
leave a hole in it.
"""


class LiveCollect:
    """Asks live sources.

    Args:
        sources: in order of preference.
        ask: sends requests.
        clock: tells the time, UTC.
        access: addresses and keys.
        names: assets in running text, by ticker.
        known: snapshots that were collected before, into which what is new is rolled.
        every: how often they are asked.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        ask: Ask,
        clock: Callable[[], datetime],
        access: Access,
        names: Mapping[str, str],
        known: Iterable[ReadSnapshot] = (),
        every: timedelta = timedelta(minutes=15),
    ) -> None:
        self._sources = tuple(sources)
        self._ask = ask
        self._clock = clock
        self._access = access
        self._names = names
        self._silence = max(_WHOLE_AGAIN, 2 * every)
        self._known = {read.snapshot.asset: read for read in known}
        self._silent: dict[tuple[str, str], datetime] = {}
        """Since when a source said nothing of an asset."""
        self._again: set[str] = set()
        """Assets of which a source speaks again that was silent for long: its history has a hole."""

    def __call__(self, assets: Sequence[str], moment: datetime) -> Mapping[str, Data]:
        """Return a snapshot of each asset of which a source said something.

        Raises:
            RemoteError: no source answered at all.
        """
        near = (one for one in assets if one in self._known and self._is_near(self._known[one], moment))
        fresh = [one for one in near if one not in self._again]
        self._again -= set(assets)
        whole = [one for one in assets if one not in fresh]
        found: dict[str, Data] = {}
        silent = []
        parts: tuple[tuple[Scope, list[str]], ...] = (("full", whole), ("watch", fresh))
        for scope, some in parts:
            if some:
                made = self._collected(some, scope)
                found.update({one.asset: self._rolled(one.read) for one in made.snapshots if one.answered})
                if not made.answered:
                    silent.append(no_answer(made, some[0]))
        if not found and silent:
            raise RemoteError(silent[0])
        return found

    def _collected(self, assets: Sequence[str], scope: Scope) -> Collection:
        return collect(
            assets, self._sources, self._ask, self._clock, access=self._access, scope=scope, names=self._names
        )

    def _is_near(self, read: ReadSnapshot, moment: datetime) -> bool:
        return moment - read.snapshot.as_of <= self._silence

    def _rolled(self, later: ReadSnapshot) -> ReadSnapshot:
        asset = later.snapshot.asset
        self._note_silence(later)
        before = self._known.get(asset)
        if before is not None and before.snapshot.as_of <= later.snapshot.as_of:
            settled = settle(rolled(before.snapshot, later.snapshot), asset)
            sha256 = hashlib.sha256(normal_form(settled)).hexdigest()
            later = ReadSnapshot(settled.snapshot, sha256, later.notes, conflicts(settled.snapshot))
        self._known[asset] = later
        return later

    def _note_silence(self, read: ReadSnapshot) -> None:
        """Note which sources said nothing of an asset, and which of them speak again behind a long silence."""
        snapshot = read.snapshot
        lack = {gap.source for gap in snapshot.gaps if gap.reason in PASSING}
        spoke = {row.source for section in _SPOKEN for row in getattr(snapshot, section)}
        for source in self._sources:
            place = (snapshot.asset, source.name)
            if source.title in lack - spoke:
                self._silent.setdefault(place, snapshot.as_of)
            elif (since := self._silent.pop(place, None)) is not None and snapshot.as_of - since > self._silence:
                self._again.add(snapshot.asset)
