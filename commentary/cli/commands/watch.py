"""Watch assets: ask sources again and again, draft what is news, and offer alerts of it."""

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from commentary.cli.live import AllowHosts, BaseUrls, From
from commentary.cli.options import Config, Quiet, StorePlace, command_app, example, length_of_time, moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from commentary.config import Settings
    from commentary.errors import CommentaryError
    from commentary.runs.watch import Collect, Event, Order, Stop, WatchClock

app = command_app()
_LONGEST_TICKER = 20


@app.command(
    epilog=example(
        "commentary watch BTC ETH SOL --feed desk",
        "commentary watch --assets-file coins.txt --from coinglass,binance --feed desk --every 5m",
        "commentary watch BTC --feed desk --once",
        "commentary watch BTC --snapshots folder --feed desk",
    )
)
def watch(
    feed: Annotated[str, typer.Option("--feed", metavar="NAME", help="The feed that is written.")],
    assets: Annotated[list[str] | None, typer.Argument(metavar="ASSET…", help="Tickers, such as BTC.")] = None,
    assets_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="More tickers, one a line; # begins a remark.")
    ] = None,
    from_: From = None,
    snapshots: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Read ASSET.json there, which another program writes; no source is asked."),
    ] = None,
    every: Annotated[str, typer.Option(metavar="DURATION", help="How often to look, such as 5m or 1h.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Look once, with what was missed, and end: for cron.")] = False,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="End at this time; RFC 3339.")] = None,
    stories: Annotated[
        str | None, typer.Option(metavar="NAME,…", help="Draft these kinds alone. Default: all but calm.")
    ] = None,
    length: Annotated[
        Literal["brief", "standard", "full"] | None, typer.Option(help="Of drafts. Default: as the facts carry it.")
    ] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="The language to write in.")] = "en",
    clock: Annotated[
        Literal["wall", "server"], typer.Option(help="Whose time it is: the machine's, or that of a server.")
    ] = "wall",
    clock_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where that server tells its time in JSON. Default: the first source's."),
    ] = None,
    base_url: BaseUrls = None,
    allow_host: AllowHosts = None,
    store: StorePlace = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Ask sources for assets at each tick, save what is news to a feed, and print a line for each draft.

    Each event is told once, and again only after a material change, whatever ends the watch in between: what was missed
    is made up for from histories, up to two days back. One watch at a time runs on a feed. A signal (Ctrl-C) ends it
    between two steps, a second one at once; it exits 0. Where nothing is new it says why, of each asset in a line. With
    --once it exits 5 if no source gave anything to read.
    """
    from commentary.cli.feeds import feed_name
    from commentary.cli.output import remark
    from commentary.config import load_settings
    from commentary.runs.watch import Order, Stop, Told, Watch
    from commentary.store import Store, only_watch, place_of

    settings = load_settings(config)
    interval = _interval(every)
    end = moment(until, "--until")
    order = Order(feed_name(feed), _assets(assets, assets_file), settings, interval, language=language, length=length)
    order = order._replace(leave_out=_left_out(stories, order))
    place = place_of(store)
    stop = Stop()
    market = _Market(from_, snapshots, clock, clock_url, base_url, allow_host, settings, interval)
    printer = _Printer(stop)
    told = Told(printer, lambda words: remark(words, quiet=quiet))
    with (
        _opened(market, stop) as (collect, time),
        only_watch(place, order.feed),
        Store(place, writes=True) as opened,
        stop.listening(),
    ):
        told.remark(f"watching {', '.join(order.assets)}, every {every}; drafts go to {order.feed} in {place}")
        answered = Watch(order, opened, collect, time, told, stop).run(once=once, until=end)
    if printer.error is not None:
        raise printer.error
    if once and not answered:
        raise typer.Exit(5)


class _Market(NamedTuple):
    """What the options say of where data comes from, and whose time it is."""

    from_: str | None
    snapshots: Path | None
    clock: str
    clock_url: str | None
    base_urls: list[str] | None
    allow_hosts: list[str] | None
    settings: "Settings"
    every: "timedelta"


@contextmanager
def _opened(market: _Market, stop: "Stop") -> "Iterator[tuple[Collect, WatchClock]]":
    """Open what is asked for data, and for the time.

    Raises:
        BadInputError: the options contradict each other, or name no source.
    """
    from commentary.cli.live import access_of, network, sources_of
    from commentary.errors import BadInputError
    from commentary.pipeline.materials import asset_names
    from commentary.runs.watch import LastTold, ServerClock, WallClock
    from commentary.runs.watch.folder import FolderCollect
    from commentary.runs.watch.live import LiveCollect
    from commentary.runs.watch.server_time import server_time, source_time

    if market.snapshots is not None and market.from_ is not None:
        raise BadInputError("--from", market.from_, "leave it out: with --snapshots no source is asked")
    if market.snapshots is not None and not market.snapshots.is_dir():
        raise BadInputError(
            "--snapshots", market.snapshots, "it is no folder; name the one that ASSET.json is written to"
        )
    if market.clock_url is not None and market.clock != "server":
        raise BadInputError("--clock-url", market.clock_url, "write --clock server too, so that it is asked")
    asked = market.settings.sources
    sources = () if market.snapshots is not None else sources_of(market.from_, asked)
    if market.clock == "server" and market.clock_url is None and not sources:
        raise BadInputError("--clock", "server", "name the address that tells the time with --clock-url")
    access = access_of(asked, market.base_urls)
    with ExitStack() as opened:
        time: WallClock | ServerClock = WallClock(stop.sleep)
        if market.clock != "server" and market.snapshots is not None:
            yield FolderCollect(market.snapshots), time
            return
        told = LastTold() if market.clock == "server" else None
        ask = opened.enter_context(network(sources, asked, market.allow_hosts, told))
        if told is not None:
            url = market.clock_url
            time = ServerClock(server_time(ask, url) if url else source_time(ask, sources[0], access), stop.sleep, told)
        if market.snapshots is not None:
            yield FolderCollect(market.snapshots), time
            return
        yield LiveCollect(sources, ask, time.now, access, dict(asset_names()), every=market.every), time


def _interval(every: str) -> "timedelta":
    from datetime import timedelta

    from commentary.errors import BadInputError

    interval = length_of_time(every, "--every")
    if not timedelta(minutes=1) <= interval <= timedelta(days=1):
        raise BadInputError("--every", every, "write a length of time from 1m to 1d")
    return interval


def _assets(named: list[str] | None, file: Path | None) -> tuple[str, ...]:
    """Return the tickers that are watched, each once, in their order.

    Raises:
        BadInputError: there is none, or one is none.
    """
    from commentary.errors import BadInputError
    from commentary.plain_files import read_plain_text

    written = list(named or ())
    if file is not None:
        try:
            lines = read_plain_text(file).splitlines()
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            raise BadInputError("--assets-file", file, f"it cannot be read ({why}); name another file") from error
        written += [word for line in lines for word in line.partition("#")[0].split()]
    tickers = tuple(dict.fromkeys(word.strip().upper() for word in written))
    for ticker in tickers:
        if not ticker.isascii() or not ticker.isalnum() or len(ticker) > _LONGEST_TICKER:
            raise BadInputError("ASSET", ticker, "write the ticker of a coin, such as BTC")
    if not tickers:
        raise BadInputError("ASSET", None, "name an asset to watch, such as BTC, or give --assets-file")
    return tickers


def _left_out(named: str | None, order: "Order") -> frozenset[str]:
    """Return the kinds of stories that are not drafted.

    Raises:
        BadInputError: one that is named is none.
    """
    from commentary.errors import BadInputError
    from commentary.stories import stories

    if named is None:
        return order.leave_out
    wanted = {part.strip() for part in named.split(",") if part.strip()}
    for name in sorted(wanted):
        if name not in stories:
            raise BadInputError("--stories", name, f"there are {', '.join(stories)}")
    return frozenset(stories) - wanted


class _Printer:
    """Prints a line for what was drafted, or what a person has to look at; where it cannot, the watch is to end.

    It was saved before, so that nothing of it is lost.
    """

    def __init__(self, stop: "Stop") -> None:
        self._stop = stop
        self.error: CommentaryError | None = None

    def __call__(self, event: "Event") -> None:
        from commentary.cli.output import emit
        from commentary.errors import BadInputError

        alert = event.alert
        muted = "" if event.offered else " (muted)"
        why = f" - {'; '.join(alert.why_now)}" if alert.why_now else ""
        try:
            emit(f"{alert.as_of:%Y-%m-%d %H:%M} UTC  {alert.asset}  {alert.story}{muted}  {alert.headline}{why}")
        except BadInputError as error:
            self.error = self.error or error
            self._stop.asked = True
