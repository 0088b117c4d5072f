"""Sizes under which a figure says nothing of the market."""

from decimal import Decimal

LIQUIDATIONS_FLOOR_USD = Decimal(1_000_000)
"""Below it a day's recorded liquidations are noise on any coin: the total is flagged
`below_size_floor` and gives the label no points."""
