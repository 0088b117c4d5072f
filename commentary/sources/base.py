"""What a live source is: asked for an asset, it answers with a piece of a snapshot."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Source(Protocol):
    """One site or venue. What it returns goes through read_snapshot like any file."""

    name: str

    def fetch(self, asset: str, *, now: datetime) -> Mapping[str, object]:
        """Return sections of commentary.snapshot/1, numbers as Decimal.

        Raises:
            RemoteError: the source did not answer, or not in the form it documents.
        """
        ...
