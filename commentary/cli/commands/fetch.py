"""Make a snapshot from live sources.

Raw replies are kept beside it; with --offline the same snapshot is made of them again, byte for byte.
"""

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commentary.cli.live import AllowHosts, BaseUrls, From
from commentary.cli.options import Config, Quiet, command_app, example

if TYPE_CHECKING:
    from commentary.config import Settings
    from commentary.sources.collecting import Collection

app = command_app()


@app.command(
    epilog=example(
        "commentary fetch BTC --output btc.json",
        "commentary fetch BTC --from coinglass,binance,bybit,okx --output btc.json",
        "commentary fetch BTC --offline btc.replies --output again.json",
    )
)
def fetch(
    asset: Annotated[str, typer.Argument(metavar="ASSET", help="Ticker of a coin, such as BTC.")],
    from_: From = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where it goes.")] = None,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where raw replies go. Default: OUTPUT.replies, else the user's cache."),
    ] = None,
    offline: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Read kept replies again; nothing is asked.")
    ] = None,
    own_map: Annotated[
        bool, typer.Option("--map/--no-map", help="Estimate a liquidation map where no vendor's is at hand.")
    ] = True,
    base_url: BaseUrls = None,
    allow_host: AllowHosts = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Ask live sources for an asset, all at once, and write what they say as a snapshot.

    A source that does not answer leaves a gap, which the snapshot names. Exit code 5: no source answered.
    """
    from commentary.cli.fetched import map_lines, source_lines
    from commentary.cli.output import emit, refuse_input, remark
    from commentary.config import load_settings
    from commentary.errors import BadInputError, RemoteError
    from commentary.sources.collecting import no_answer
    from commentary.sources.snapshot_file import read_snapshot

    settings = load_settings(config)
    ticker = _ticker(asset)
    if offline is not None:
        if named := next((name for name, value in (("--from", from_), ("--keep", keep)) if value is not None), None):
            raise BadInputError(named, None, "with --offline all is read from the kept replies; leave it out")
        refuse_input(output, offline=offline / "index.json")
        collection, kept = _again(ticker, offline, own_map=own_map), None
    else:
        if keep is not None and keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
            raise BadInputError("--keep", keep, "something is there already; name a folder that is not there yet")
        collection = _asked(ticker, from_, settings, base_url, allow_host, own_map=own_map, quiet=quiet)
        kept = _kept(collection, ticker, output, keep) if collection.answered else None
    if not collection.snapshots[0].answered:
        where = f"; what they said is kept in {kept}" if kept else ""
        raise RemoteError(f"no source gave a figure of {ticker}: {no_answer(collection, ticker)}{where}")
    content = collection.snapshots[0].content
    # What no draft could read is not written: a source may give more of a kind than a snapshot holds.
    read_snapshot(content, name="what the sources gave: ")
    emit(content.decode(), output)
    remark(*source_lines(collection), *(map_lines(collection) if own_map else ()), quiet=quiet)
    if kept is not None:
        remark(f"raw replies: {kept}", quiet=quiet)
    if output is not None:
        remark(f"wrote {output}; next: commentary draft {output}", quiet=quiet)


def _ticker(written: str) -> str:
    """Return a coin's ticker.

    Raises:
        BadInputError: it is none, or all coins together.
    """
    from commentary.errors import BadInputError

    ticker = written.strip().upper()
    if not ticker.isascii() or not ticker.isalnum() or len(ticker) > 20:
        raise BadInputError("ASSET", written, "write the ticker of one coin, such as BTC")
    if ticker == "MARKET":
        raise BadInputError("ASSET", written, "sources are asked for one coin at a time; write its ticker")
    return ticker


def _asked(
    ticker: str,
    from_: str | None,
    settings: "Settings",
    base_url: list[str] | None,
    allow_host: list[str] | None,
    *,
    own_map: bool,
    quiet: bool,
) -> "Collection":
    from datetime import UTC, datetime
    from functools import partial

    from commentary.cli.live import access_of, network, progress, sources_of
    from commentary.pipeline.materials import asset_names
    from commentary.sources.collecting import collect
    from commentary.sources.questions import round_of

    sources = sources_of(from_, settings.sources)
    access = access_of(settings.sources, base_url)
    count = len(round_of([ticker], sources, datetime.now(UTC), access).requests)
    with (
        progress(count, f"asking {len(sources)} sources", quiet=quiet) as advance,
        network(sources, settings.sources, allow_host) as ask,
    ):
        return collect(
            [ticker],
            sources,
            partial(ask, on_outcome=advance),
            lambda: datetime.now(UTC),
            access=access,
            names=dict(asset_names()),
            own_map=own_map,
        )


def _again(ticker: str, folder: Path, *, own_map: bool) -> "Collection":
    """Return what a folder of kept replies holds of an asset."""
    from commentary.net.kept import Kept
    from commentary.pipeline.materials import asset_names
    from commentary.sources.kept_round import kept_collection

    return kept_collection(Kept(folder), ticker, names=dict(asset_names()), own_map=own_map)


def _kept(collection: "Collection", ticker: str, output: Path | None, keep: Path | None) -> Path:
    """Keep the raw replies and return the folder."""
    from platformdirs import user_cache_path

    from commentary.net.kept import keep as keep_replies

    if keep is None and output is not None:
        keep = _free(output.with_name(f"{output.stem}.replies"))
    if keep is None:
        name = f"{ticker}-{collection.as_of:%Y%m%dT%H%M%SZ}"
        keep = _free(user_cache_path("commentary", appauthor=False) / "replies" / name)
    keep_replies(keep, collection.info, collection.outcomes)
    return keep


def _free(folder: Path) -> Path:
    """Return the folder, or the first of its name with a number that is not there yet: no replies are written over."""
    named = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return folder if not folder.exists() else next(one for one in named if not one.exists())
