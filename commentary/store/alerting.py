"""What a watch offers a person: alerts, what became of them, and what is muted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, delete, insert, select, update

from commentary.errors import BadInputError
from commentary.records.alert import Alert, KeptAlert, Mute
from commentary.records.canonical import timestamp
from commentary.store import tables
from commentary.store.saving import make_feed
from commentary.store.sqlite import Store, damaged, read_document


def alerts(store: Store, feed: str) -> tuple[KeptAlert, ...]:
    """Return the alerts of a feed, whatever became of them, the highest rank first, the newest of those that tie.

    They are numbered from 1 within their feed, in the order in which they came.

    Raises:
        StoreError: one of them is damaged.
    """
    table = tables.alert
    with store.reading() as connection:
        rows = connection.execute(select(table).where(table.c.feed == feed).order_by(table.c.number)).all()
        found = [(row.rank, _kept(connection, number, row)) for number, row in enumerate(rows, 1)]
    ordered = sorted(found, key=lambda one: (one[0], one[1].alert.as_of, one[1].number), reverse=True)
    return tuple(kept for _, kept in ordered)


def waiting(kept: Iterable[KeptAlert], now: datetime, muted: Iterable[Mute] = ()) -> tuple[KeptAlert, ...]:
    """Return the alerts that a person is to look at now: new, not asleep, and of nothing that is muted now."""
    quiet = [mute for mute in muted if mute.until is None or now < mute.until]
    awake = (one for one in kept if one.state == "new" and (one.snoozed_until is None or one.snoozed_until <= now))
    return tuple(one for one in awake if not any(mute.holds(one.alert) for mute in quiet))


def see(store: Store, feed: str, numbers: Iterable[int]) -> None:
    """Write that a person has seen alerts.

    Raises:
        BadInputError: the feed has no such alert; nothing is written.
    """
    _change(store, feed, numbers, state="seen")


def snooze(store: Store, feed: str, numbers: Iterable[int], until: datetime) -> None:
    """Put alerts to sleep: they are offered again from a time on, seen or not.

    Raises:
        BadInputError: the feed has no such alert; nothing is written.
    """
    _change(store, feed, numbers, state="new", snoozed_until=timestamp(until))


def mute(store: Store, feed: str, one: Mute) -> None:
    """Offer no more alerts of an asset, a story or an event; what was muted before is muted until the new time."""
    table = tables.mute
    with store.writing() as connection:
        make_feed(connection, feed)
        _unmute(connection, feed, one)
        until = timestamp(one.until) if one.until else None
        connection.execute(insert(table).values(feed=feed, kind=one.kind, what=one.what, until=until))


def unmute(store: Store, feed: str, one: Mute) -> bool:
    """Offer alerts of something again, and return whether it was muted."""
    with store.writing() as connection:
        return _unmute(connection, feed, one)


def mutes(store: Store, feed: str) -> tuple[Mute, ...]:
    """Return what is muted in a feed, by kind and name."""
    with store.reading() as connection:
        return mutes_in(connection, feed)


def mutes_in(connection: Connection, feed: str) -> tuple[Mute, ...]:
    """Return what is muted in a feed, within a transaction."""
    table = tables.mute
    rows = connection.execute(select(table).where(table.c.feed == feed).order_by(table.c.kind, table.c.what)).all()
    found = []
    for row in rows:
        try:
            found.append(Mute(kind=row.kind, what=row.what, until=row.until))
        except ValidationError as error:
            raise damaged(connection, f"what is muted of {row.kind} {row.what} in {feed}", error) from error
    return tuple(found)


def _kept(connection: Connection, number: int, row: Row[Any]) -> KeptAlert:
    what = f"the alert {number} of {row.feed}"
    alert = read_document(connection, Alert, row.document, what)
    if alert.feed != row.feed:
        raise damaged(connection, what, f"it says that it is of {alert.feed}")
    fields = {"number": number, "alert": alert, "state": row.state, "snoozed_until": row.snoozed_until}
    try:
        return KeptAlert.model_validate(fields)
    except ValidationError as error:
        raise damaged(connection, what, error) from error


def _unmute(connection: Connection, feed: str, one: Mute) -> bool:
    table = tables.mute
    mine = (table.c.feed == feed, table.c.kind == one.kind, table.c.what == one.what)
    return bool(connection.execute(delete(table).where(*mine)).rowcount)


def _change(store: Store, feed: str, numbers: Iterable[int], **values: str) -> None:
    table = tables.alert
    with store.writing() as connection:
        mine = select(table.c.number).where(table.c.feed == feed).order_by(table.c.number)
        keys = connection.execute(mine).scalars().all()
        for number in numbers:
            if not 1 <= number <= len(keys):
                raise BadInputError("ALERT", number, f"{feed} has no such alert; commentary alerts list shows them")
            connection.execute(update(table).where(table.c.number == keys[number - 1]).values(**values))
