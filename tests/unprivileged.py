"""A block run without the rights of root, to whom nothing is forbidden."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65_534
"""The number of the user nobody on most systems; whoever it is here, root it is not."""


@contextmanager
def folder_of_anybody() -> Iterator[Path]:
    """Make a folder that any user may read: those of pytest are their owner's alone."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        path.chmod(0o755)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Take off the rights of root for the block; without them nothing changes."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are those of a POSIX system")
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(NOBODY)
    except OSError:
        pytest.skip("root may not give up its rights here")
    try:
        yield
    finally:
        os.seteuid(0)
