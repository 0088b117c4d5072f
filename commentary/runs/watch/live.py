"""Live sources as a watch asks them: the whole history of an asset once, then what is new, rolled into it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from commentary.errors import RemoteError
from commentary.records.snapshot import ReadSnapshot, Snapshot
from commentary.runs.watch.completeness import PASSING
from commentary.runs.watch.order import Data, Silent
from commentary.sources.collecting import Ask, Collection, Scope, collect, no_answer
from commentary.sources.live.base import Source
from commentary.sources.questions import Access
from commentary.sources.snapshot_file import CLOCK_MARGIN

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

    def __call__(self, assets: Sequence[str], moment: datetime) -> Mapping[str, Data | Silent]:
        """Return a snapshot of each asset of which a source said something, and of the others why there is none.

        Raises:
            RemoteError: no source said anything of any.
        """
        near = (one for one in assets if one in self._known and self._is_near(self._known[one], moment))
        fresh = [one for one in near if one not in self._again]
        self._again -= set(assets)
        whole = [one for one in assets if one not in fresh]
        found: dict[str, ReadSnapshot] = {}
        silent: dict[str, Silent] = {}
        parts: tuple[tuple[Scope, list[str]], ...] = (("full", whole), ("watch", fresh))
        for scope, some in parts:
            if some:
                made = self._collected(some, scope)
                for one in made.snapshots:
                    if one.answered:
                        self._note_silence(one.given)
                        found[one.asset] = one.read
                    else:
                        silent[one.asset] = Silent(no_answer(made, one.asset))
        if not found and silent:
            # What holds for the first holds for all, as far as a source is silent.
            raise RemoteError(next(iter(silent.values())).why)
        self._known.update(found)
        return {**found, **silent}

    def _collected(self, assets: Sequence[str], scope: Scope) -> Collection:
        return collect(
            assets,
            self._sources,
            self._ask,
            self._clock,
            access=self._access,
            scope=scope,
            names=self._names,
            known=self._known,
        )

    def _is_near(self, read: ReadSnapshot, moment: datetime) -> bool:
        """Say whether what is new continues a snapshot; not where a clock that ran ahead dated it."""
        return -CLOCK_MARGIN <= moment - read.snapshot.as_of <= self._silence

    def _note_silence(self, snapshot: Snapshot) -> None:
        """Note which sources said nothing in a round, and which of them speak again behind a long silence."""
        lack = {gap.source for gap in snapshot.gaps if gap.reason in PASSING}
        spoke = {row.source for section in _SPOKEN for row in getattr(snapshot, section)}
        for source in self._sources:
            place = (snapshot.asset, source.name)
            if source.title in lack - spoke:
                self._silent.setdefault(place, snapshot.as_of)
            elif (since := self._silent.pop(place, None)) is not None and snapshot.as_of - since > self._silence:
                self._again.add(snapshot.asset)
