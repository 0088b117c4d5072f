"""What a contract's symbol in the archive says: the coin, how many of it, and how its sizes are counted.

USD-M and spot symbols end in the dollar coin that they are priced in; a number before the coin says that a contract is
for so many (1000PEPEUSDT). COIN-M perpetuals end in USD_PERP, and their sizes are contracts of a fixed sum: 100 dollars
of bitcoin, 10 of any other coin (Binance, "COIN-M Futures contract specifications", read 2026-11-22).
"""

import re
from decimal import Decimal
from typing import NamedTuple

from commentary.errors import BadInputError

_LINEAR = re.compile(r"(?P<many>1000000|10000|1000|1M)?(?P<coin>[A-Z0-9]*[A-Z][A-Z0-9]*?)(?:USDT|USDC|FDUSD|BUSD)")
_INVERSE = re.compile(r"(?P<coin>[A-Z0-9]+)USD_PERP")
_POWERS = {None: 0, "1000": 3, "10000": 4, "1000000": 6, "1M": 6}
_DOLLARS = {"BTC": Decimal(100)}
_OTHERS_DOLLARS = Decimal(10)


class Contract(NamedTuple):
    """A contract of the archive."""

    symbol: str
    asset: str
    power: int = 0
    """Coins in one contract, as a power of ten."""
    contract_usd: Decimal | None = None
    """US dollars that one contract stands for; None where sizes are in coins."""

    @property
    def coins(self) -> Decimal:
        """Coins in one contract."""
        return Decimal(10) ** self.power


def contract_of(symbol: str, file: str) -> Contract:
    """Return what a symbol says.

    Raises:
        BadInputError: it is a dated contract, or one that is not priced in dollars.
    """
    if found := _INVERSE.fullmatch(symbol):
        return Contract(symbol, found["coin"], 0, _DOLLARS.get(found["coin"], _OTHERS_DOLLARS))
    if found := _LINEAR.fullmatch(symbol):
        return Contract(symbol, found["coin"], _POWERS[found["many"]])
    remedy = "name files of a perpetual in dollars, such as BTCUSDT, 1000PEPEUSDT or BTCUSD_PERP"
    raise BadInputError(file, symbol, remedy)
