"""One watch on a feed: a second is refused and told by whom, and a killed one leaves no lock."""

import os
import signal
import subprocess
import sys

import pytest

from commentary.errors import BadInputError, ConflictError
from commentary.store import locking, only_watch
from commentary.store.locking import lock_path

HOLD = """
import sys, time
from pathlib import Path
from commentary.store import locking, only_watch
with only_watch(Path(sys.argv[1]), "desk"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_watch_is_refused_and_told_who_holds_it(path):
    with only_watch(path, "desk"):
        with pytest.raises(ConflictError, match=rf"desk is watched already, by process {os.getpid()} on \S+ since 20"):
            only_watch(path, "desk").__enter__()
        with only_watch(path, "other"), only_watch(path.with_name("else.sqlite"), "desk"):
            pass
    with only_watch(path, "desk"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended otherwise there")
def test_a_killed_watch_leaves_no_lock(path):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ConflictError, match=f"by process {process.pid} "):
            only_watch(path, "desk").__enter__()
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with only_watch(path, "desk"):
        pass


def test_a_watch_that_ends_leaves_no_lock_file(path):
    with only_watch(path, "desk") as lock:
        assert lock.exists()
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="an open file is not removed there")
def test_who_gets_the_lock_of_a_file_that_was_removed_meanwhile_begins_again(path, monkeypatch):
    """The file is opened, and before it is locked the watch that held it ends, and another one begins."""
    lock, ways = locking._lock, []

    def late(file):
        ways.append(file)
        if len(ways) == 1:
            lock_path(path, "desk").unlink()
        if len(ways) == 2:
            lock_path(path, "desk").unlink()
            lock_path(path, "desk").touch()
        return lock(file)

    monkeypatch.setattr(locking, "_lock", late)
    with only_watch(path, "desk") as held:
        monkeypatch.setattr(locking, "_lock", lock)
        assert len(ways) == 3
        assert os.path.samestat(held.stat(), os.fstat(ways[-1].fileno()))
        with pytest.raises(ConflictError):
            only_watch(path, "desk").__enter__()


def test_a_link_to_the_store_is_the_store(path):
    path.touch()
    link = path.parent / "links" / "link.sqlite"
    link.parent.mkdir()
    link.symlink_to(path)
    with only_watch(link, "desk"):
        for other in (path, link, link.parent / ".." / path.name):
            with pytest.raises(ConflictError):
                only_watch(other, "desk").__enter__()


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of a POSIX system")
def test_a_lock_that_finds_no_room_is_told_in_one_sentence(path):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(BadInputError) as error:
            only_watch(path, "desk").__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    # A long path is told in short, and that of the lock in full.
    assert str(error.value).startswith("--store: ")
    assert f"cannot be used; {lock_path(path, 'desk')} cannot be written" in str(error.value)
    with only_watch(path, "desk"):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_place_of_the_lock_is_refused_and_not_waited_for(path):
    os.mkfifo(lock_path(path, "desk"))
    with pytest.raises(BadInputError, match="it is a pipe and no file"):
        only_watch(path, "desk").__enter__()


def test_feeds_whose_names_differ_in_signs_only_have_two_locks(path):
    names = [lock_path(path, feed).name for feed in ("a b", "a/b", "a-b")]
    assert len(set(names)) == 3
    assert all(name.startswith("desk.sqlite.watch-a-b") and "/" not in name for name in names)


def test_a_lock_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadInputError, match="cannot be written"):
        only_watch(tmp_path / "file" / "desk.sqlite", "desk").__enter__()
