"""Show the whole on a fake market: fetch, draft, trace a figure, watch. It needs no key and no network.

It ends by itself within 40 seconds, and names the folder that it leaves what it made in.
"""

import shlex
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commentary.cli.options import Config, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from commentary.cli.screen import Screen
    from commentary.config import Settings
    from commentary.records.draft import Draft
    from commentary.runs.watch import Event
    from commentary.sources.collecting import Collection

app = command_app()


@app.command(epilog=example("commentary demo", "commentary demo --keep demo"))
def demo(
    keep: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where what it makes is left. Default: a folder among the temporary files."),
    ] = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Run fetch, draft, explain and watch against a fake market on this machine, and end within 40 seconds.

    All figures are generated, and none is of a real market. Snapshot, raw replies, draft and store are left in a
    folder, and at the end it says what to run on them; with --quiet they are left only where --keep says.
    """
    from commentary.cli.screen import Screen
    from commentary.config import load_settings
    from commentary.runs.demo import Tour, tour

    settings = load_settings(config)
    with _folder(keep, quiet=quiet) as place:
        shown = _Shown(Screen.of_output(), settings, place, quiet=quiet)
        shown.begin()
        steps = Tour(shown.fetched, shown.drafted, shown.explained, shown.looking, shown.watched, shown.ended)
        tour(steps, settings, place)


@contextmanager
def _folder(keep: Path | None, *, quiet: bool) -> "Iterator[Path]":
    """Yield an empty folder: the one that is named, or one among the temporary files, which stays if it is told of.

    Raises:
        BadInputError: something is in the one that is named, or it cannot be made.
    """
    from tempfile import TemporaryDirectory, mkdtemp

    from commentary.errors import BadInputError

    prefix = "commentary-demo-"
    if keep is not None:
        try:
            keep.mkdir(parents=True, exist_ok=True)
            is_full = any(keep.iterdir())
        except OSError as error:
            raise BadInputError("--keep", keep, f"it cannot be made ({error.strerror}); name another") from error
        if is_full:
            raise BadInputError("--keep", keep, "something is there already; name a folder that is not there yet")
        yield keep
    elif quiet:
        with TemporaryDirectory(prefix=prefix) as place:
            yield Path(place)
    else:
        yield Path(mkdtemp(prefix=prefix))


class _Shown:
    """Prints the steps of the tour; with --quiet the draft and what the watch tells alone."""

    def __init__(self, screen: "Screen", settings: "Settings", place: Path, *, quiet: bool) -> None:
        self._screen = screen
        self._place = place
        self._settings = settings
        self._quiet = quiet

    def begin(self) -> None:
        """Say what is going to be seen."""
        self._say("A fake market runs on this machine. Its figures are generated; none is of a real market.")

    def fetched(self, collection: "Collection") -> None:
        """Show who was asked and what came."""
        from commentary.cli.fetched import source_lines

        self._step("1. Fetch", "commentary fetch BTC --from coinglass,binance,bybit")
        for line in source_lines(collection):
            self._say(line)

    def drafted(self, draft: "Draft") -> None:
        """Show the draft whole."""
        from commentary.cli.output import emit
        from commentary.publishing.base import View, render, status_line

        self._step("2. Draft", "commentary draft btc.json --length brief")
        emit(render(draft, "text", View(self._settings, width=self._screen.width, colour=self._screen.colour)).rstrip())
        self._say("", status_line(draft))

    def explained(self, draft: "Draft", figure: str) -> None:
        """Show where a figure of the draft comes from."""
        from commentary.cli.explained import by_fact, lines_of
        from commentary.pipeline import explain

        if figure:
            self._step("3. Trace a figure", f"commentary explain draft.json '{figure}'")
            self._say(*lines_of(by_fact(explain(draft, figure))[0], draft, self._screen))
        self._step("4. Watch", "commentary watch BTC --from coinglass,binance,bybit --feed desk --every 1h")

    def looking(self, at: "datetime") -> None:
        """Say that the watch looks."""
        self._say(f"{at:%H:%M} UTC on the market's clock: a look")

    def watched(self, event: "Event") -> None:
        """Show what was drafted, or what a person has to look at."""
        from commentary.cli.output import emit

        alert = event.alert
        emit("\n".join(self._screen.wrapped(alert.headline, f"  {alert.story}: ", "    ")))
        for line in self._screen.wrapped(f"why now: {'; '.join(alert.why_now)}", "    ", "      "):
            self._say(self._screen.dim(line))

    def ended(self, figure: str) -> None:
        """Say what can be done next with what is left, and with a market."""
        from commentary.runs.demo import ASSET, DRAFT, FEED, REPLIES, SNAPSHOT, STORE

        self._step("Next", f"what was made is in {self._place}")
        left = [["draft", self._at(SNAPSHOT), "--length", "full"]]
        if figure:
            left.append(["explain", self._at(DRAFT), figure])
        left += [
            ["alerts", "list", "--feed", FEED, "--store", self._at(STORE)],
            ["store", "show", "1", "--feed", FEED, "--store", self._at(STORE)],
            ["fetch", ASSET, "--offline", self._at(REPLIES), "--output", self._at("again.json")],
        ]
        self._say(*(f"  {shlex.join(['commentary', *words])}" for words in left))
        self._say("", "And of a real market, from exchanges that ask for no key:", "")
        self._say("  commentary doctor", "  commentary fetch BTC --output btc.json")

    def _at(self, name: str) -> str:
        return str(self._place / name)

    def _step(self, title: str, command: str) -> None:
        self._say("", self._screen.bold(f"{title}   {command}".rstrip()), "")

    def _say(self, *lines: str) -> None:
        from commentary.cli.output import emit

        if not self._quiet:
            emit("\n".join(lines))
