"""Writes the bundled snapshots from the seeds in commentary/runs/samples, the same bytes each time.

Run: python -m commentary.runs.sample_snapshots data/snapshots
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from commentary.errors import BadInputError, CommentaryError
from commentary.runs.samples.bitcoin_maps import (
    conflict,
    euro,
    example,
    level_passed,
    long_side,
    short_side,
    stale,
)
from commentary.runs.samples.calm import calm
from commentary.runs.samples.ether import short_of_data, two_sided
from commentary.runs.samples.flush import flush
from commentary.runs.samples.layout import Row, laid_out
from commentary.runs.samples.market import market
from commentary.runs.samples.pepe import pepe
from commentary.runs.samples.solana import solana
from commentary.runs.samples.squeeze import squeeze

SAMPLES: Mapping[str, Callable[[], Row]] = {
    "btc-calm": calm,
    "btc-conflict": conflict,
    "btc-eur": euro,
    "btc-example": example,
    "btc-flush": flush,
    "btc-level-passed": level_passed,
    "btc-long-side": long_side,
    "btc-short-side": short_side,
    "btc-short-squeeze": squeeze,
    "btc-stale": stale,
    "eth-short-of-data": short_of_data,
    "eth-two-sided": two_sided,
    "market-liquidations": market,
    "pepe-small-price": pepe,
    "sol-liquidations": solana,
}
"""What makes each file, by its name without .json."""


def main(arguments: list[str]) -> int:
    """Write every bundled snapshot into the folder named, and say how a wrong call is put right."""
    try:
        if len(arguments) != 1:
            raise BadInputError("FOLDER", " ".join(arguments), "name one folder: data/snapshots")
        write(Path(arguments[0]))
    except CommentaryError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def write(folder: Path) -> None:
    """Write every bundled snapshot into `folder`, over what is there.

    Raises:
        BadInputError: there is no such folder.
    """
    if not folder.is_dir():
        raise BadInputError("FOLDER", str(folder), "it is no folder; make it first")
    for name, make in SAMPLES.items():
        (folder / f"{name}.json").write_bytes(laid_out(make()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
