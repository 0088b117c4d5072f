"""List what a watch offers, the most newsworthy first; mute, snooze, or note as seen."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commentary.cli.options import DataFormat, Quiet, StorePlace, command_app, example, length_of_time, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.cli.screen import Screen
    from commentary.records.alert import KeptAlert, Mute

app = command_app()
Feed = Annotated[str, typer.Option("--feed", metavar="NAME", help="The feed that is watched.")]
Numbers = Annotated[
    list[int], typer.Argument(metavar="NUMBER…", help="Alerts by number within the feed, as they are listed.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="TIME", help="Until this time; RFC 3339.")]
For = Annotated[str | None, typer.Option("--for", metavar="DURATION", help="For so long, such as 90m, 12h or 7d.")]
Asset = Annotated[str | None, typer.Option("--asset", metavar="TICKER", help="All of one asset.")]
Story = Annotated[str | None, typer.Option("--story", metavar="NAME", help="All of one kind of story.")]
EventKey = Annotated[str | None, typer.Option("--event", metavar="KEY", help="One event.")]


@app.callback(
    epilog=example(
        "commentary alerts list --feed desk",
        "commentary alerts seen 12 13 --feed desk",
        "commentary alerts snooze 14 --for 2h --feed desk",
        "commentary alerts mute --asset DOGE --for 7d --feed desk",
    )
)
def alerts() -> None:
    """Work through the alerts of a watch.

    An alert ranks by how newsworthy its asset is against its own history, times the score of its story. What is muted
    is drafted all the same, and no alert of it is offered. Alerts are numbered from 1 within their feed, as they came.
    """


@app.command("list", epilog=example("commentary alerts list --feed desk", "commentary alerts list --feed desk --all"))
def list_alerts(
    feed: Feed,
    place: StorePlace = None,
    all_: Annotated[bool, typer.Option("--all", help="Also those that were seen, snoozed or muted.")] = False,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Print the alerts that wait for a person, the highest rank first, each with why now."""
    from commentary.cli.output import dumps, emit, remark
    from commentary.cli.screen import Screen
    from commentary.store import Store
    from commentary.store.alerting import alerts as kept_alerts
    from commentary.store.alerting import mutes, waiting

    with Store(_place(place, feed)) as store:
        kept, muted = kept_alerts(store, feed), mutes(store, feed)
    shown = kept if all_ else waiting(kept, datetime.now(UTC), muted)
    if format == "json":
        emit(dumps({"feed": feed, "alerts": [_record(one) for one in shown], "mutes": [_muted(one) for one in muted]}))
        return
    screen = Screen.of_output()
    blocks = ["\n".join(_entry(one, screen)) for one in shown]
    emit("\n\n".join(blocks) if blocks else f"No alert of {feed} waits.")
    remark(*(_in_words(one) for one in muted), quiet=quiet or not muted)


@app.command(epilog=example("commentary alerts seen 12 13 --feed desk"))
def seen(numbers: Numbers, feed: Feed, place: StorePlace = None, quiet: Quiet = False) -> None:
    """Note that alerts were looked at; they are not listed again."""
    from commentary.cli.output import remark
    from commentary.store import Store
    from commentary.store.alerting import see

    with Store(_place(place, feed), writes=True) as store:
        see(store, feed, numbers)
    remark(f"seen: {_listed(numbers)}", quiet=quiet)


@app.command(epilog=example("commentary alerts snooze 14 --for 2h --feed desk"))
def snooze(
    numbers: Numbers, feed: Feed, for_: For = None, until: Until = None, place: StorePlace = None, quiet: Quiet = False
) -> None:
    """Put alerts to sleep; they are listed again afterwards."""
    from commentary.cli.output import remark
    from commentary.errors import BadInputError
    from commentary.store import Store
    from commentary.store.alerting import snooze as put_to_sleep

    end = _end(for_, until)
    if end is None:
        raise BadInputError("--for", None, "say for how long, such as 2h, or until when")
    with Store(_place(place, feed), writes=True) as store:
        put_to_sleep(store, feed, numbers, end)
    remark(f"asleep until {end:%Y-%m-%d %H:%M} UTC: {_listed(numbers)}", quiet=quiet)


@app.command(
    epilog=example(
        "commentary alerts mute --asset DOGE --for 7d --feed desk",
        "commentary alerts mute --story funding --feed desk",
        "commentary alerts mute --event BTC/forced/long/2026-11-25 --feed desk",
    )
)
def mute(
    feed: Feed,
    asset: Asset = None,
    story: Story = None,
    event: EventKey = None,
    for_: For = None,
    until: Until = None,
    place: StorePlace = None,
    quiet: Quiet = False,
) -> None:
    """Offer no more alerts of an asset, a story or an event; they are drafted all the same."""
    from commentary.cli.output import remark
    from commentary.store import Store
    from commentary.store.alerting import mute as keep_quiet

    one = _what(asset, story, event, _end(for_, until))
    with Store(_place(place, feed), writes=True) as store:
        keep_quiet(store, feed, one)
    remark(_in_words(one), quiet=quiet)


@app.command(epilog=example("commentary alerts unmute --asset DOGE --feed desk"))
def unmute(
    feed: Feed,
    asset: Asset = None,
    story: Story = None,
    event: EventKey = None,
    place: StorePlace = None,
    quiet: Quiet = False,
) -> None:
    """Offer alerts of an asset, a story or an event again."""
    from commentary.cli.output import remark
    from commentary.errors import BadInputError
    from commentary.store import Store
    from commentary.store.alerting import unmute as take_back

    one = _what(asset, story, event, None)
    with Store(_place(place, feed), writes=True) as store:
        if not take_back(store, feed, one):
            raise BadInputError(f"--{one.kind}", one.what, f"it is not muted in {feed}; commentary alerts list shows")
    remark(f"offered again: {one.kind} {one.what}", quiet=quiet)


def _place(named: str | None, feed: str) -> Path:
    """Return the store, which has to hold the feed.

    Raises:
        BadInputError: it does not.
    """
    from commentary.errors import BadInputError
    from commentary.store import Store, place_of

    path = place_of(named)
    with Store(path) as store:
        known = [name for name, _ in store.feeds()]
    if feed not in known:
        there = f"{path} holds {', '.join(known) or 'no feed'}"
        raise BadInputError("--feed", feed, f"{there}; commentary watch and draft --save make one with its first draft")
    return path


def _end(for_: str | None, until: str | None) -> datetime | None:
    """Return when something ends that begins now; None: it does not.

    Raises:
        BadInputError: both are given, or the end has passed.
    """
    from commentary.errors import BadInputError

    if for_ is not None and until is not None:
        raise BadInputError("--until", until, "leave it out: --for says when it ends")
    now = datetime.now(UTC)
    end = now + length_of_time(for_, "--for") if for_ is not None else moment(until, "--until")
    if end is not None and end <= now:
        raise BadInputError("--until", until, "it has passed; write a later time")
    return end


def _what(asset: str | None, story: str | None, event: str | None, until: datetime | None) -> "Mute":
    from commentary.errors import BadInputError
    from commentary.records.alert import Mute
    from commentary.stories import stories

    given = {"asset": asset, "story": story, "event": event}
    named = [(kind, value) for kind, value in given.items() if value is not None]
    if len(named) != 1:
        raise BadInputError("--asset", None, "name one: --asset, --story or --event")
    ((kind, what),) = named
    if kind == "story" and what not in stories:
        raise BadInputError("--story", what, f"write one of {', '.join(stories)}")
    return Mute.model_validate({"kind": kind, "what": what.upper() if kind == "asset" else what, "until": until})


def _entry(one: "KeptAlert", screen: "Screen") -> "Iterator[str]":
    """Yield an alert as a block of lines: its headline, and why now."""
    alert = one.alert
    state = "" if one.state == "new" else f", {one.state}"
    if one.snoozed_until is not None and one.state == "new":
        state = f", asleep until {one.snoozed_until:%Y-%m-%d %H:%M} UTC"
    told = f"{alert.kind.replace('_', ' ')}, {alert.asset} {alert.story}, {alert.as_of:%Y-%m-%d %H:%M} UTC{state}"
    yield from screen.sides(f"{one.number}  {alert.headline}", f"rank {alert.rank:.2f}")
    yield from screen.wrapped(screen.dim(told), "   ")
    for why in alert.why_now:
        yield from screen.wrapped(why, "   - ")
    if alert.item is not None:
        yield from screen.wrapped(screen.dim(f"commentary store show {alert.item} --feed {alert.feed}"), "   ")


def _record(one: "KeptAlert") -> dict[str, object]:
    fields = one.alert.model_dump()
    return {
        "number": one.number,
        "rank": one.alert.rank,
        "state": one.state,
        "snoozed_until": one.snoozed_until,
        **fields,
    }


def _muted(one: "Mute") -> dict[str, object]:
    return one.model_dump()


def _in_words(one: "Mute") -> str:
    end = f" until {one.until:%Y-%m-%d %H:%M} UTC" if one.until is not None else ""
    return f"muted{end}: {one.kind} {one.what}"


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
