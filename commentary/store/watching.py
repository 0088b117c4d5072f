"""How far a watch has come, in one transaction with what it drafts: a tick is done once its drafts are saved.

Whatever ends the program, it ends before that transaction or behind it. Before it the tick is not done, and is made
again; behind it, its drafts are part of the feed's history, by which nothing is told twice.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, func, insert, select

from commentary.records.alert import Alert, State
from commentary.records.canonical import dump, timestamp
from commentary.records.draft import Draft
from commentary.records.history import Outcome, PublishedItem
from commentary.records.values import Number, Time
from commentary.store import tables
from commentary.store.alerting import mutes_in
from commentary.store.saving import make_feed, save_in
from commentary.store.sqlite import Store, damaged

_NONE: Mapping[str, Decimal] = MappingProxyType({})
_TIME: TypeAdapter[datetime] = TypeAdapter(Time)
_FIGURES: TypeAdapter[dict[str, Decimal]] = TypeAdapter(dict[str, Number])


class Progress(NamedTuple):
    """How far a watch has come with one asset."""

    tick: datetime | None = None
    """The last one that is done; None: none yet."""
    held_since: datetime | None = None
    """The tick since which its data lacks a part that it had; None: it lacks none."""
    figures: Mapping[str, Decimal] = _NONE
    """Those of the last tick, by which it is seen whether an event still moves."""


class Kept(NamedTuple):
    """A draft that is to be saved."""

    draft: Draft
    item: PublishedItem
    outcomes: dict[tuple[str, int], Outcome]


def progress(store: Store, feed: str) -> dict[str, Progress]:
    """Return how far a watch of a feed has come, by asset.

    Raises:
        StoreError: a row of it is damaged.
    """
    table = tables.watched
    with store.reading() as connection:
        rows = connection.execute(select(table).where(table.c.feed == feed)).all()
        found = {}
        for row in rows:
            try:
                found[row.asset] = Progress(_time(row.tick), _time(row.held_since), _figures(row.figures))
            except ValueError as error:
                what = f"how far the watch of {feed} has come with {row.asset}"
                raise damaged(connection, what, error) from error
    return found


def note(store: Store, feed: str, made: Mapping[str, Progress]) -> None:
    """Write how far a watch has come with assets of which nothing is told."""
    if made:
        with store.writing() as connection:
            make_feed(connection, feed)
            for asset, one in made.items():
                _note(connection, feed, asset, one)


def keep(
    store: Store, feed: str, asset: str, done: Progress, kept: Iterable[Kept], alerts: Iterable[Alert]
) -> tuple[tuple[Alert, State], ...]:
    """Write what a tick tells of an asset, with that it is done, whole or not at all.

    Args:
        store: open to be written to.
        feed: the feed.
        asset: the asset.
        done: how far the watch has come with it.
        kept: its drafts.
        alerts: what a person is to be told of them; what is muted is kept as such.

    Returns:
        The alerts that are new, each with its state.

    Raises:
        ConflictError: an item of the same event was saved after the feed's history was read.
    """
    added: list[tuple[Alert, State]] = []
    with store.writing() as connection:
        make_feed(connection, feed)
        for one in kept:
            save_in(connection, one.draft, one.item, one.outcomes)
        muted = mutes_in(connection, feed)
        for alert in alerts:
            state: State = "muted" if any(mute.holds(alert) for mute in muted) else "new"
            if _add(connection, alert, state):
                added.append((alert, state))
        _note(connection, feed, asset, done)
    return tuple(added)


def stamp(store: Store, feed: str) -> tuple[object, ...]:
    """Return what changes whenever the history of a feed does: it is cheap to ask for, and its history is not."""
    item, condition = tables.item, tables.condition
    with store.reading() as connection:
        last = connection.execute(select(func.max(item.c.number)).where(item.c.feed == feed)).scalar()
        told = select(func.count()).where(condition.c.feed == feed, condition.c.outcome.is_not(None))
        return last, connection.execute(told).scalar()


def _note(connection: Connection, feed: str, asset: str, one: Progress) -> None:
    table = tables.watched
    # Deleted and written anew, which every database can.
    connection.execute(delete(table).where(table.c.feed == feed, table.c.asset == asset))
    connection.execute(
        insert(table).values(
            feed=feed,
            asset=asset,
            tick=timestamp(one.tick) if one.tick else None,
            held_since=timestamp(one.held_since) if one.held_since else None,
            figures=dump(dict(one.figures)) if one.figures else None,
        )
    )


def _add(connection: Connection, alert: Alert, state: State) -> bool:
    """Write an alert, and return whether it is new: of an event one conflict is told, and nothing else twice."""
    table = tables.alert
    same = [table.c.feed == alert.feed, table.c.event_key == alert.event_key, table.c.kind == alert.kind]
    if alert.kind != "conflict":
        same.append(table.c.as_of == timestamp(alert.as_of))
    if connection.execute(select(table.c.number).where(*same)).first() is not None:
        return False
    connection.execute(
        insert(table).values(
            feed=alert.feed,
            event_key=alert.event_key,
            kind=alert.kind,
            as_of=timestamp(alert.as_of),
            rank=float(alert.rank),
            state=state,
            document=alert.model_dump_json(),
        )
    )
    return True


def _time(written: str | None) -> datetime | None:
    return _TIME.validate_python(written) if written is not None else None


def _figures(written: str | None) -> Mapping[str, Decimal]:
    if written is None:
        return _NONE
    try:
        return _FIGURES.validate_python(json.loads(written, parse_float=Decimal, parse_int=Decimal))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
