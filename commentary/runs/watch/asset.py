"""One asset at one tick: what was missed and what is now, read, drafted and saved."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.errors import BadInputError, ConflictError
from commentary.pipeline.alerting import alert_of, wake_of
from commentary.pipeline.drafting import News, Seen, Wake, all_news
from commentary.pipeline.remembering import item_of, outcomes_of
from commentary.records.history import History
from commentary.records.snapshot import Gap, ReadSnapshot
from commentary.records.story import NoStory
from commentary.runs.watch.completeness import PATIENCE, Part, fresh_parts, gaps, is_like
from commentary.runs.watch.order import Data, Event, Order, Told
from commentary.runs.watch.ticks import missed
from commentary.sources.cutting import cut
from commentary.sources.snapshot_file import CLOCK_MARGIN, read_snapshot
from commentary.store import Store
from commentary.store.watching import Kept, Progress, keep, stamp

_NEAR = 2
"""So many intervals apart two looks tell whether a figure moves."""
_OLDEST = timedelta(hours=1)
"""Data of longer ago than this, and than two looks, is no news: it may be of a file that nobody writes any more."""
_LONGEST_WHY = 160
"""Characters of why a story is no news."""
_TRIES = 3
"""So often a tick is drafted again where somebody else saved of the same event meanwhile."""


class Looked(NamedTuple):
    """An asset whose data came in."""

    asset: str
    tick: datetime
    """The tick that is due."""
    moment: datetime
    """The time as of which sources were asked."""
    latest: datetime
    """The time behind their answers."""
    done: Progress


class Found(NamedTuple):
    """What became of an asset at a tick."""

    drafted: int = 0
    done: Progress | None = None
    """How far it has come."""
    is_saved: bool = False
    """That is in the store."""
    held: str = ""
    """Why nothing is drafted from its data yet."""
    is_unusable: bool = False
    """Its data cannot be used at all."""
    quiet: str = ""
    """Why nothing of it is news, where nothing is."""


class Desk:
    """What drafts and saves, and what the feed has published.

    Args:
        order: what is watched.
        store: open to be written to.
        told: where it says what it does.
    """

    def __init__(self, order: Order, store: Store, told: Told) -> None:
        self.order = order
        self.store = store
        self.told = told
        self._stamp: tuple[object, ...] | None = None
        self._history = History.of(order.feed)
        self.fresh: dict[str, frozenset[Part]] = {}
        """By asset, what was fresh at the last look that lacked nothing, or was done without what it lacked."""

    def history(self) -> History:
        """Return what the feed has published, read anew where that has changed."""
        known = stamp(self.store, self.order.feed)
        if known != self._stamp:
            self._history = self.store.history(self.order.feed)
            self._stamp = known
        return self._history


def look_at(desk: Desk, looked: Looked, data: Data) -> Found:
    """Make up for what was missed of an asset, then draft and save what is news now.

    Raises:
        CommentaryError: its data cannot be used, or its drafts cannot be saved; its tick is not done.
    """
    asset, tick, done = looked.asset, looked.tick, looked.done
    read = read_snapshot(data, now=looked.latest, name=asset) if isinstance(data, bytes) else data
    if read.snapshot.asset != asset:
        raise BadInputError(f"{asset}/asset", read.snapshot.asset, f"a snapshot of {asset} was asked for")
    if done.tick is not None and read.snapshot.as_of <= done.tick:
        return Found(held=f"its data is still of {read.snapshot.as_of:%Y-%m-%d %H:%M} UTC")
    if looked.moment - read.snapshot.as_of > max(_OLDEST, _NEAR * desk.order.every):
        return Found(held=f"its data is of {read.snapshot.as_of:%Y-%m-%d %H:%M} UTC, too old to be news")
    lacks = gaps(read.snapshot, desk.fresh.get(asset))
    since = (done.held_since or tick) if lacks else None
    if since is not None and tick - since < PATIENCE:
        return Found(done=done._replace(held_since=since), held=f"held back: {_lack(lacks)}")
    desk.fresh[asset] = fresh_parts(read.snapshot)
    drafted = 0
    if not lacks:
        for earlier in _earlier(desk, looked, read):
            when = earlier.snapshot.as_of
            late = f"made up for at {looked.latest:%Y-%m-%d %H:%M} UTC; it was not looked at in time"
            found = _tell(desk, looked, earlier, when, Progress(when, figures=_lately(desk, done, when)), late)
            done, drafted = found.done or done, drafted + found.drafted
    # The draft is dated by its tick, unless asking took so long that its data is later.
    now = looked.moment if looked.latest - looked.moment <= CLOCK_MARGIN else looked.latest
    found = _tell(desk, looked, read, now, Progress(tick, since, _lately(desk, done, tick)))
    return found._replace(drafted=found.drafted + drafted, quiet="" if drafted else found.quiet)


def _lately(desk: Desk, done: Progress, tick: datetime) -> Mapping[str, Decimal]:
    """Return the figures of the look before; none where it was so long ago that they say nothing of a move now."""
    is_near = done.tick is not None and tick - done.tick <= _NEAR * desk.order.every
    return done.figures if is_near else {}


def _lack(lacks: tuple[Gap, ...]) -> str:
    named = dict.fromkeys(f"{row.of} of {row.source or 'a source'} ({row.reason.replace('_', ' ')})" for row in lacks)
    return ", ".join(named)


def _earlier(desk: Desk, looked: Looked, read: ReadSnapshot) -> Iterator[ReadSnapshot]:
    """Yield what the histories of a snapshot tell of the ticks that were missed, as far as they tell it whole."""
    for when in missed(looked.done.tick, looked.moment, desk.order.every):
        if when < read.snapshot.as_of:
            earlier = cut(read, when)
            if is_like(earlier.snapshot, read.snapshot):
                yield earlier


def _tell(desk: Desk, looked: Looked, read: ReadSnapshot, now: datetime, done: Progress, late: str = "") -> Found:
    """Draft and save what is news in a snapshot, with that its tick is done.

    Args:
        desk: what drafts and saves.
        looked: the asset that is looked at.
        read: its snapshot, of now or of a tick that was missed.
        now: the time to judge ages by.
        done: what is done with this, with the figures of the look before.
        late: why it is told late.
    """
    order, before = desk.order, done.figures
    for tries in range(1, _TRIES + 1):
        seen = _seen(desk, read, now, before)
        tried = list(_news(desk, read, seen))
        found = [one for one in tried if not isinstance(one, NoStory)]
        done = done._replace(figures=seen.figures)
        if not found:
            return Found(done=done, quiet=why_quiet([one for one in tried if isinstance(one, NoStory)]))
        news = [one for one in found if isinstance(one, News)]
        alerts = [
            alert_of(one, feed=order.feed, created=looked.latest, settings=order.settings, late=late)
            if isinstance(one, News)
            else wake_of(one, feed=order.feed, created=looked.latest)
            for one in found
        ]
        kept = [Kept(one.draft, item_of(one.draft, order.feed), outcomes_of(one.draft)) for one in news]
        try:
            saved = keep(desk.store, order.feed, looked.asset, done, kept, alerts)
        except ConflictError:
            if tries == _TRIES:
                raise
            continue
        for alert, state in saved:
            desk.told.event(Event(alert, state == "new"))
        return Found(len(news), done, is_saved=True)
    raise AssertionError("the last try returns or raises")


def _seen(desk: Desk, read: ReadSnapshot, now: datetime, before: Mapping[str, Decimal]) -> Seen:
    order = desk.order
    return all_news(
        read,
        settings=order.settings,
        now=now,
        history=desk.history(),
        before=before,
        leave_out=order.leave_out,
        length=order.length,
        language=order.language,
    )


def _news(desk: Desk, read: ReadSnapshot, seen: Seen) -> Iterator[News | Wake | NoStory]:
    keys = {item.event_key for item in desk.history().items}
    for one in seen.news:
        if not isinstance(one, News):
            yield one
        elif why := _errors(one):
            desk.told.remark(f"{read.snapshot.asset}: {one.story.name} was not saved, its check found errors: {why}")
            yield NoStory(one.story.name, ("its check found errors",), fires=True)
        # An event that was told at a later time than the one that is made up for is not told as a new one.
        elif one.sheet.get("told_key") is not None or one.draft.story_key not in keys:
            yield one
        else:
            yield NoStory(one.story.name, ("it was told of a later time",), fires=True)


def why_quiet(tried: Sequence[NoStory]) -> str:
    """Return in a line why none of the stories that were tried is news."""
    fired = [one for one in tried if one.fires]
    if fired:
        first = f"{fired[0].name}: {fired[0].reasons[0]}"
        others = f" (nor {', '.join(one.name for one in fired[1:])})" if fired[1:] else ""
        return f"{first if len(first) <= _LONGEST_WHY else f'{first[: _LONGEST_WHY - 3]}...'}{others}"
    whole = sum(one.near >= 1 for one in tried)
    return f"of {len(tried)} kinds of story none passed its threshold; {whole} had all their figures"


def _errors(news: News) -> str:
    """Return the first error that the check found in a draft; empty where it found none."""
    checks = news.draft.checks
    if checks is None:
        return "it was not checked"
    return next((one.message for one in checks.findings if one.severity == "error"), "")
