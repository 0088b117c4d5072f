"""A store that cannot be used is told in one sentence with what to do; what was written is whole or not there."""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from commentary.errors import BadInputError, CommentaryError, ConflictError
from commentary.store import Store, default_path, is_store, place_of
from commentary.store.sqlite import APPLICATION_ID, StoreError
from tests.unprivileged import folder_of_anybody, unprivileged


def told(error):
    """The sentence, which names the file and what to do."""
    message = str(error.value)
    assert "\n" not in message
    return message


def raw(path, *statements):
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_reading_makes_no_store(path):
    with pytest.raises(BadInputError) as error:
        Store(path)
    assert "draft --save makes it" in told(error)
    assert not path.exists()


def test_a_store_is_made_with_its_folder(tmp_path):
    path = tmp_path / "a" / "b" / "desk.sqlite"
    with Store(path, writes=True) as store:
        assert store.feeds() == ()
    assert is_store(path)


def test_its_tables_are_strict_its_journal_is_wal_and_it_is_ours(path):
    Store(path, writes=True)
    connection = sqlite3.connect(path)
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    assert {name: sql.rstrip().endswith("STRICT") for name, sql in made.items() if name != "alembic_version"} == {
        "feed": True,
        "event": True,
        "item": True,
        "condition": True,
        "watched": True,
        "alert": True,
        "mute": True,
    }
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    connection.close()


@pytest.mark.parametrize("content", [b"not a database, but long enough to be read as the head of one " * 20, b"short"])
@pytest.mark.parametrize("writes", [True, False])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path, content, writes):
    path.write_bytes(content)
    with pytest.raises(StoreError) as error:
        Store(path, writes=writes)
    assert str(path) in told(error)
    assert path.read_bytes() == content


@pytest.mark.parametrize("writes", [True, False])
def test_another_programs_database_is_refused_and_left_alone(path, writes):
    raw(path, "CREATE TABLE accounts (name TEXT)")
    with pytest.raises(StoreError) as error:
        Store(path, writes=writes)
    assert "another program" in told(error)
    raw(path, "INSERT INTO accounts VALUES ('kept')")


@pytest.mark.parametrize("writes", [True, False])
def test_a_newer_form_is_refused(path, writes):
    Store(path, writes=True)
    raw(path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as error:
        Store(path, writes=writes)
    assert "newer version" in told(error)


def test_a_broken_file_is_told(path, make, keep):
    for number in range(3):
        keep(make(number))
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 8] = b"\xff" * 4096 * 7
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError) as error:
        Store(path).history("desk")
    assert "put a copy in its place" in told(error)


def test_a_folder_in_place_of_a_file_is_told(tmp_path):
    with pytest.raises(CommentaryError) as error:
        Store(tmp_path, writes=True)
    assert str(tmp_path) in told(error)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as error:
        Store(tmp_path / "file" / "desk.sqlite", writes=True)
    assert "folder cannot be made" in told(error)


def test_a_folder_that_may_not_be_written_to_is_told():
    with folder_of_anybody() as folder:
        folder.chmod(0o555)
        with unprivileged(), pytest.raises(StoreError) as error:
            Store(folder / "desk.sqlite", writes=True)
    assert "name another file" in told(error)


@pytest.mark.parametrize("rights", [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_a_store_that_may_only_be_read_is_refused_to_who_would_write(rights):
    of_file, of_folder = rights
    with folder_of_anybody() as folder:
        path = folder / "desk.sqlite"
        Store(path, writes=True)
        path.chmod(of_file)
        folder.chmod(of_folder)
        with unprivileged(), pytest.raises(StoreError) as error:
            Store(path, writes=True)
    assert str(path) in told(error)
    assert "name another file" in told(error)


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of a POSIX system")
def test_a_disk_that_has_no_room_is_told(path):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    try:
        with pytest.raises(StoreError) as error:
            Store(path, writes=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "room" in told(error)


def test_a_table_that_is_missing_is_told(path):
    Store(path, writes=True)
    raw(path, "DROP TABLE item")
    with pytest.raises(StoreError) as error:
        Store(path).history("desk")
    assert "it is no store, or broken (no such table: item); name another file" in told(error)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("writes", [True, False])
def test_what_is_no_file_is_refused_and_not_waited_for(path, writes):
    os.mkfifo(path)
    with pytest.raises(StoreError) as error:
        Store(path, writes=writes)
    assert told(error) == f"{path}: it is a pipe and no file; name another"


def test_reading_leaves_nothing_beside_the_store_and_changes_nothing(path, make, keep):
    keep(make())
    before = path.read_bytes()
    with Store(path) as store:
        assert len(store.history("desk").items) == 1
        with pytest.raises(StoreError), store.reading() as connection:
            connection.exec_driver_sql("DELETE FROM item")
    assert [one.name for one in path.parent.iterdir()] == ["desk.sqlite"]
    assert path.read_bytes() == before


def test_a_locked_store_is_a_conflict_for_who_writes_and_none_for_who_reads(path, make, keep):
    keep(make())
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(ConflictError) as error:
            Store(path, writes=True, wait_seconds=0.05)
        assert "try again" in told(error)
        with Store(path) as store:
            assert len(store.history("desk").items) == 1
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    keep(make(1))


def test_a_reader_sees_one_state_while_others_write(path, make, keep):
    keep(make())
    with Store(path) as store, store.reading() as connection:
        from commentary.store.sqlite import history_in

        first = history_in(connection, "desk")
        keep(make(1))
        assert history_in(connection, "desk") == first
    with Store(path) as store:
        assert len(store.history("desk").items) == 2


CRASH = """
    import os, pathlib, sys
    from commentary.store import Store
    from sqlalchemy import insert
    from commentary.store import tables
    with Store(pathlib.Path(sys.argv[1]), writes=True) as store, store.writing() as connection:
        connection.execute(insert(tables.feed).values(name="half"))
        os._exit(9)
"""


def test_a_process_that_dies_while_writing_leaves_what_was_there(path, make, keep, history):
    keep(make())
    before = history().sha256
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(CRASH), str(path)], check=False)
    assert done.returncode == 9
    with Store(path) as store:
        assert [name for name, _ in store.feeds()] == ["desk"]
    assert history().sha256 == before
    keep(make(1))
    assert len(history().items) == 2


def test_an_error_while_writing_leaves_what_was_there(path, make, keep):
    keep(make())

    class StopError(Exception):
        pass

    def stopped(store):
        with store.writing() as connection:
            connection.exec_driver_sql("INSERT INTO feed VALUES ('half')")
            raise StopError

    with Store(path, writes=True) as store:
        with pytest.raises(StopError):
            stopped(store)
        assert [name for name, _ in store.feeds()] == ["desk"]


def test_a_copy_without_its_journal_is_read(tmp_path, path, make, keep):
    keep(make())
    copied = tmp_path / "copies" / "desk.sqlite"
    copied.parent.mkdir()
    shutil.copy(path, copied)
    with Store(copied) as store:
        assert [name for name, _ in store.feeds()] == ["desk"]


def test_where_the_store_is(monkeypatch, tmp_path):
    monkeypatch.delenv("COMMENTARY_STORE", raising=False)
    assert place_of(None) == default_path()
    monkeypatch.setenv("COMMENTARY_STORE", str(tmp_path / "env.sqlite"))
    assert place_of(None) == tmp_path / "env.sqlite"
    assert place_of("named.sqlite") == Path("named.sqlite")


@pytest.mark.parametrize(
    "place", ["postgresql://desk@host/commentary", "postgresql+psycopg://host/x", "postgres://h/d"]
)
def test_a_server_is_not_used_yet_and_it_says_so(place):
    with pytest.raises(BadInputError) as error:
        place_of(place)
    assert "PostgreSQL" in told(error)
    assert "name a file" in told(error)


def test_any_other_address_is_refused():
    with pytest.raises(BadInputError, match="name a file"):
        place_of("mysql://host/x")


@pytest.mark.parametrize("document", ["", "{}", "[]", '{"id": 1}', "\0"])
def test_an_item_that_is_damaged_is_told_with_its_store(path, keep, make, document):
    keep(make(0))
    raw(path, f"UPDATE item SET document = '{document}'" if document != "\0" else "UPDATE item SET document = char(0)")
    with Store(path) as store, pytest.raises(StoreError) as error:
        store.history("desk")
    message = told(error)
    assert "desk.sqlite: the item 0000000000000000 is damaged" in message
    assert "put a copy of the store in its place" in message


def test_an_item_in_the_place_of_another_is_told(path, keep, make):
    keep(make(0))
    keep(make(1))
    raw(path, "UPDATE item SET document = (SELECT document FROM item WHERE id LIKE '%1') WHERE id LIKE '%0'")
    with Store(path) as store, pytest.raises(StoreError) as error:
        store.history("desk")
    assert "it says that it is 0000000000000001 of desk" in told(error)


def test_an_outcome_that_is_damaged_is_told(path, keep, make):
    keep(make(0))
    raw(path, "INSERT INTO condition VALUES ('desk', '0000000000000000', 0, 'oi_delta_coin', '2026-11-25', '{')")
    with Store(path) as store, pytest.raises(StoreError) as error:
        store.history("desk")
    assert "what became of test 1 of 0000000000000000 is damaged" in told(error)
