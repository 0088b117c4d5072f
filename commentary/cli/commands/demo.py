"""Show the whole on a fake market: fetch, draft, trace a figure, watch. It needs no key and no network.

It ends by itself within 40 seconds and leaves nothing behind.
"""

from typing import TYPE_CHECKING

from commentary.cli.options import Config, Quiet, command_app, example

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.cli.screen import Screen
    from commentary.config import Settings
    from commentary.records.draft import Draft
    from commentary.runs.watch import Event
    from commentary.sources.collecting import Collection

app = command_app()


@app.command(epilog=example("commentary demo"))
def demo(config: Config = None, quiet: Quiet = False) -> None:
    """Run fetch, draft, explain and watch against a fake market on this machine, and end within 40 seconds.

    All figures are generated, and none is of a real market.
    """
    from commentary.cli.screen import Screen
    from commentary.config import load_settings
    from commentary.runs.demo import Tour, tour

    settings = load_settings(config)
    shown = _Shown(Screen.of_output(), settings, quiet=quiet)
    shown.begin()
    tour(Tour(shown.fetched, shown.drafted, shown.explained, shown.looking, shown.watched, shown.ended), settings)


class _Shown:
    """Prints the steps of the tour; with --quiet the draft and what the watch tells alone."""

    def __init__(self, screen: "Screen", settings: "Settings", *, quiet: bool) -> None:
        self._screen = screen
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

    def ended(self) -> None:
        """Say what can be done next."""
        self._step("Next", "")
        self._say(
            "commentary fetch BTC --output btc.json   from the exchanges themselves, which ask for no key",
            "commentary doctor                        which sources answer from here",
            "commentary draft btc.json                the article",
        )

    def _step(self, title: str, command: str) -> None:
        self._say("", self._screen.bold(f"{title}   {command}".rstrip()), "")

    def _say(self, *lines: str) -> None:
        from commentary.cli.output import emit

        if not self._quiet:
            emit("\n".join(lines))
