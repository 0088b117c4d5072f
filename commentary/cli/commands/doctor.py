"""Say which live sources answer, with which keys, limits and clocks, and what to do where one does not."""

import re
from typing import TYPE_CHECKING, NamedTuple

from commentary.cli.live import AllowHosts, BaseUrls, From
from commentary.cli.options import Config, DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.net import Reply
    from commentary.sources.collecting import Collection
    from commentary.sources.live.base import Source

app = command_app()
ASSET = "BTC"
"""What every derivatives source lists."""
_OF_KEY = re.compile(r"\b40[13]\b")
"""In what a source says that refuses a key: the status, or CoinGlass's own code of an answer with status 200."""
FAILING = frozenset({"silent", "refused", "nothing"})
"""States of a source that was asked and is of no use."""


class Health(NamedTuple):
    """What is known of one source."""

    source: str
    state: str
    """ok, partly, nothing, refused, no key, silent."""
    told: str
    """In words, with the remedy."""


@app.command(epilog=example("commentary doctor", "commentary doctor --from coinglass,binance --format json"))
def doctor(
    from_: From = None,
    base_url: BaseUrls = None,
    allow_host: AllowHosts = None,
    config: Config = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Ask each source for its time and for bitcoin, and print one line each, with the remedy.

    Exit code 5: a source that could be asked does not answer, refuses its key, or gives nothing that can be read.
    """
    from datetime import UTC, datetime
    from functools import partial

    import typer

    from commentary.cli.live import access_of, network, progress
    from commentary.cli.output import dumps, emit
    from commentary.config import load_settings
    from commentary.sources.collecting import collect
    from commentary.sources.questions import round_of

    settings = load_settings(config)
    sources = _all(from_)
    access = access_of(settings.sources, base_url)
    count = len(round_of([ASSET], sources, datetime.now(UTC), access, "watch").requests)
    with (
        progress(count, f"asking {len(sources)} sources", quiet=quiet) as advance,
        network(sources, settings.sources, allow_host) as opened,
    ):
        ask = partial(opened, on_outcome=advance)
        found = collect([ASSET], sources, ask, lambda: datetime.now(UTC), access=access, scope="watch", own_map=False)
    health = [_health(source, found) for source in sources]
    if format == "json":
        emit(dumps({"sources": [one._asdict() for one in health]}))
    else:
        emit("\n".join(_lines(health)))
    if any(one.state in FAILING for one in health):
        raise typer.Exit(5)


def _all(named: str | None) -> "tuple[Source, ...]":
    from commentary.cli.live import sources_of
    from commentary.config.source_settings import SourceSettings
    from commentary.sources.collecting import chosen
    from commentary.sources.live.base import sources

    return chosen(sources) if named is None else sources_of(named, SourceSettings())


def _health(source: "Source", found: "Collection") -> Health:
    """Return how a source is, from a round with it."""
    from commentary.net import Failure, Reply
    from commentary.sources.readings import plain_line

    if source in found.round.without_key and source.key is not None:
        return Health(source.name, "no key", f"set {source.key.variable}, or leave the source out")
    outcomes = [one for one in found.outcomes if one.request.source == source.name]
    replies = [one for one in outcomes if isinstance(one, Reply)]
    failures = [one for one in outcomes if isinstance(one, Failure)]
    readings = [one for one in found.snapshots[0].readings if one.question.source == source]
    missed = [(one.question.call.name, one.missed) for one in readings if one.missed is not None]
    none_read = len(missed) == len(readings)
    by_key = source.key is not None and all(one.reason == "refused" and _OF_KEY.search(one.detail) for _, one in missed)
    if missed and none_read and by_key:
        why = plain_line(missed[0][1].detail)
        variable = source.key.variable if source.key is not None else ""
        remedy = "set it again, and see that the plan it is of has the API"
        return Health(source.name, "refused", f"the key in {variable} is refused ({why}); {remedy}")
    if not replies:
        why = failures[0].reason if failures else "was not asked"
        return Health(source.name, "silent", f"{why}; {_remedy(failures[0].kind if failures else '', source)}")
    told = [_speed(replies), *_clock(source, found), *_plan(source, replies)]
    if missed:
        name, first = missed[0]
        told.append(f"{len(missed)} of {len(readings)} calls gave nothing ({plain_line(f'{name}: {first.detail}')})")
        if none_read:
            told.append("leave it out with --from, or name its own address if --base-url names another")
        return Health(source.name, "nothing" if none_read else "partly", "; ".join(told))
    return Health(source.name, "ok", "; ".join(told))


def _remedy(kind: str, source: "Source") -> str:
    if kind == "address":
        return f"name its host with --allow-host if {source.title} is meant to be there"
    if kind == "status" and source.key is not None:
        return f"check {source.key.variable} and the plan it is of"
    return "check the network, or leave it out with --from"


def _speed(replies: "list[Reply]") -> str:
    waits = sorted((one.received_at - one.sent_at).total_seconds() for one in replies)
    return f"answers in {waits[len(waits) // 2] * 1000:.0f} ms"


def _clock(source: "Source", found: "Collection") -> "Iterator[str]":
    from commentary.sources.live_snapshot import skew_in_words
    from commentary.sources.snapshot_file import CLOCK_MARGIN

    skew = found.skews[source.name]
    if skew is None:
        yield "does not tell its time"
        return
    words = f"clock {skew_in_words(skew)}"
    yield f"{words}: set this machine's clock by NTP, or distrust the source" if abs(skew) > CLOCK_MARGIN else words


def _plan(source: "Source", replies: "list[Reply]") -> "Iterator[str]":
    from commentary.sources.readings import plain_line

    told = next((words for one in replies if (words := source.plan(one.headers))), None)
    if told:
        yield plain_line(told)


def _lines(health: "list[Health]") -> "Iterator[str]":
    """Yield a block for each source, wrapped to the screen, and a line that sums up."""
    from commentary.cli.screen import Screen

    screen = Screen.of_output()
    wide = max(len(one.source) for one in health) + 2
    for one in health:
        yield from screen.wrapped(one.told, f"{one.source:<{wide}}{one.state:<8}  ", " " * (wide + 10))
    good = sum(one.state in ("ok", "partly") for one in health)
    yield f"{good} of {len(health)} sources answer"
