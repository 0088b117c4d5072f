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


class Bar(NamedTuple):
    """A bar on standard error that shows one thing after the other."""

    began: Callable[[int, str], None]
    """Told how many of what are to be done."""
    done: Callable[[int], None]
    """Told how many more of them are."""

    def rewords(self, count: int) -> None:
        """Be told how many sentences a model is asked for."""
        self.began(count, "rewording sentences")


class Opened(NamedTuple):
    """A model that is ready, and what it did."""

    model: "Model | None"
    """None where no model is asked for."""
    lines: list[str]
    """One for each time that it reworded, as it comes."""
    bar: Bar | None = None
    """Where the model shows how far it is; None where nothing is shown."""


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
        with _bar(quiet=quiet) as bar:
            model = Model(writer, settings, told=lambda told: lines.append(line_of(told)))
            yield Opened(model if bar is None else model._replace(began=bar.rewords, done=bar.done), lines, bar)
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
def _bar(*, quiet: bool) -> "Iterator[Bar | None]":
    """Show a bar on standard error while a model works; none where that is no terminal, or --quiet."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("drafting", total=None)

        def began(count: int, what: str) -> None:
            bar.reset(task, total=count, description=what)

        yield Bar(began, lambda count: bar.advance(task, count))
