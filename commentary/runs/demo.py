"""A tour without key or network: a fake market on this machine is fetched, drafted and watched, as a real one would be.

What it made is left in a folder, to go on with: snapshot, raw replies, draft, store. The clock of the market stands
still but for the hours that the watch skips, so that the same version shows the same figures each time.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.net import Pool
from commentary.net.asker import Asker
from commentary.net.client import Network
from commentary.net.kept import keep
from commentary.pipeline import NoStoryResult, draft_snapshots
from commentary.records.draft import Draft
from commentary.resources import folder
from commentary.runs.fake_market.clock import MarketClock
from commentary.runs.fake_market.script import read_script
from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.watch import Event, Order, Stop, Told, Watch
from commentary.runs.watch.live import LiveCollect
from commentary.sources.collecting import Collection, chosen, collect
from commentary.sources.live_snapshot import LiveSnapshot
from commentary.sources.questions import Access
from commentary.store import Store

ASSET, NAME = "BTC", "Bitcoin"
SOURCES = ("coinglass", "binance", "bybit")
STARTS = datetime(2026, 11, 23, 14, 7, tzinfo=UTC)
"""A Monday: no expiry of options and no funding settlement falls into the hours that are watched but one."""
HOURS = 2
MOST_SECONDS = 26.0
"""The watch ends early on a machine that is so slow."""
_KEY = "demo"
_PLAN = Pool(1200, 60)
"""The fake vendor's: its highest, where the source's own is the lowest that is sold."""
FEED = "demo"
SNAPSHOT, REPLIES, DRAFT, STORE = "btc.json", "btc.replies", "draft.json", "demo.sqlite"
"""What is left."""


class Tour(NamedTuple):
    """What is shown, a step at a time."""

    fetched: Callable[[Collection], None]
    drafted: Callable[[Draft], None]
    explained: Callable[[Draft, str], None]
    looking: Callable[[datetime], None]
    """The watch looks, at this time of the market."""
    watched: Callable[[Event], None]
    ended: Callable[[str], None]
    """It is over; the figure of the draft that was traced, empty where none was."""


def tour(show: Tour, settings: Settings, place: Path) -> None:
    """Run the tour and show each step as it is done.

    Args:
        show: takes what there is to see.
        settings: the effective settings.
        place: an empty folder, where what is made is left.

    Raises:
        BadInputError: it cannot be written to.
    """
    began = time.monotonic()
    with _market() as (market, ask, access):
        sources, clock = chosen(SOURCES), _Standing(market.now).now
        collection = collect([ASSET], sources, ask, clock, access=access, names={ASSET: NAME})
        _leave(place / SNAPSHOT, collection.snapshots[0].content)
        keep(place / REPLIES, collection.info, collection.outcomes)
        show.fetched(collection)
        draft = _draft(collection.snapshots[0], settings)
        figure = _figure(draft) if draft is not None else ""
        if draft is not None:
            _leave(place / DRAFT, f"{draft.model_dump_json(indent=2)}\n".encode())
            show.drafted(draft)
            show.explained(draft, figure)
        collected = LiveCollect(sources, ask, clock, access, {ASSET: NAME}, [collection.snapshots[0].read])
        order = Order(FEED, (ASSET,), settings, timedelta(hours=1), length="brief")
        told = Told(show.watched, lambda words: None)
        with Store(place / STORE, writes=True) as store:
            for _ in range(HOURS + 1):
                show.looking(clock())
                Watch(order, store, collected, _Standing(market.now), told, Stop()).run(once=True)
                if time.monotonic() - began > MOST_SECONDS:
                    break
                market.advance(3600)
        show.ended(figure)


def _leave(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInputError("--keep", path, f"it cannot be written ({error.strerror}); name another folder") from error


class _Standing(MarketClock):
    """The clock of the market, which stands still: time goes on between two looks."""

    def wait_until(self, when: datetime) -> None:
        """Return at once."""


@contextmanager
def _market() -> Iterator[tuple[FakeMarket, Asker, Access]]:
    script = read_script(folder("data") / "demo.toml", STARTS.timestamp())
    with FakeMarket(seed=1, start=STARTS, speed=0, script=script) as market:
        sources = chosen(SOURCES)
        environment: Mapping[str, str] = {one.key.variable: _KEY for one in sources if one.key is not None}
        pools = {one.name: {"all": _PLAN} if one.key is not None else one.pools for one in sources}
        host = market.url.removeprefix("http://")
        with Asker(Network(pools, allowed=(host,), clock=_Standing(market.now))) as ask:
            yield market, ask, Access(market.base_urls, environment)


def _draft(found: LiveSnapshot, settings: Settings) -> Draft | None:
    result = draft_snapshots([found.read], settings=settings, length="brief")
    return None if isinstance(result, NoStoryResult) else result


def _figure(draft: Draft) -> str:
    """Return a figure of the headline to be traced: a sum before a share; empty where it has none."""
    told = [draft.headline[each.start : each.end] for each in draft.mentions if each.path == "/headline"]
    figures = [words for words in told if any(letter.isdigit() for letter in words)]
    return next((words for words in figures if words.startswith("$")), figures[0] if figures else "")
