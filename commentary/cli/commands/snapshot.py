"""Make a snapshot by hand, or validate one."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commentary.cli.options import DataFormat, Now, Quiet, command_app, example, moment

app = command_app()


@app.callback(no_args_is_help=True)
def snapshot() -> None:
    """Make a snapshot by hand, or validate one."""


@app.command(
    epilog=example(
        "commentary snapshot new --price 77200 --below 60593=1.07B --source CoinGlass --output s.json",
        "commentary snapshot new",
    )
)
def new(
    asset: Annotated[str, typer.Option(metavar="TICKER", help="The asset.")] = "BTC",
    price: Annotated[str | None, typer.Option(metavar="PRICE", help="Its price in dollars.")] = None,
    price_kind: Annotated[str | None, typer.Option(metavar="last|mark|index|spot", help="Kind of price.")] = None,
    venue: Annotated[str | None, typer.Option(metavar="NAME", help="Where the price was seen.")] = None,
    below: Annotated[
        list[str] | None, typer.Option(metavar="PRICE=SIZE", help="Longs the map sums down to a price.")
    ] = None,
    above: Annotated[
        list[str] | None, typer.Option(metavar="PRICE=SIZE", help="Shorts the map sums up to a price.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Whose map it is.")] = None,
    funding: Annotated[
        str | None, typer.Option(metavar="PERCENT", help="Last settled funding rate, such as 0.0024%.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="TIME", help="When all this was seen; RFC 3339. Default: now.")
    ] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to a file.")] = None,
    quiet: Quiet = False,
) -> None:
    """Make a snapshot from flags; on a terminal it asks for what is lacking."""
    from datetime import UTC, datetime

    from commentary.cli.output import emit, remark
    from commentary.errors import BadInputError
    from commentary.sources.editor_entry import build_snapshot

    below, above = below or [], above or []
    if sys.stdin.isatty():
        price = price or _ask("Price in dollars", "77200")
        below = below or _answers("Longs below, price=size", "60593=1.07B; empty for none")
        above = above or _answers("Shorts above, price=size", "64900=412M; empty for none")
        if (below or above) and not source:
            source = _ask("Whose map is it", "CoinGlass; empty if not known") or None
    if not price:
        raise BadInputError("--price", "", "give the price, such as --price 77200")
    made = build_snapshot(
        asset=asset,
        price=price,
        price_kind=price_kind,
        venue=venue,
        below=tuple(below),
        above=tuple(above),
        source=source,
        funding=funding,
        as_of=moment(as_of, "--as-of") or datetime.now(UTC).replace(microsecond=0),
    )
    emit(made.model_dump_json(indent=2, exclude_none=True) + "\n", output)
    if output is not None:
        remark(f"wrote {output}; next: commentary draft {output}", quiet=quiet)


@app.command(epilog=example("commentary snapshot check snapshot.json"))
def check(
    snapshot: Annotated[str, typer.Argument(metavar="SNAPSHOT", help="A snapshot file, or -.")],
    now: Now = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Validate a snapshot: exits 2 with the path, value and remedy if it breaks the format."""
    from commentary.cli.inputs import snapshot_at
    from commentary.cli.output import dumps, emit

    read = snapshot_at(snapshot, moment(now))
    notes, conflicts = tuple(map(str, read.notes)), tuple(map(str, read.conflicts))
    if format == "json":
        emit(dumps({"ok": True, "sha256": read.sha256, "notes": notes, "conflicts": conflicts}))
        return
    lines = [*(f"note: {note}" for note in notes), *(f"conflict: {conflict}" for conflict in conflicts)]
    if lines or not quiet:
        emit("\n".join((*lines, *([] if quiet else [f"valid snapshot, sha256 {read.sha256}"]))))


def _ask(question: str, hint: str) -> str:
    from commentary.errors import BadInputError

    sys.stderr.write(f"{question} ({hint}): ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise BadInputError("standard input", "", "answer the questions, or give flags: --help lists them")
    return line.strip()


def _answers(question: str, hint: str) -> list[str]:
    return [answer.strip() for answer in _ask(question, hint).split() if answer.strip()]
