"""The drafts that a feed holds, by the number under which each was saved."""

from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError
from sqlalchemy import select

from commentary.errors import BadInputError
from commentary.records.draft import Draft
from commentary.records.history import PublishedItem
from commentary.store import tables
from commentary.store.sqlite import Store, StoreError


class Headline(NamedTuple):
    """A saved draft in a list."""

    number: int
    id: str
    as_of: datetime
    headline: str


def headlines(store: Store, feed: str) -> tuple[Headline, ...]:
    """Return what a feed holds, in the order in which it was saved."""
    item = tables.item
    with store.reading() as connection:
        rows = connection.execute(
            select(item.c.number, item.c.id, item.c.document).where(item.c.feed == feed).order_by(item.c.number)
        ).all()
    read = ((row.number, row.id, PublishedItem.model_validate_json(row.document)) for row in rows)
    return tuple(Headline(number, key, one.as_of, one.headline) for number, key, one in read)


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
        rows = connection.execute(select(item.c.number, item.c.id, item.c.draft).where(item.c.feed == feed)).all()
    found = next((row for row in rows if wanted in (str(row.number), row.id)), None)
    if found is None:
        remedy = f"{feed} has no such draft; commentary store show --feed {feed} lists what it has"
        raise BadInputError("DRAFT", wanted, remedy)
    try:
        return Draft.model_validate_json(found.draft)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why = f"the draft {found.id} is damaged ({first['msg']})"
        raise StoreError(f"{store.path}: {why}; restore the store from a copy") from error
