"""Long shares: what part of two sides is long, as a fraction of both."""

from decimal import Decimal

from commentary.sources.live.base import exact


def long_share(long: Decimal, short: Decimal) -> Decimal | None:
    """Return the part of the longs, or of the buyers; None where there is nothing on either side."""
    return exact(long / (long + short)) if long + short else None


def share_of(ratio: Decimal) -> Decimal:
    """Return the long share that a ratio of longs to shorts stands for: 3 is 0.75."""
    return exact(ratio / (1 + ratio))
