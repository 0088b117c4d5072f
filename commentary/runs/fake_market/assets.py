"""The coins of the generated market: some well-known names with plausible figures, then made-up ones.

The figures are starting points of generated series and no record of anything: a price near which the path stays, how
much it moves, how much is open and traded on all venues together.
"""

import math
from typing import NamedTuple

from commentary.errors import BadInputError
from commentary.runs.fake_market.noise import key, uniform

MOST = 300


class Asset(NamedTuple):
    """A coin and what its series begin from."""

    name: str
    price: float
    """USD for one coin."""
    sigma: float
    """Standard deviation of a day's change, as a fraction."""
    open_interest_usd: float
    """Of all venues together, one side."""
    volume_usd: float
    """Of all venues together, a day."""
    supply: float
    """Coins there are, for a market capitalisation."""
    leverage: int
    """The most that venues offer."""
    interval_hours: int = 8
    """Between two funding payments where the venue does not settle by the hour."""
    multiplier: int = 1
    """Coins in one unit of the contract where venues name it so: 1000PEPEUSDT."""
    contract: float = 1.0
    """Coins in one OKX contract."""

    @property
    def decimals(self) -> int:
        """Digits after the point of a price: six significant ones."""
        return decimals(self.price)

    @property
    def coin_margined(self) -> bool:
        """Whether contracts are also settled in the coin."""
        return self.name in _COIN_MARGINED

    @property
    def regulated(self) -> bool:
        """Whether it also trades on CME and Deribit, with dated futures and options."""
        return self.name in _REGULATED


def decimals(price: float) -> int:
    """Return how many digits after the point show six significant digits of a price."""
    return max(0, 5 - math.floor(math.log10(price)))


_COIN_MARGINED = frozenset({"BTC", "ETH", "SOL", "XRP", "BNB", "DOGE", "ADA", "LTC", "LINK", "DOT"})
_REGULATED = frozenset({"BTC", "ETH", "SOL", "XRP"})

KNOWN = (
    Asset("BTC", 77_000, 0.022, 48e9, 62e9, 20.0e6, 125, contract=0.01),
    Asset("ETH", 2_600, 0.028, 24e9, 40e9, 120.7e6, 100, contract=0.1),
    Asset("SOL", 128, 0.032, 7.5e9, 12e9, 560e6, 75),
    Asset("XRP", 1.42, 0.030, 4.2e9, 6e9, 60e9, 75, contract=100),
    Asset("BNB", 620, 0.022, 1.5e9, 1.8e9, 138e6, 75, contract=0.01),
    Asset("DOGE", 0.138, 0.034, 2.1e9, 3e9, 152e9, 75, contract=1000),
    Asset("ADA", 0.42, 0.033, 9e8, 1.1e9, 36e9, 75, contract=100),
    Asset("AVAX", 14.2, 0.035, 6e8, 8e8, 425e6, 50),
    Asset("LINK", 13.1, 0.034, 7e8, 9e8, 697e6, 75),
    Asset("LTC", 83, 0.030, 5e8, 6e8, 76.6e6, 75),
    Asset("SUI", 1.55, 0.038, 8e8, 1.3e9, 3.7e9, 75),
    Asset("TON", 1.62, 0.032, 3e8, 3e8, 2.5e9, 50),
    Asset("TRX", 0.281, 0.018, 4e8, 3e8, 94.7e9, 75, contract=1000),
    Asset("HYPE", 33.5, 0.042, 1.6e9, 1.5e9, 334e6, 50, contract=0.1),
    Asset("DOT", 2.35, 0.034, 3.5e8, 4e8, 1.6e9, 75),
    Asset("BCH", 540, 0.028, 6e8, 5e8, 20.0e6, 75, contract=0.1),
    Asset("NEAR", 1.85, 0.038, 2.8e8, 4e8, 1.3e9, 50, contract=10),
    Asset("UNI", 6.1, 0.038, 3.5e8, 4e8, 630e6, 50),
    Asset("AAVE", 178, 0.036, 3.4e8, 4e8, 15.2e6, 50, contract=0.1),
    Asset("ARB", 0.21, 0.040, 2.2e8, 3e8, 5.6e9, 50, 4, contract=10),
    Asset("OP", 0.31, 0.040, 1.8e8, 2e8, 1.9e9, 50, 4),
    Asset("APT", 1.95, 0.038, 2e8, 2e8, 760e6, 50),
    Asset("INJ", 5.4, 0.040, 1.2e8, 1.6e8, 100e6, 50, contract=0.1),
    Asset("ATOM", 2.3, 0.034, 1.2e8, 1.2e8, 470e6, 50),
    Asset("FIL", 1.45, 0.036, 1.8e8, 2e8, 720e6, 50, contract=0.1),
    Asset("ENA", 0.24, 0.045, 4e8, 5e8, 7.6e9, 50, 4, contract=10),
    Asset("WLD", 0.58, 0.044, 2.6e8, 3e8, 2.3e9, 50, 4),
    Asset("PEPE", 4.6e-6, 0.045, 4.5e8, 1e9, 420.7e12, 75, 8, 1000, 1e7),
    Asset("SHIB", 8.2e-6, 0.034, 2e8, 2.5e8, 589e12, 75, 8, 1000, 1e6),
    Asset("BONK", 9.5e-6, 0.045, 1.2e8, 2e8, 83e12, 50, 4, 1000, 1e5),
)
"""Thirty coins. Prices and sizes are of the order of late 2026; which intervals and contracts are odd is made up."""


def assets(how_many: int) -> dict[str, Asset]:
    """Return so many coins by name: the known ones first, then C001, C002 and so on.

    Raises:
        BadInputError: fewer than one or more than MOST are asked for.
    """
    if not 1 <= how_many <= MOST:
        raise BadInputError("--assets", how_many, f"write a number from 1 to {MOST}")
    made_up = (_made_up(number) for number in range(1, max(0, how_many - len(KNOWN)) + 1))
    return {asset.name: asset for asset in (*KNOWN[:how_many], *made_up)}


def _made_up(number: int) -> Asset:
    """Return a coin of chance: a price from 0.02 to 80 USD, and from 4 to 90 million open."""
    name = f"C{number:03d}"
    drawn = [uniform(key("asset", name), place) for place in range(4)]
    price = float(f"{0.02 * 4000 ** drawn[0]:.4g}")
    size = 4e6 * 22.5 ** drawn[1]
    return Asset(name, price, 0.03 + 0.02 * drawn[2], size, size * (0.8 + drawn[3]), 3e8 / price, 50, 4)
