"""Snapshots in a folder, which another program writes: ASSET.json, such as BTC.json, each replaced as a whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from commentary.errors import RemoteError
from commentary.runs.watch.order import Data


class FolderCollect:
    """Reads what stands in a folder when it is asked.

    Args:
        folder: the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, assets: Sequence[str], moment: datetime) -> Mapping[str, Data]:
        """Return what the folder holds of these assets.

        Raises:
            RemoteError: it holds nothing of any.
        """
        found: dict[str, Data] = {}
        for asset in assets:
            try:
                found[asset] = (self._folder / f"{asset}.json").read_bytes()
            except OSError:
                continue
        if not found:
            raise RemoteError(f"{self._folder} holds no snapshot of {', '.join(assets)}; write them as ASSET.json")
        return found
