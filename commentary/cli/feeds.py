"""What a draft may know of its feed: a store, a history file, or one draft before it."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from commentary.errors import BadInputError

if TYPE_CHECKING:
    from commentary.records.draft import Draft
    from commentary.records.history import History

_WITHOUT_STORE = "previous"
"""The feed of a draft that is remembered alone."""


class Asked(NamedTuple):
    """What the options say of the feed."""

    history: str | None = None
    feed: str | None = None
    store: str | None = None
    previous: str | None = None
    save: bool = False
    output: Path | None = None
    """Where the draft is written to, which may not be the store."""


class Feed(NamedTuple):
    """A feed, what it has published, and where it is kept."""

    name: str
    history: "History"
    store: Path | None
    """The store that a draft is saved to; None where it is not to be saved."""
    remark: str = ""
    """What the person at the terminal should know."""


def feed_of(asked: Asked) -> Feed | None:
    """Return the feed that a draft belongs to; None where nothing is remembered.

    Raises:
        CommentaryError: the options contradict each other, or what they name cannot be read.
    """
    _coherent(asked)
    if asked.previous is not None:
        return _after(asked.previous)
    if asked.history is not None and not _is_store(asked.history):
        return _from_file(asked.history, asked.feed)
    if asked.feed is None:
        return None
    from commentary.cli.output import is_same
    from commentary.records.history import History
    from commentary.store import Store, place_of

    feed = feed_name(asked.feed)
    path = place_of(asked.history or asked.store)
    if asked.output is not None and is_same(asked.output, path):
        raise BadInputError("--output", asked.output, f"it is the store of {feed}; name another file")
    kept = path if asked.save else None
    if asked.history is None and not path.exists():
        return Feed(feed, History.of(feed), kept, f"there is no store at {path} yet, so nothing of {feed} is known")
    with Store(path) as store:
        history = store.history(feed)
        known = [name for name, _ in store.feeds()]
    if not history.items and feed not in known and not asked.save:
        there = f"it holds {', '.join(known)}" if known else "it holds none"
        raise BadInputError("--feed", feed, f"{path} has no such feed; {there}")
    return Feed(feed, history, kept)


def keep(feed: Feed, draft: "Draft") -> str:
    """Save a draft in its feed, and return what to say of it.

    Raises:
        CommentaryError: it cannot be saved.
    """
    if feed.store is None:
        return ""
    if draft.checks is None or not draft.checks.ok:
        return f"not saved in {feed.name}: the check found errors in it"
    from commentary.pipeline.remembering import item_of, outcomes_of
    from commentary.store import Store, save

    with Store(feed.store, writes=True) as store:
        saved = save(store, draft, item_of(draft, feed.name), outcomes_of(draft))
    if not saved.is_new:
        return f"it is in {feed.name} already"
    tests = f", {saved.settled} of its tests settled" if saved.settled else ""
    return f"saved in {feed.name}, {feed.store}{tests}"


def _coherent(asked: Asked) -> None:
    if asked.previous is not None:
        others = {"--history": asked.history, "--feed": asked.feed, "--store": asked.store}
        for option, value in {**others, "--save": "given" if asked.save else None}.items():
            if value is not None:
                raise BadInputError(option, value, "leave it out: --previous names all that is remembered")
    if asked.save and asked.feed is None:
        raise BadInputError("--save", None, "name the feed that the draft belongs to, with --feed")
    if asked.store is not None and asked.feed is None:
        raise BadInputError("--store", asked.store, "name the feed in it, with --feed")
    if asked.history is not None and asked.store is not None:
        raise BadInputError("--store", asked.store, "leave it out: --history names what is read")
    if asked.history is not None and asked.save and not _is_store(asked.history):
        remedy = "a file is only read; leave it out, so that the store is read which the draft is saved to"
        raise BadInputError("--history", asked.history, remedy)
    if asked.history is not None and asked.feed is None and _is_store(asked.history):
        raise BadInputError("--feed", None, f"name the feed in {asked.history}; commentary store list lists them")


def _is_store(place: str) -> bool:
    if "://" in place:
        return True
    # The first bytes tell, so that a history is not taken for a store by its name.
    path = Path(place)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _after(place: str) -> Feed:
    from commentary.cli.inputs import draft_at
    from commentary.pipeline.remembering import item_of
    from commentary.records.history import History

    item = item_of(draft_at(place, "--previous"), _WITHOUT_STORE)
    return Feed(_WITHOUT_STORE, History.of(_WITHOUT_STORE, [item]), None)


def _from_file(place: str, feed: str | None) -> Feed:
    from commentary.cli.inputs import history_at

    history = history_at(place)
    if feed is not None and feed != history.feed:
        raise BadInputError("--feed", feed, f"{place} is the history of {history.feed}")
    return Feed(history.feed, history, None)


def feed_name(feed: str) -> str:
    """Return the name of a feed as it is kept.

    Raises:
        BadInputError: no feed can have it.
    """
    from pydantic_core import PydanticCustomError

    from commentary.records.values import plain_name

    try:
        return plain_name(feed)
    except PydanticCustomError as error:
        raise BadInputError("--feed", feed, str((error.context or {}).get("remedy"))) from error
