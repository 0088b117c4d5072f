"""Write a checked article from a snapshot.

Prints the draft; its findings and a line on its story go to standard error.
"""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commentary.cli.model import ModelPlace
from commentary.cli.options import Config, FeedName, Now, Quiet, StorePlace, command_app, example, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commentary.config import Settings
    from commentary.pipeline import NoStoryResult
    from commentary.records.draft import Draft

app = command_app()
_NEAREST = 3
"""So many stories that do not fire are told of, those of which most is at hand first."""


@app.command(
    epilog=example(
        "commentary draft",
        "commentary draft snapshot.json --story liquidation_map --length full",
        "commentary draft snapshot.json --format html --output page.html",
        "commentary draft snapshot.json --feed desk --save",
        "commentary draft later.json --previous draft.json",
        "commentary draft snapshot.json --variants",
        "commentary draft snapshot.json --model http://127.0.0.1:8080/v1",
    )
)
def draft(
    snapshots: Annotated[
        list[str] | None,
        typer.Argument(metavar="SNAPSHOT", help="Snapshot files, or - for standard input. Default: a bundled one."),
    ] = None,
    story: Annotated[str, typer.Option(metavar="auto|NAME", help="The story to tell.")] = "auto",
    length: Annotated[
        Literal["brief", "standard", "full"] | None, typer.Option(help="Default: as the facts carry it.")
    ] = None,
    format: Annotated[str, typer.Option(metavar="text|markdown|html|json", help="How to print it.")] = "text",
    language: Annotated[str, typer.Option(metavar="CODE", help="The language to write in.")] = "en",
    seed: Annotated[
        int | None,
        typer.Option(metavar="N", help="Chooses between wordings. Default: taken from the snapshot."),
    ] = None,
    variants: Annotated[
        bool, typer.Option("--variants", help="Show push line, post, blurb, titles and other headlines too.")
    ] = False,
    model: ModelPlace = None,
    now: Now = None,
    previous: Annotated[
        str | None,
        typer.Option(metavar="DRAFT", help="An earlier draft: tell what changed since, settle the tests it set."),
    ] = None,
    history: Annotated[
        str | None, typer.Option(metavar="FILE|STORE", help="What the feed has published. Default: the store.")
    ] = None,
    feed: FeedName = None,
    store: StorePlace = None,
    save: Annotated[
        bool, typer.Option("--save", help="Keep the draft in the feed, if its check finds no error.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a file, whole or not at all.")
    ] = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Write an article from a snapshot, with a digest, a label and its reasons.

    With --feed it is written apart from what the feed has published, tells an event again only after a material
    change, and settles the tests that come due. Only --save writes to the store.
    With --model open sentences are in a model's words where these pass the check, and as the templates have them where
    they do not.
    Exits 1 if the check finds errors in it. If there is no story it says why and exits 0.
    """
    from commentary.cli.age import remark_age
    from commentary.cli.feeds import Asked, feed_of, keep
    from commentary.cli.findings import lines
    from commentary.cli.inputs import snapshot_at
    from commentary.cli.model import opened
    from commentary.cli.output import delivered, refuse_input, remark
    from commentary.config import load_settings
    from commentary.errors import BadInputError
    from commentary.publishing.base import formats, status_line

    if format not in formats:
        raise BadInputError("--format", format, f"write one of {', '.join(formats)}")
    if seed is not None and seed < 0:
        raise BadInputError("--seed", seed, "write a whole number, 0 or more")
    settings = load_settings(config)
    at = moment(now)
    places: list[str | None] = [*(snapshots or ())] or [None]
    for place in places:
        refuse_input(output, SNAPSHOT=place, config=settings.path, history=history, previous=previous, store=store)
    reads = [snapshot_at(place, at) for place in places]
    known = feed_of(Asked(history, feed, store, previous, save, output))

    from commentary.pipeline import NoStoryResult, draft_snapshots

    past = known.history if known is not None else None
    with opened(model, settings.model, quiet=quiet) as own:
        result = draft_snapshots(
            reads,
            settings=settings,
            story=story,
            length=length,
            seed=seed,
            now=at,
            language=language,
            history=past,
            model=own.model,
        )
    if isinstance(result, NoStoryResult):
        _no_story(result, format, output, places, quiet=quiet)
        remark_age(reads, at, quiet=quiet)
        return
    text = _text(result, settings, format, output, variants=variants)
    kept = ""
    try:
        # Kept before it is out, since a draft that was printed and is not kept would be told again; but not before
        # it is known that it can be written.
        with delivered(text, output):
            kept = keep(known, result) if known is not None else ""
    except BadInputError:
        if kept:
            remark(f"{kept}, though not written")
        raise
    found = result.checks.findings if result.checks else ()
    remark("", *lines(found), status_line(result), quiet=quiet)
    remark_age(reads, at, quiet=quiet)
    for line in filter(None, [*own.lines, known.remark if known is not None else "", kept]):
        remark(line, quiet=quiet)
    if result.checks is not None and not result.checks.ok:
        raise typer.Exit(1)


def _text(draft: "Draft", settings: "Settings", format: str, output: Path | None, *, variants: bool) -> str:
    from commentary.cli.output import shows_colour, width_of
    from commentary.publishing.base import View, render

    to_terminal = output is None
    view = View(
        settings,
        width=width_of(sys.stdout) if to_terminal else View().width,
        colour=to_terminal and shows_colour(sys.stdout),
        variants=variants,
    )
    return render(draft, format, view)


def _no_story(
    result: "NoStoryResult", format: str, output: Path | None, places: "Sequence[str | None]", *, quiet: bool
) -> None:
    from commentary.cli.commands.stories import entry
    from commentary.cli.output import dumps, emit, remark
    from commentary.cli.screen import Screen

    if format == "json":
        reasons = [{"name": missed.name, "reasons": missed.reasons} for missed in result.reasons]
        emit(dumps({"story": None, "reasons": reasons}), output)
        return
    screen = Screen.of_output()
    nearest = sorted(result.reasons, key=lambda missed: -missed.near)[:_NEAREST]
    blocks = ["No story.", *("\n".join(entry(missed, screen)) for missed in nearest)]
    if others := len(result.reasons) - len(nearest):
        command = shlex.join(["commentary", "stories", *(place for place in places[:1] if place)])
        blocks.append(f"These are the nearest; for the other {others}: {command}")
    emit("\n\n".join(blocks))
    if output is not None:
        remark("", f"nothing was written to {output}", quiet=quiet)
