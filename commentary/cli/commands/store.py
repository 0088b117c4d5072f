"""List the feeds of the store, and write a feed's history to a file."""

from pathlib import Path
from typing import Annotated

import typer

from commentary.cli.options import DataFormat, StorePlace, command_app, example

app = command_app()


@app.callback(epilog=example("commentary store list", "commentary store export --feed desk --output desk.json"))
def store() -> None:
    """List the feeds of the store, and write a feed's history to a file; neither changes the store."""


@app.command("list", epilog=example("commentary store list", "commentary store list --store desk.sqlite"))
def list_feeds(place: StorePlace = None, format: DataFormat = "text") -> None:
    """Print each feed with its number of items."""
    from commentary.cli.output import columns, dumps, emit
    from commentary.store import Store, place_of

    path = place_of(place)
    with Store(path) as opened:
        feeds = opened.feeds()
    if format == "json":
        emit(dumps({"store": path, "feeds": [{"name": name, "items": count} for name, count in feeds]}))
        return
    rows = [(name, f"{count} item" if count == 1 else f"{count} items") for name, count in feeds]
    emit("\n".join((str(path), *columns(rows))))


@app.command("export", epilog=example("commentary store export --feed desk --output desk.json"))
def export(
    feed: Annotated[str, typer.Option("--feed", metavar="NAME", help="The feed.")],
    place: StorePlace = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a file, whole or not at all.")
    ] = None,
) -> None:
    """Print a feed's history, commentary.history/1, as commentary draft --history reads it."""
    from commentary.cli.output import emit, refuse_input
    from commentary.errors import BadInputError
    from commentary.store import Store, place_of

    path = place_of(place)
    refuse_input(output, store=path)
    with Store(path) as opened:
        known = [name for name, _ in opened.feeds()]
        if feed not in known:
            raise BadInputError("--feed", feed, f"{path} holds {', '.join(known) or 'no feed'}")
        history = opened.history(feed)
    emit(history.model_dump_json(indent=2) + "\n", output)
