"""Random rows of the sections that few snapshots hold, a family a file.

A function registered here is handed a snapshot's maker and random numbers of its own, so that a new family changes
no snapshot but by its own rows; it returns rows by section, or none.
"""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from commentary.registry import Registry

if TYPE_CHECKING:
    from commentary.runs.random_snapshots import Maker

Json = dict[str, Any]
Rows = dict[str, list[Json]]

families: Registry[Callable[["Maker", random.Random], Rows]] = Registry("commentary.runs.random_rows")
