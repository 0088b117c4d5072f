"""What all Deribit calls share: its name in rows, which coins settle in themselves, and windows of time.

Where a definition comes from: docs.deribit.com, "Naming", read 2026-11-22.
"""

from datetime import datetime

from commentary.sources.shapes.times import milliseconds

VENUE = "Deribit"
INVERSE = frozenset({"BTC", "ETH"})
"""The coins that have contracts settled in themselves; all others are settled in USDC ("Naming")."""


def is_inverse(asset: str) -> bool:
    """Say whether a coin's contracts are settled in the coin, with amounts in US dollars."""
    return asset in INVERSE


def window(start: datetime, end: datetime) -> dict[str, str]:
    """Return a window of time as parameters have it."""
    return {"start_timestamp": milliseconds(start), "end_timestamp": milliseconds(end)}
