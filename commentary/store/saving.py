"""A draft goes into the store, whole or not at all, and once: the second time nothing is changed."""

from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from commentary.errors import BadInputError, ConflictError
from commentary.records.canonical import timestamp
from commentary.records.draft import Draft
from commentary.records.hashes import is_sealed
from commentary.records.history import Outcome, PublishedItem
from commentary.store import tables
from commentary.store.sqlite import Store, history_in

OPEN, SETTLED = "open", "settled"


class Saved(NamedTuple):
    """What became of a draft that was to be saved."""

    is_new: bool
    """It was not there before."""
    settled: int
    """Tests of the feed that it settles."""


def save(store: Store, draft: Draft, item: PublishedItem, outcomes: dict[tuple[str, int], Outcome]) -> Saved:
    """Write a draft into its feed.

    Args:
        store: open to be written to.
        draft: sealed, and without an error.
        item: what the feed remembers of it.
        outcomes: by the id of an item and the place of its test, what the draft says became of it.

    Raises:
        BadInputError: the draft has errors, or was changed after it was made.
        ConflictError: an item of its event was saved after its history was read.
    """
    with store.writing() as connection:
        return save_in(connection, draft, item, outcomes)


def save_in(
    connection: Connection, draft: Draft, item: PublishedItem, outcomes: dict[tuple[str, int], Outcome]
) -> Saved:
    """Write a draft into its feed as a part of a transaction that writes, as `save` does.

    Raises:
        BadInputError: the draft has errors, or was changed after it was made.
        ConflictError: an item of its event was saved after its history was read.
    """
    if not is_sealed(draft):
        raise BadInputError("DRAFT", draft.id, "it was changed after it was made; make it again")
    if draft.checks is None or not draft.checks.ok:
        raise BadInputError("DRAFT", draft.id, "its check found errors; only what passes is saved")
    table = tables.item
    known = connection.execute(select(table.c.number).where(table.c.feed == item.feed, table.c.id == item.id))
    if known.first() is not None:
        return Saved(is_new=False, settled=0)
    _hold(connection, item, draft)
    _write(connection, draft, item)
    settled = sum(_settle(connection, item.feed, place, one) for place, one in outcomes.items())
    if settled:
        event = tables.event
        mine = (event.c.feed == item.feed, event.c.key == item.event_key)
        connection.execute(update(event).where(*mine).values(state=SETTLED))
    return Saved(is_new=True, settled=settled)


def make_feed(connection: Connection, name: str) -> None:
    """Make a feed where it is missing."""
    names = connection.execute(select(tables.feed.c.name).where(tables.feed.c.name == name))
    if names.first() is None:
        connection.execute(insert(tables.feed).values(name=name))


def _hold(connection: Connection, item: PublishedItem, draft: Draft) -> None:
    """Refuse a draft whose event was told by another since its history was read.

    Raises:
        ConflictError: it was.
    """
    if draft.history_sha256 is None:
        return
    history = history_in(connection, item.feed)
    if history.before(draft.generated_at, item.inputs).sha256 == draft.history_sha256:
        return
    others = [one for one in history.items if one.event_key == item.event_key and one.inputs != item.inputs]
    known = {str(record.value) for record in draft.facts if record.subject.metric == "told_at"}
    if others and timestamp(others[-1].as_of) not in known:
        remedy = "draft it again, so that it knows of that"
        raise ConflictError(f"“{others[-1].headline}” was saved of the same event meanwhile; {remedy}")


def _write(connection: Connection, draft: Draft, item: PublishedItem) -> None:
    make_feed(connection, item.feed)
    event = tables.event
    mine = (event.c.feed == item.feed, event.c.key == item.event_key)
    if connection.execute(select(event.c.key).where(*mine)).first() is None:
        started = timestamp(item.as_of)
        connection.execute(insert(event).values(feed=item.feed, key=item.event_key, state=OPEN, started=started))
    connection.execute(
        insert(tables.item).values(
            feed=item.feed,
            id=item.id,
            event_key=item.event_key,
            story=item.story,
            as_of=timestamp(item.as_of),
            generated_at=timestamp(item.generated_at),
            document=item.model_dump_json(),
            draft=draft.model_dump_json(),
        )
    )
    for i, one in enumerate(item.conditions):
        connection.execute(
            insert(tables.condition).values(
                feed=item.feed, item=item.id, number=i, metric=one.metric, deadline=timestamp(one.deadline)
            )
        )


def _settle(connection: Connection, feed: str, place: tuple[str, int], outcome: Outcome) -> int:
    """Write what became of a test, unless it is known already; return whether it was written."""
    table = tables.condition
    mine = (table.c.feed == feed, table.c.item == place[0], table.c.number == place[1], table.c.outcome.is_(None))
    return connection.execute(update(table).where(*mine).values(outcome=outcome.model_dump_json())).rowcount
