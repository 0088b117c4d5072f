"""Watch assets: ask sources again and again, draft what is news, and offer alerts of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commentary.cli.options import Config, Quiet, StorePlace, command_app, example, length_of_time, moment

if TYPE_CHECKING:
    from datetime import timedelta

    from commentary.runs.watch import Clock, Collect, Event, Order, Stop

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
    store: StorePlace = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Ask sources for assets at each tick, save what is news to a feed, and print a line for each draft.

    Each event is told once, and again only after a material change, whatever ends the watch in between: what was missed
    is made up for from histories, up to two days back. One watch at a time runs on a feed. A signal (Ctrl-C) ends it
    between two steps, a second one at once; it exits 0. With --once it exits 5 if no source answered.
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
    with only_watch(place, order.feed), Store(place, writes=True) as opened, stop.listening():
        collect, clock = _sources(snapshots, stop)
        told = Told(_print, lambda words: remark(words, quiet=quiet))
        answered = Watch(order, opened, collect, clock, told, stop).run(once=once, until=end)
    if once and not answered:
        raise typer.Exit(5)


def _sources(snapshots: Path | None, stop: "Stop") -> "tuple[Collect, Clock]":
    from commentary.errors import BadInputError
    from commentary.runs.watch import WallClock
    from commentary.runs.watch.folder import FolderCollect

    if snapshots is None:
        raise BadInputError("--snapshots", None, "name the folder of snapshots")
    return FolderCollect(snapshots), WallClock(stop.sleep)


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

    written = list(named or ())
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError("--assets-file", file, "it cannot be read as text; name another file") from error
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


def _print(event: "Event") -> None:
    """Print a line for what was drafted, or what a person has to look at."""
    from commentary.cli.output import emit

    alert = event.alert
    muted = "" if event.offered else " (muted)"
    why = f" - {'; '.join(alert.why_now)}" if alert.why_now else ""
    emit(f"{alert.as_of:%Y-%m-%d %H:%M} UTC  {alert.asset}  {alert.story}{muted}  {alert.headline}{why}")
