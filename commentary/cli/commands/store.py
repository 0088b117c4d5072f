"""List the feeds of the store, print a draft that it holds, and write a feed's history to a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commentary.cli.options import Config, DataFormat, StorePlace, command_app, example

app = command_app()


@app.callback(
    epilog=example(
        "commentary store list",
        "commentary store show 4 --feed desk",
        "commentary store export --feed desk --output desk.json",
    )
)
def store() -> None:
    """List the feeds of the store, print a draft that it holds, or write a feed's history; nothing is changed."""


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


@app.command(
    epilog=example(
        "commentary store show --feed desk",
        "commentary store show 4 --feed desk",
        "commentary store show 4 --feed desk --format html --output page.html",
    )
)
def show(
    feed: Annotated[str, typer.Option("--feed", metavar="NAME", help="The feed.")],
    draft: Annotated[
        str | None,
        typer.Argument(metavar="DRAFT", help="Its number within the feed, or its id. Default: the drafts are listed."),
    ] = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text, markdown, html or json.")] = "text",
    place: StorePlace = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a file, whole or not at all.")
    ] = None,
    config: Config = None,
) -> None:
    """Print a draft that was saved in a feed, by `watch` or by `draft --save`; without a number, what there is."""
    from commentary.cli.output import columns, emit, refuse_input, width_of
    from commentary.config import load_settings
    from commentary.errors import BadInputError
    from commentary.publishing.base import View, formats, render
    from commentary.store import Store, place_of
    from commentary.store.items import draft_of, headlines

    if format not in formats:
        raise BadInputError("--format", format, f"write one of {', '.join(formats)}")
    settings = load_settings(config)
    path = place_of(place)
    refuse_input(output, store=path)
    with Store(path) as opened:
        if draft is None:
            rows = [(str(one.number), f"{one.as_of:%Y-%m-%d %H:%M}", one.headline) for one in headlines(opened, feed)]
            emit("\n".join(columns(rows)) if rows else f"{feed} holds no draft.")
            return
        saved = draft_of(opened, feed, draft)
    emit(render(saved, format, View(settings, width=width_of(sys.stdout))), output)


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
