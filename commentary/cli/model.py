"""A model for a command: opened, its work shown on standard error, told of in one line, and closed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from commentary.config.model_settings import ModelSettings
    from commentary.pipeline.rewording_draft import Model, Told

ModelPlace = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="PATH|URL",
        help="A local model that rewords open sentences, checked like all else; none: no model. Default: as set.",
    ),
]
NONE = "none"


class Opened(NamedTuple):
    """A model that is ready, and what it did."""

    model: "Model | None"
    """None where no model is asked for."""
    lines: list[str]
    """One for each time that it reworded, as it comes."""


@contextmanager
def opened(where: str | None, settings: "ModelSettings", *, quiet: bool) -> "Iterator[Opened]":
    """Open the model of an option, else that of the settings, for as long as it is needed.

    Args:
        where: a folder or an address; "none" for no model.
        settings: the newsroom's.
        quiet: whether nothing is shown while it works.

    Raises:
        BadInputError: there is no model in that place, or what it needs is not installed.
    """
    place = settings.where if where is None else where
    if not place or place == NONE:
        yield Opened(None, [])
        return
    from commentary.models.base import open_writer
    from commentary.pipeline.rewording_draft import Model

    lines: list[str] = []
    writer = open_writer(place, settings)
    try:
        with _bar(quiet=quiet) as (began, done):
            yield Opened(Model(writer, settings, began, done, lambda told: lines.append(line_of(told))), lines)
    finally:
        writer.close()


def line_of(told: "Told") -> str:
    """Return what a model did in one line: how many sentences are in its words, and why the others are not."""
    summary = told.ladder.summary()
    if not summary.sentences:
        return f"model {told.name}: no sentence of this draft is open to it"
    sentences = "sentence" if summary.sentences == 1 else "sentences"
    parts = [f"{summary.accepted - summary.same} of {summary.sentences} open {sentences} in its words"]
    if summary.repair:
        parts.append(f"{summary.repair} after repair")
    if summary.resample:
        parts.append(f"{summary.resample} at a second try")
    if summary.same:
        parts.append(f"{summary.same} given back as they were" if summary.same > 1 else "1 given back as it was")
    line = ", ".join(parts)
    if summary.template:
        why = ", ".join(f"{name} {count}" for name, count in summary.why.items())
        line += f"; {summary.template} fell back ({why})"
    return f"model {told.name}: {line}"


@contextmanager
def _bar(*, quiet: bool) -> "Iterator[tuple[Callable[[int], None], Callable[[int], None]]]":
    """Show a bar on standard error while sentences are answered; nothing where it is no terminal, or --quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda count: None, lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rewording", total=None)
        yield lambda count: bar.update(task, total=count), lambda count: bar.advance(task, count)
