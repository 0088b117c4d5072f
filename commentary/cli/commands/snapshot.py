"""Make a snapshot by hand or of an archive, or validate one."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commentary.cli.options import DataFormat, Now, Quiet, command_app, example, moment

if TYPE_CHECKING:
    from datetime import datetime

app = command_app()
Figures = list[str] | None


@app.callback(
    no_args_is_help=True,
    epilog=example(
        "commentary snapshot new",
        "commentary snapshot archive BTCUSDT-1h-2026-11.zip",
        "commentary snapshot check s.json",
    ),
)
def snapshot() -> None:
    """Make a snapshot by hand or of an archive, or validate one."""


@app.command(
    epilog=example(
        "commentary snapshot new",
        "commentary snapshot new --price 62140 --below 60593=1.07B --source CoinGlass --output s.json",
        "commentary snapshot new --liquidations long=412M,short=56M/24h --price-change -3.4%/24h --source CoinGlass",
    )
)
def new(
    asset: Annotated[str | None, typer.Option(metavar="TICKER", help="The asset. Default: BTC.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The asset in running text.")] = None,
    price: Annotated[str | None, typer.Option(metavar="PRICE", help="Its price in the quote.")] = None,
    price_kind: Annotated[
        Literal["last", "mark", "index", "spot"] | None, typer.Option(help="Kind of price. Default: not known.")
    ] = None,
    venue: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where price and figures without an @venue were seen.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Who says all this.")] = None,
    below: Annotated[Figures, typer.Option(metavar="PRICE=SIZE", help="Longs a map sums down to a price.")] = None,
    above: Annotated[Figures, typer.Option(metavar="PRICE=SIZE", help="Shorts a map sums up to a price.")] = None,
    map_hours: Annotated[str | None, typer.Option(metavar="LENGTH", help="Window of the map, such as 7d.")] = None,
    funding: Annotated[
        Figures, typer.Option(metavar="RATE%/8h@VENUE", help="A funding rate; ? for an unknown interval.")
    ] = None,
    funding_kind: Annotated[
        Literal["settled", "predicted"] | None, typer.Option(help="Kind of funding rate. Default: not known.")
    ] = None,
    funding_time: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it settled; RFC 3339. A settled rate has to have it.")
    ] = None,
    open_interest: Annotated[
        Figures, typer.Option(metavar="SIZE@VENUE", help="In coin, 270300BTC, or in dollars, $35.2B.")
    ] = None,
    open_interest_change: Annotated[
        Figures, typer.Option(metavar="CHANGE%/24h", help="In dollars, or in coin: -2.89%BTC/24h.")
    ] = None,
    price_change: Annotated[Figures, typer.Option(metavar="CHANGE%/24h", help="Change of the price.")] = None,
    liquidations: Annotated[
        Figures, typer.Option(metavar="long=SIZE,short=SIZE/24h", help="Recorded liquidations.")
    ] = None,
    quote: Annotated[str, typer.Option(metavar="CURRENCY", help="Currency of the prices.")] = "USD",
    usd_rate: Annotated[str | None, typer.Option(metavar="RATE", help="Dollars for one of another quote.")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="TIME", help="When all this was seen; RFC 3339. Default: now.")
    ] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to a file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that exists.")] = False,
    quiet: Quiet = False,
) -> None:
    """Make a snapshot from flags; on a terminal, without a figure, it asks.

    A size is written as a desk writes it: 1.07B, 412M, $60,593.
    """
    from datetime import UTC, datetime

    from commentary.cli.output import dumps, emit, remark
    from commentary.errors import BadInputError
    from commentary.sources.editor_entry import build_snapshot
    from commentary.sources.snapshot_file import read_snapshot

    if output is not None and output.exists() and not force:
        raise BadInputError("--output", output, "the file exists; add --force to write over it, or name another")
    if asset is None and price is None and (below or above):
        remedy = "say what it is of: --asset BTC, or its --price"
        raise BadInputError("--below" if below else "--above", (below or above or [""])[0], remedy)
    clock = datetime.now(UTC)
    seen = _past(as_of, clock)
    options: dict[str, object] = {
        "price": price,
        "below": tuple(below or ()),
        "above": tuple(above or ()),
        "funding": tuple(funding or ()),
        "open_interest": tuple(open_interest or ()),
        "open_interest_change": tuple(open_interest_change or ()),
        "price_change": tuple(price_change or ()),
        "liquidations": tuple(liquidations or ()),
    }
    given = any(options.values())
    options |= {
        "asset": asset or "BTC",
        "name": name,
        "quote": quote,
        "usd_rate": usd_rate,
        "price_kind": price_kind,
        "venue": venue,
        "source": source,
        "map_hours": map_hours,
        "funding_kind": funding_kind,
        "funding_time": _zulu(moment(funding_time, "--funding-time")),
        "as_of": _zulu(seen or clock),
    }
    if not given:
        if not sys.stdin.isatty():
            raise BadInputError("snapshot new", None, "give at least one figure (--price 77200); --help lists all")
        from commentary.cli.questions import ask

        options = ask(options)
    made = build_snapshot(**options)  # type: ignore[arg-type]
    written = dumps(made)
    read_snapshot(written.encode(), name="snapshot")
    emit(written, output)
    if output is not None:
        remark(f"wrote {output}; next: commentary draft {output}", quiet=quiet)


def _past(as_of: str | None, clock: "datetime") -> "datetime | None":
    """Return the time of --as-of.

    Raises:
        BadInputError: it is none, or lies ahead of the clock.
    """
    from commentary.errors import BadInputError
    from commentary.sources.snapshot_file import CLOCK_MARGIN

    seen = moment(as_of, "--as-of")
    if seen is not None and seen > clock + CLOCK_MARGIN:
        remedy = f"it lies ahead of the clock, {clock:%Y-%m-%d %H:%M} UTC; correct the time"
        raise BadInputError("--as-of", as_of, remedy)
    return seen


def _zulu(at: "datetime | None") -> str | None:
    from datetime import UTC

    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@app.command(
    epilog=example(
        "commentary snapshot archive BTCUSDT-metrics-2026-11-21.zip BTCUSDT-1h-2026-11.zip --output btc.json",
        "commentary snapshot archive BTCUSDT-* --as-of 2026-11-21T09:00:00Z --output btc.json",
    )
)
def archive(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Files of one contract, .zip or .csv, under their own names.")
    ],
    as_of: Annotated[
        str | None, typer.Option(metavar="TIME", help="Leave out what is later; RFC 3339. Default: the newest row.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where it goes.")] = None,
    quiet: Quiet = False,
) -> None:
    """Make a snapshot of files of an exchange's public archive (data.binance.vision); nothing is asked.

    A file with its .CHECKSUM beside it is held against it.
    """
    from datetime import UTC, datetime

    from commentary.cli.output import emit, refuse_input, remark
    from commentary.pipeline.materials import asset_names
    from commentary.records.laid_out import snapshot_file
    from commentary.sources.archive.files import archive_snapshot
    from commentary.sources.snapshot_file import judged

    for file in files:
        refuse_input(output, FILE=file)
    made = archive_snapshot(files, as_of=_past(as_of, datetime.now(UTC)), names=dict(asset_names()))
    judged(made)
    emit(snapshot_file(made).decode(), output)
    if output is not None:
        remark(f"wrote {output}; next: commentary draft {output}", quiet=quiet)


@app.command(epilog=example("commentary snapshot check snapshot.json"))
def check(
    snapshot: Annotated[str, typer.Argument(metavar="SNAPSHOT", help="A snapshot file, or -.")],
    now: Now = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Validate a snapshot: exits 2 with path, value and remedy of each place that breaks the format."""
    from commentary.cli.inputs import snapshot_at
    from commentary.cli.output import dumps, emit, remark
    from commentary.cli.screen import Screen
    from commentary.errors import BadInputError

    try:
        read = snapshot_at(snapshot, moment(now))
    except BadInputError as error:
        remark(*(f"commentary: {one}" for one in (error, *error.others)))
        raise typer.Exit(error.exit_code) from None
    notes, conflicts = tuple(map(str, read.notes)), tuple(map(str, read.conflicts))
    if format == "json":
        emit(dumps({"ok": True, "sha256": read.sha256, "notes": notes, "conflicts": conflicts}))
        return
    screen = Screen.of_output()
    lines = [line for note in notes for line in screen.wrapped(note, "note: ")]
    lines += [line for conflict in conflicts for line in screen.wrapped(conflict, "conflict: ")]
    if lines or not quiet:
        emit("\n".join((*lines, *([] if quiet else [f"valid snapshot, sha256 {read.sha256}"]))))
