"""One watch on a feed: a second is refused and told by whom, and a killed one leaves no lock."""

import os
import signal
import subprocess
import sys

import pytest

from commentary.errors import BadInputError, ConflictError
from commentary.store import only_watch
from commentary.store.locking import lock_path

HOLD = """
import sys, time
from pathlib import Path
from commentary.store import only_watch
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


def test_feeds_whose_names_differ_in_signs_only_have_two_locks(path):
    names = [lock_path(path, feed).name for feed in ("a b", "a/b", "a-b")]
    assert len(set(names)) == 3
    assert all(name.startswith("desk.sqlite.watch-a-b") and "/" not in name for name in names)


def test_a_lock_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadInputError, match="cannot be written"):
        only_watch(tmp_path / "file" / "desk.sqlite", "desk").__enter__()
