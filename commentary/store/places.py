"""Where the store is: the file that --store or COMMENTARY_STORE names, else one in the user's data folder."""

import os
from pathlib import Path

from commentary.errors import BadInputError

VARIABLE = "COMMENTARY_STORE"
_FILE_NAME = "commentary.sqlite"
_SERVERS = ("postgresql", "postgres")


def place_of(named: str | None) -> Path:
    """Return the store's file.

    Args:
        named: what --store says.

    Raises:
        BadInputError: it is no file that we can use.
    """
    where, value = ("--store", named) if named else (VARIABLE, os.environ.get(VARIABLE, ""))
    if not value:
        return default_path()
    scheme, separator, rest = value.partition("://")
    if separator and scheme.partition("+")[0] in _SERVERS:
        raise BadInputError(where, value, "a store on a PostgreSQL server is not written yet; name a file")
    if separator and scheme != "sqlite":
        raise BadInputError(where, value, "name a file, such as desk.sqlite")
    return Path(rest.removeprefix("/") if separator else value).expanduser()


def default_path() -> Path:
    """Return the file in the user's own data folder."""
    from platformdirs import user_data_path

    return user_data_path("commentary", appauthor=False) / _FILE_NAME
