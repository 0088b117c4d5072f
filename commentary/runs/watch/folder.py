"""Snapshots in a folder, which another program writes: ASSET.json, such as BTC.json, each replaced as a whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from commentary.errors import RemoteError
from commentary.plain_files import read_plain
from commentary.runs.watch.order import Data, Silent

_MOST_NAMED = 3
"""Of files that cannot be read, so many are named."""


class FolderCollect:
    """Reads what stands in a folder when it is asked.

    Args:
        folder: the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, assets: Sequence[str], moment: datetime) -> Mapping[str, Data | Silent]:
        """Return what the folder holds of these assets.

        Raises:
            RemoteError: it holds nothing of any.
        """
        found: dict[str, Data | Silent] = {}
        for asset in assets:
            path = self._folder / f"{asset}.json"
            try:
                found[asset] = read_plain(path)
            except OSError as error:
                found[asset] = Silent(f"{path} cannot be read ({error.strerror})")
        if all(isinstance(one, Silent) for one in found.values()):
            why = "; ".join(one.why for one in list(found.values())[:_MOST_NAMED] if isinstance(one, Silent))
            raise RemoteError(f"{why}; write the snapshot of each asset as ASSET.json in {self._folder}")
        return found
