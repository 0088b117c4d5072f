"""The bundled snapshots, a topic a file; their figures are illustrative and made from seeds.

A function registered here writes the file of its name in data/snapshots.
"""

from collections.abc import Callable

from commentary.records.history import History
from commentary.registry import Registry

samples: Registry[Callable[[], dict[str, object]]] = Registry("commentary.runs.samples")
histories: Registry[Callable[[], History]] = Registry("commentary.runs.samples")
"""By name, what a feed had published before the snapshots to which data/snapshots/index.toml gives the history."""
