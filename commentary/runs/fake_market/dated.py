"""Quarterly futures of the generated market: which are open, and what they cost over the index."""

from datetime import UTC, datetime, timedelta

from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.series import Market

_HOUR_OF_EXPIRY = 8
_DAY = 86400.0
_OVER = 0.02
"""What a future costs over the index, a year, while funding is nothing; and then more by this part of its rate:"""
_OF_FUNDING = 300.0
_COINS = ("BTC", "ETH")
"""Those that exchanges list beside their perpetual contracts."""


def listed(coin: Asset, now: float) -> list[float]:
    """Return when a coin's two nearest futures expire, seconds since 1970; none of most coins."""
    return [day.timestamp() for day in quarters(now)[:2]] if coin.name in _COINS else []


def quarters(now: float) -> list[datetime]:
    """Return the last Fridays of the next four quarters, at 08:00 UTC."""
    today = datetime.fromtimestamp(now, UTC).replace(hour=_HOUR_OF_EXPIRY, minute=0, second=0, microsecond=0)
    days = [last_friday(today, ahead) for ahead in range(16)]
    return [day for day in days if day.month % 3 == 0 and day.timestamp() > now][:4]


def last_friday(day: datetime, months: int) -> datetime:
    """Return the last Friday of the month so many months ahead."""
    month = day.month - 1 + months + 1
    first = day.replace(year=day.year + month // 12, month=month % 12 + 1, day=1)
    last = first - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def yearly(market: Market, asset: str, at: float, venue: str) -> float:
    """Return what futures cost over the index, a year, as a fraction; the same for each expiry."""
    return _OVER + market.funding(asset, at, venue) * _OF_FUNDING


def future(market: Market, asset: str, at: float, expiry: float, venue: str) -> float:
    """Return the mark price of a future in USD."""
    days = max(0.0, expiry - at) / _DAY
    return market.index(asset, at) * (1.0 + yearly(market, asset, at, venue) * days / 365.0)
