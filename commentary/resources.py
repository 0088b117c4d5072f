"""Finds templates/ and data/: inside an installed wheel or beside a checkout."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from commentary.errors import MissingResourceError


@cache
def folder(name: str) -> Path:
    """Return the folder `templates` or `data`.

    A checkout's own folder counts only with a pyproject.toml beside it, because
    site-packages may hold somebody else's `templates/`.
    """
    packaged = Path(str(files("commentary") / name))
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[1]
    beside = checkout / name
    if beside.is_dir() and (checkout / "pyproject.toml").is_file():
        return beside
    raise MissingResourceError(f"{name}/ is neither at {packaged} nor at {beside}; install commentary again")
