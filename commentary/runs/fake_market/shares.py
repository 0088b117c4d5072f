"""What each venue has of the generated market, and how far its price and funding are from the common ones."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset


class Share(NamedTuple):
    """What a venue has of the market, as fractions of all venues; prices and rates as offsets."""

    linear: float
    """Of open interest, in contracts settled in dollars."""
    inverse: float
    """Of open interest, in contracts settled in the coin."""
    volume: float
    liquidations: float
    price: float
    """Its last price above the common one, as a fraction."""
    funding: float
    """Its rate for eight hours above the common one."""


VENUES: Mapping[str, Share] = {
    "Binance": Share(0.28, 0.04, 0.38, 0.27, 0.0, 0.0),
    "Bybit": Share(0.17, 0.02, 0.16, 0.24, 0.00004, 0.000003),
    "OKX": Share(0.10, 0.03, 0.14, 0.13, -0.00003, -0.000004),
    "Hyperliquid": Share(0.11, 0.0, 0.09, 0.22, 0.00008, 0.000008),
    "Deribit": Share(0.005, 0.035, 0.02, 0.01, -0.00006, -0.000006),
    "Bitget": Share(0.07, 0.01, 0.10, 0.08, 0.00002, 0.000002),
    "Gate": Share(0.03, 0.0, 0.06, 0.05, 0.00005, 0.000005),
    "CME": Share(0.10, 0.0, 0.05, 0.0, 0.0001, 0.0),
}
"""By the names that CoinGlass has for them. Proposals of the order seen in 2026; each column adds up to 1."""
NO_FUNDING = frozenset({"CME"})
_NOTHING = Share(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_REGULATED_ONLY = ("CME", "Deribit")


@cache
def share_of(coin: Asset, venue: str) -> Share:
    """Return what a venue has of a coin: nothing where it is not traded, and more where others lack it."""
    there = {name: share for name, share in VENUES.items() if coin.regulated or name not in _REGULATED_ONLY}
    if venue not in there:
        return _NOTHING
    own = there[venue]
    held = sum(share.linear + share.inverse for share in there.values())
    traded = sum(share.volume for share in there.values())
    liquidated = sum(share.liquidations for share in there.values())
    inverse = own.inverse if coin.coin_margined else 0.0
    linear = own.linear + own.inverse - inverse
    return Share(
        linear / held, inverse / held, own.volume / traded, own.liquidations / liquidated, own.price, own.funding
    )


def venues_of(coin: Asset) -> list[str]:
    """Return the venues that trade a coin, by volume, largest first."""
    traded = [venue for venue in VENUES if share_of(coin, venue).volume > 0]
    return sorted(traded, key=lambda venue: -share_of(coin, venue).volume)
