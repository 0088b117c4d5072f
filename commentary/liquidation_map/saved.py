"""The state of books as plain arrays, to be kept and taken up again: a restart goes on bit for bit.

Only places that hold coins are kept, so what is kept grows with the levels, not with the grid.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from commentary.errors import BadInputError
from commentary.liquidation_map.books import Books, Offsets
from commentary.liquidation_map.grid import BINS

FORMAT = 1
_BY_ASSET = ("base", "close", "open_interest", "factor")
_NAMES = ("format", "decay", "long", "short", *_BY_ASSET, "cells", "coins")


def as_arrays(books: Books) -> dict[str, NDArray[np.generic]]:
    """Return the state of books, as numpy.savez takes it."""
    cells = books.written.reshape(-1).nonzero()[0]
    return {
        "format": np.array(FORMAT),
        "decay": np.array(books.decay),
        "long": books.offsets[: books.assets].copy(),
        "short": -books.offsets[books.assets :],
        **{name: getattr(books, name).copy() for name in _BY_ASSET},
        "cells": cells,
        "coins": books.written.reshape(-1)[cells],
    }


def from_arrays(arrays: Mapping[str, NDArray[np.generic]]) -> Books:
    """Return the books that `as_arrays` took the state of.

    Raises:
        BadInputError: an array is missing, or the state is of another version.
    """
    for name in _NAMES:
        if name not in arrays:
            raise BadInputError("kept map", name, "the state of a map lacks it; draw the map anew from history")
    if int(arrays["format"]) != FORMAT:
        raise BadInputError("kept map", arrays["format"], f"its format is not {FORMAT}; draw the map anew from history")
    books = Books(Offsets(arrays["long"].astype(np.int64), arrays["short"].astype(np.int64)), float(arrays["decay"]))
    for name in _BY_ASSET:
        getattr(books, name)[:] = arrays[name]
    cells = arrays["cells"].astype(np.int64)
    books.written.reshape(-1)[cells] = arrays["coins"]
    book, place = np.divmod(cells // books.leverages, BINS)
    np.maximum.at(books.nearest, book, place)
    return books
