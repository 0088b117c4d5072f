"""The drafts that a feed holds, numbered from 1 within it, in the order in which they were saved."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from commentary.errors import BadInputError
from commentary.records.draft import Draft
from commentary.records.history import PublishedItem
from commentary.store import tables
from commentary.store.sqlite import Store, read_document


class Headline(NamedTuple):
    """A saved draft in a list."""

    number: int
    id: str
    as_of: datetime
    headline: str


def headlines(store: Store, feed: str) -> tuple[Headline, ...]:
    """Return what a feed holds, in the order in which it was saved.

    Raises:
        StoreError: an item of it is damaged.
    """
    item = tables.item
    with store.reading() as connection:
        mine = select(item.c.id, item.c.document).where(item.c.feed == feed).order_by(item.c.number)
        rows = connection.execute(mine).all()
        read = [(row.id, read_document(connection, PublishedItem, row.document, f"the item {row.id}")) for row in rows]
    return tuple(Headline(number, key, one.as_of, one.headline) for number, (key, one) in enumerate(read, 1))


def draft_of(store: Store, feed: str, wanted: str) -> Draft:
    """Return a saved draft.

    Args:
        store: open to be read.
        feed: the feed.
        wanted: its number or its id.

    Raises:
        BadInputError: the feed holds no such draft.
        StoreError: it is damaged.
    """
    item = tables.item
    with store.reading() as connection:
        mine = select(item.c.id, item.c.draft).where(item.c.feed == feed).order_by(item.c.number)
        rows = connection.execute(mine).all()
        found = next((row for number, row in enumerate(rows, 1) if wanted in (str(number), row.id)), None)
        if found is None:
            remedy = f"{feed} has no such draft; commentary store show --feed {feed} lists what it has"
            raise BadInputError("DRAFT", wanted, remedy)
        return read_document(connection, Draft, found.draft, f"the draft {found.id}")
