"""One SQLite file: opened to read without ever being made or changed, or to write, by one process at a time.

A writer takes the file's lock when it begins (BEGIN IMMEDIATE): whoever finds it taken waits, and a write that is
begun is never refused half way. WAL lets readers go on meanwhile. Whose file it is, its application_id says.

A reader opens the file as a writer does and forbids itself to write (query_only): else, if it is the last to close it,
the log and its index would stay beside it (sqlite.org/wal.html, read 2026-11-30).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from commentary.errors import BadInputError, CommentaryError, ConflictError
from commentary.plain_files import SpecialFileError, refuse_special
from commentary.records.fact_file import Record
from commentary.records.history import History, Outcome, PublishedItem
from commentary.store import tables

R = TypeVar("R", bound=Record)

APPLICATION_ID = 0x436D7479
"""“Cmty”: what tells our files from those of other programs."""
WAIT_SECONDS = 5.0
_MIGRATIONS = Path(__file__).parent / "migrations"
_MAGIC = b"SQLite format 3\0"


class StoreError(CommentaryError):
    """The store cannot be used as it is."""


class BusyError(ConflictError):
    """Another process is writing to the store and does not end."""


def is_store(path: Path) -> bool:
    """Say whether a file is an SQLite database, by how it begins."""
    try:
        refuse_special(path)
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


class Store:
    """The store of a file.

    Args:
        path: the file.
        writes: open it to be written to: it is made where it is missing, and brought to the newest form.
        wait_seconds: how long to wait for another process that is writing.

    Raises:
        BadInputError: there is no such file to read.
        StoreError: it is none of ours, broken, of a newer version, or in a place that cannot be written to.
        BusyError: another process does not stop writing to it.
    """

    def __init__(self, path: Path, *, writes: bool = False, wait_seconds: float = WAIT_SECONDS) -> None:
        self._path = path
        self._writes = writes
        try:
            refuse_special(path)
        except SpecialFileError as error:
            raise StoreError(f"{path}: {error.strerror}; name another") from error
        except OSError:
            pass  # what keeps us from looking is told when the file is opened
        self._engine = _engine(path, writes=writes, wait_seconds=wait_seconds)
        if writes:
            self._prepare()
        elif not path.is_file():
            raise BadInputError("--store", path, "there is no such file; commentary draft --save makes it")
        else:
            with self.reading() as connection:
                self._hold(connection, _version(connection))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that reads: one state of the store, whatever is written meanwhile."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes, alone; an error in it leaves the store as it was."""
        with self._told(), self._engine.begin() as connection:
            yield connection

    def feeds(self) -> tuple[tuple[str, int], ...]:
        """Return the feeds by name, each with its number of items."""
        with self.reading() as connection:
            named = connection.execute(select(tables.feed.c.name).order_by(tables.feed.c.name)).scalars().all()
            held = connection.execute(select(tables.item.c.feed)).scalars().all()
        return tuple((name, held.count(name)) for name in named)

    def history(self, feed: str) -> History:
        """Return what was published in a feed; nothing of one that is not there yet."""
        with self.reading() as connection:
            return history_in(connection, feed)

    # Opening -------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Make the file where it is missing, and bring it to the newest form, in one transaction."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = f"its folder cannot be made ({error.strerror})"
            raise StoreError(f"{self._path}: {why}; name another file") from error
        with self.writing() as connection:
            version = _version(connection)
            if version is None and not _is_empty(connection):
                raise StoreError(f"{self._path}: it is the database of another program; name another file")
            if version is not None:
                self._hold(connection, version, older=True)
            else:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            if version != _head():
                config = Config()
                config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            # A file that may only be read is opened all the same, and BEGIN IMMEDIATE is then a transaction that reads:
            # a statement that would change nothing tells it now, and not when there is something to save.
            connection.execute(text("DELETE FROM alembic_version WHERE 0"))

    def _hold(self, connection: Connection, version: str | None, *, older: bool = False) -> None:
        """Refuse what is no store of a form that we know."""
        if version is None or connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
            raise StoreError(f"{self._path}: it is the database of another program; name another file")
        if version not in _versions():
            raise StoreError(f"{self._path}: a newer version of commentary wrote it; update commentary to use it")
        if version != _head() and not older:
            raise StoreError(f"{self._path}: an older version of commentary wrote it; the next draft --save renews it")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database says into a sentence."""
        try:
            yield
        except DBAPIError as error:
            raise _told(self._path, error.orig, writes=self._writes) from error
        except sqlite3.Error as error:
            raise _told(self._path, error, writes=self._writes) from error


def history_in(connection: Connection, feed: str) -> History:
    """Return what was published in a feed, with what became of its tests.

    Raises:
        StoreError: an item of it cannot be read.
    """
    item, condition = tables.item, tables.condition
    documents = connection.execute(
        select(item.c.id, item.c.document).where(item.c.feed == feed).order_by(item.c.number)
    ).all()
    found = connection.execute(
        select(condition.c.item, condition.c.number, condition.c.outcome).where(
            condition.c.feed == feed, condition.c.outcome.is_not(None)
        )
    ).all()
    outcomes = {
        (row.item, row.number): read_document(
            connection, Outcome, row.outcome, f"what became of test {row.number + 1} of {row.item}"
        )
        for row in found
    }
    items = []
    for row in documents:
        one = read_document(connection, PublishedItem, row.document, f"the item {row.id}")
        if (one.id, one.feed) != (row.id, feed):
            raise damaged(connection, f"the item {row.id}", f"it says that it is {one.id} of {one.feed}")
        items.append(_with(one, outcomes))
    return History.of(feed, items)


def read_document(connection: Connection, kind: type[R], document: object, what: str) -> R:
    """Return a record from its stored form.

    Raises:
        StoreError: it is damaged; the message says which, and what to do.
    """
    if not isinstance(document, str):
        raise damaged(connection, what, "it is no text")
    try:
        return kind.model_validate_json(document)
    except ValidationError as error:
        raise damaged(connection, what, error) from error


def damaged(connection: Connection, what: str, why: str | Exception) -> StoreError:
    """Return that something in the store is not as it was written.

    Args:
        connection: to the store.
        what: the row, in words: "the alert 3 of desk".
        why: what is wrong with it, or the error of what read it.
    """
    if isinstance(why, ValidationError):
        first = why.errors(include_url=False, include_input=False)[0]
        place = "/".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        why = f"{place}: {said[:1].lower()}{said[1:]}" if place else f"{said[:1].lower()}{said[1:]}"
    path = connection.exec_driver_sql("PRAGMA database_list").first()
    remedy = "put a copy of the store in its place, or name another file and begin the feed anew"
    # What is damaged may hold anything, also what a terminal obeys.
    told = "".join(one if one.isprintable() else "?" for one in f"{what} is damaged ({why})")
    return StoreError(f"{path[2] if path else 'the store'}: {told}; {remedy}")


def _with(item: PublishedItem, outcomes: dict[tuple[str, int], Outcome]) -> PublishedItem:
    conditions = tuple(
        one.model_copy(update={"outcome": outcomes[item.id, i]}) if (item.id, i) in outcomes else one
        for i, one in enumerate(item.conditions)
    )
    return item.model_copy(update={"conditions": conditions})


def _engine(path: Path, *, writes: bool, wait_seconds: float) -> Engine:
    mode = "rwc" if writes else "rw"

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait_seconds, isolation_level=None
        )
        try:
            made.execute("PRAGMA foreign_keys = ON")
            if writes:
                made.execute("PRAGMA journal_mode = WAL")
                made.execute("PRAGMA synchronous = NORMAL")
            else:
                made.execute("PRAGMA query_only = ON")
        except sqlite3.Error:
            made.close()
            raise
        return made

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _version(connection: Connection) -> str | None:
    """Return which step of the migrations a store has reached; None where it has no tables of ours."""
    named = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).scalar()
    if named is None:
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def _is_empty(connection: Connection) -> bool:
    return connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0


def _versions() -> frozenset[str]:
    return frozenset(one.revision for one in ScriptDirectory(str(_MIGRATIONS)).walk_revisions())


def _head() -> str | None:
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head()


def _told(path: Path, error: BaseException | None, *, writes: bool) -> CommentaryError:
    """Return what went wrong in the database, and what to do, as an error that is shown."""
    said = str(error or "it cannot be used")
    if "locked" in said or "busy" in said:
        return BusyError(f"{path}: another process is writing to it and has not ended; try again")
    if any(
        words in said for words in ("not a database", "malformed", "file is encrypted", "no such table", "no such col")
    ):
        return StoreError(f"{path}: it is no store, or broken ({said}); name another file, or put a copy in its place")
    if "readonly" in said or "read-only" in said:
        return StoreError(f"{path}: it may not be written to; change who may, or name another file")
    if "unable to open" in said:
        what = "made or written to" if writes else "read"
        with suppress(OSError):
            if path.is_dir():
                return StoreError(f"{path}: it is a folder; name a file in it")
        return StoreError(f"{path}: it cannot be {what} here; name another file")
    if "full" in said:
        return StoreError(f"{path}: there is no room left to write to it; make some and try again")
    if "disk I/O" in said:
        return StoreError(f"{path}: it cannot be read or written ({said}); see that the disk is whole and has room")
    return StoreError(f"{path}: the database refuses ({said}); name another file, or put a copy in its place")
