"""Dated futures and options of the generated market, as Deribit lists them: expiries, open interest, volatility."""

import math
from datetime import UTC, datetime, timedelta
from statistics import NormalDist
from typing import NamedTuple

from commentary.runs.fake_market.dated import last_friday, quarters
from commentary.runs.fake_market.noise import key, uniform
from commentary.runs.fake_market.series import Market

_NORMAL = NormalDist()
_YEAR = 365 * 86400
_HOUR_OF_EXPIRY = 8
INVERSE = ("BTC", "ETH")
"""Coins whose contracts at Deribit are settled in the coin."""
_SHARE = 0.55
"""Open interest of options in coins, as a part of that of futures: a proposal of the order seen on BTC in 2026."""
_STRIKES = 10
"""On each side of the price."""


class Option(NamedTuple):
    """One option; prices in coins, volatility in percent a year."""

    name: str
    expiry: float
    strike: float
    call: bool
    open_interest: float
    """Coins."""
    volume: float
    """Coins, of a day."""
    volatility: float
    price: float
    """In coins."""


def name_of(asset: str) -> str:
    """Return what Deribit's names of a coin's contracts begin with; but for two, they are settled in USDC."""
    return asset if asset in INVERSE else f"{asset}_USDC"


def word_of(moment: float) -> str:
    """Return a day as instruments name it: 25DEC26."""
    day = datetime.fromtimestamp(moment, UTC)
    return f"{day.day}{day:%b%y}".upper()


def expiries(now: float) -> list[float]:
    """Return the coming expiries at 08:00 UTC: two days, three Fridays, and the last Fridays of months to come."""
    today = datetime.fromtimestamp(now, UTC).replace(hour=_HOUR_OF_EXPIRY, minute=0, second=0, microsecond=0)
    days = [today + timedelta(days=ahead) for ahead in range(3)]
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    days += [friday + timedelta(weeks=ahead) for ahead in range(4)]
    days += [last_friday(today, ahead) for ahead in range(4)] + quarters(now)
    return sorted({day.timestamp() for day in days if day.timestamp() > now})


def volatility(market: Market, asset: str, at: float) -> float:
    """Return the implied volatility index, percent a year: about that of the price, and above it."""
    coin = market.assets[asset]
    height = market.waves("implied", asset, 192.0, 6).at(at / 3600)
    return coin.sigma * math.sqrt(365.0) * 100.0 * (1.08 + 0.03 * market.script.volatility * height)


def options(market: Market, asset: str, at: float) -> list[Option]:
    """Return all options of a coin by expiry, strike, calls first."""
    made = []
    days = expiries(at)
    held = market.open_interest(asset, at) * _SHARE
    weights = [0.3 + uniform(key("expiry", day)) + (1.5 if _quarterly(day) else 0.0) for day in days]
    for day, weight in zip(days, weights, strict=True):
        made += _chain(market, asset, at, day, held * weight / sum(weights))
    return made


def _quarterly(day: float) -> bool:
    moment = datetime.fromtimestamp(day, UTC)
    return moment.month % 3 == 0 and (moment + timedelta(days=7)).month != moment.month


def _chain(market: Market, asset: str, at: float, expiry: float, coins: float) -> list[Option]:
    """Return the options of one expiry, whose open interest adds up to so many coins."""
    price = market.index(asset, at)
    years = (expiry - at) / _YEAR
    # Strikes stand on a grid about the price of the asset's day, so that they do not move with every tick.
    raw = price * max(0.01, 0.15 * math.sqrt(min(years, 0.5)))
    step = float(f"{raw:.0e}")
    middle = round(market.index(asset, at // 86400 * 86400) / step) * step
    strikes = [middle + step * place for place in range(-_STRIKES, _STRIKES + 1) if middle + step * place > 0]
    level = volatility(market, asset, at) / 100.0
    rows = []
    for strike in strikes:
        away = math.log(strike / price)
        smile = level * (1.0 + 0.6 * away * away / max(years, 0.01) ** 0.5 - 0.15 * away)
        for call in (True, False):
            beyond = away if call else -away
            drawn = uniform(key(market.seed, "option", asset, expiry, strike, call))
            weight = (0.2 + drawn) * math.exp(-((beyond - 0.05) ** 2) / 0.02) * (1.15 if call else 0.85)
            rows.append((strike, call, smile, weight))
    total = sum(row[3] for row in rows)
    made = []
    for strike, call, smile, weight in rows:
        name = f"{name_of(asset)}-{word_of(expiry)}-{f'{strike:.10g}'.replace('.', 'd')}-{'C' if call else 'P'}"
        size = round(coins * weight / total, 1)
        worth = _black(price, strike, smile, years, call=call)
        made.append(Option(name, expiry, strike, call, size, round(size * 0.08, 1), smile * 100.0, worth))
    return made


def _black(forward: float, strike: float, sigma: float, years: float, *, call: bool) -> float:
    """Return the price of an option in coins by Black's formula, without interest."""
    spread = sigma * math.sqrt(years)
    first = math.log(forward / strike) / spread + spread / 2.0
    value = _NORMAL.cdf(first) - strike / forward * _NORMAL.cdf(first - spread)
    return value if call else value - 1.0 + strike / forward
