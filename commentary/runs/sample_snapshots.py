"""Writes the bundled snapshots and histories from the seeds in commentary/runs/samples, the same bytes each time.

Run: python -m commentary.runs.sample_snapshots data/snapshots
"""

import sys
from pathlib import Path

from commentary.errors import BadInputError, CommentaryError
from commentary.records.history import History
from commentary.records.laid_out import laid_out
from commentary.runs.samples import histories, samples

HISTORIES = "histories"
"""The folder beside the snapshots that holds what a feed had published before."""


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
    for name, make in samples.items():
        (folder / f"{name}.json").write_bytes(laid_out(make()))
    (folder / HISTORIES).mkdir(exist_ok=True)
    for name, history in histories.items():
        (folder / HISTORIES / f"{name}.json").write_bytes(written(history()))


def written(history: History) -> bytes:
    """Return the file of a history."""
    return (history.model_dump_json(indent=1) + "\n").encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
