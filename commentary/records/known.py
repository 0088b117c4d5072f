"""Names that mean something to a reader whether or not a fact is of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Known(NamedTuple):
    """What a reader takes for an asset or an exchange."""

    assets: Mapping[str, str] = MappingProxyType({})
    """Ticker to name."""
    venues: frozenset[str] = frozenset()
    """Exchanges."""
