"""The loop of a watch: at each tick it asks for what is due, and reads, drafts and saves one asset after the other.

What is due stands in the store: the tick of an asset is done in the same transaction as its drafts are saved. So the
program may end anywhere, and what it had not saved is due when it is started again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from commentary.errors import CommentaryError, RemoteError
from commentary.runs.watch.asset import Desk, Found, Looked, look_at
from commentary.runs.watch.clock import WatchClock
from commentary.runs.watch.order import Collect, Data, Order, Silent, Told
from commentary.runs.watch.stopping import Stop, Stopped
from commentary.runs.watch.ticks import last_tick
from commentary.sources.snapshot_file import CLOCK_MARGIN
from commentary.store import BusyError, Store, StoreError
from commentary.store.watching import Progress, note, progress

_RETRY = timedelta(minutes=1)
"""What was not answered is asked for again after this long, where that is before the next tick."""
_LONGEST_LOOK = 40
"""Characters of an asset's name in a remark."""


class Came(NamedTuple):
    """What a look came to."""

    is_answered: bool
    """A source said something, or nothing was due."""
    is_whole: bool
    """Nothing is left that is due."""


class Watch:
    """A watch of one feed.

    Args:
        order: what is watched.
        store: open to be written to; nobody else watches the feed.
        collect: asks the sources.
        clock: whose time it is.
        told: where it says what it does.
        stop: whether it is to end.
    """

    def __init__(self, order: Order, store: Store, collect: Collect, clock: WatchClock, told: Told, stop: Stop) -> None:
        self._order = order
        self._store = store
        self._collect = collect
        self._clock = clock
        self._told = told
        self._stop = stop
        self._desk = Desk(order, store, told)
        self._said: dict[str, str] = {}
        """By asset what was last remarked of it, so that it is remarked once."""
        self._quiet: dict[str, str] = {}
        """By asset why nothing of it was news when it was last looked at, which is remarked once too."""

    def run(self, *, once: bool = False, until: datetime | None = None) -> bool:
        """Watch until a signal comes, and return whether a source answered when it was last asked.

        Args:
            once: look once, with what was missed.
            until: end at this time, behind the look that is due then.

        Raises:
            RemoteError: it is to look once, and the time cannot be had.
            StoreError: it is to look once, and what it has done cannot be read or saved.
            BusyError: it is to look once, and another process does not stop writing to the store.
        """
        answered = True
        try:
            while not self._stop.asked:
                now = self._now(once=once)
                came = self._came(now, once=once)
                answered = came.is_answered
                if once or (until is not None and now >= until):
                    break
                self._wait(now, whole=came.is_whole, until=until)
        except Stopped:
            pass
        return answered

    def _now(self, *, once: bool) -> datetime:
        """Return the time, however long the clock does not answer."""
        while True:
            try:
                with self._stop.breakable():
                    time = self._clock.now()
                self._recovered("clock")
                return time
            except RemoteError as error:
                if once:
                    raise
                self._remark("clock", f"the time is not known: {error}")
                self._stop.sleep(_RETRY.total_seconds())

    def _wait(self, now: datetime, *, whole: bool, until: datetime | None) -> None:
        every = self._order.every
        wanted = last_tick(now, every) + every
        if not whole:
            wanted = min(wanted, now + min(_RETRY, every / 4))
        if until is not None:
            wanted = min(wanted, until)
        try:
            with self._stop.breakable():
                self._clock.wait_until(wanted)
        except RemoteError as error:
            self._remark("clock", f"the time is not known: {error}")

    def _came(self, now: datetime, *, once: bool) -> Came:
        """Look; a store that cannot be used is tried again, for as long as it takes."""
        try:
            came = self._look(now)
        except (StoreError, BusyError) as error:
            if once:
                raise
            self._remark("store", str(error))
            return Came(is_answered=True, is_whole=False)
        self._recovered("store")
        return came

    def _look(self, now: datetime) -> Came:
        order = self._order
        tick = last_tick(now, order.every)
        done = {asset: self._held_against(now, asset, one) for asset, one in progress(self._store, order.feed).items()}
        due = [one for one in order.assets if (known := done.get(one, Progress()).tick) is None or known < tick]
        if not due:
            self._told.remark(f"nothing is due before {tick + order.every:%Y-%m-%d %H:%M} UTC")
            return Came(is_answered=True, is_whole=True)
        # A look in time is dated by its tick; a late one by the minute, as its data is of then.
        moment = tick if now - tick <= CLOCK_MARGIN else now.replace(second=0, microsecond=0)
        answers = self._answers(due, moment)
        latest = self._latest(moment)
        quiet: dict[str, Progress] = {}
        left = []
        drafted = unusable = 0
        for asset in due:
            if self._stop.asked:
                break
            answer = answers.get(asset)
            if answer is None or isinstance(answer, Silent):
                left.append(asset)
                if answers:
                    self._remark(asset, f"no source said anything of it{f': {answer.why}' if answer else ''}")
                continue
            found = self._asset(Looked(asset, tick, moment, latest, done.get(asset, Progress())), answer)
            drafted += found.drafted
            unusable += found.is_unusable
            if found.done is not None and not found.is_saved:
                quiet[asset] = found.done
            if found.held:
                left.append(asset)
        note(self._store, order.feed, quiet)
        if answers:
            news = f"{drafted} drafted" if drafted else "nothing new"
            self._told.remark(f"{moment:%Y-%m-%d %H:%M} UTC: {len(due) - len(left)} of {len(due)} due read, {news}")
        usable = sum(not isinstance(one, Silent) for one in answers.values()) - unusable
        return Came(is_answered=usable > 0, is_whole=not left)

    def _held_against(self, now: datetime, asset: str, done: Progress) -> Progress:
        """Return how far an asset has come; not at all, where that is a time that is still to come.

        A clock ran ahead then. What was looked at under its time was the data of now, so nothing has to be made up for.
        """
        if done.tick is None or done.tick <= now + CLOCK_MARGIN:
            return done
        late = f"{done.tick:%Y-%m-%d %H:%M} UTC is marked as done, and it is {now:%Y-%m-%d %H:%M}"
        self._remark(asset, f"{late}: a clock ran ahead; it is looked at anew")
        return Progress()

    def _answers(self, due: list[str], moment: datetime) -> Mapping[str, Data | Silent]:
        try:
            with self._stop.breakable():
                answers = self._collect(due, moment)
        except RemoteError as error:
            self._remark("sources", f"no source answered with anything to read: {error}")
            return {}
        self._recovered("sources")
        return answers

    def _latest(self, moment: datetime) -> datetime:
        """Return the time behind the answers, so that none of them is taken for one from the future."""
        try:
            return max(moment, self._clock.now())
        except RemoteError:
            return moment

    def _asset(self, looked: Looked, data: Data) -> Found:
        """Read, draft and save one asset; what is wrong with it stops no other.

        Raises:
            StoreError: the store cannot be used, which is nothing of the asset.
            BusyError: another process does not stop writing to it.
        """
        try:
            found = look_at(self._desk, looked, data)
        except (StoreError, BusyError):
            raise
        except CommentaryError as error:
            found = Found(held=str(error), is_unusable=True)
        if found.held:
            self._remark(looked.asset, found.held)
        else:
            self._recovered(looked.asset)
        if found.quiet and found.quiet != self._quiet.get(looked.asset):
            self._told.remark(f"{looked.asset}: nothing new: {found.quiet}")
        self._quiet[looked.asset] = found.quiet
        return found

    def _remark(self, about: str, words: str) -> None:
        if self._said.get(about) != words:
            self._said[about] = words
            self._told.remark(f"{about[:_LONGEST_LOOK]}: {words}")

    def _recovered(self, about: str) -> None:
        if self._said.pop(about, None) is not None:
            self._told.remark(f"{about[:_LONGEST_LOOK]}: all is well again")
