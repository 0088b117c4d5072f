"""OKX v5: funding, open interest, accounts, takers, tiers of margin, and the book."""

from commentary.runs.fake_market.books import book
from commentary.runs.fake_market.venues.base import (
    DAY,
    HOUR,
    Ask,
    Json,
    Refused,
    bars,
    fixed,
    ms,
    next_payment,
    starts,
)
from commentary.runs.fake_market.venues.okx import (
    BARS,
    CHINA,
    LONG,
    OKX,
    Swap,
    swap_of,
    swaps,
    swaps_only,
    venue,
    window,
)

_PERIODS = {word: BARS[word] for word in BARS if word not in ("1m", "3m", "1W", "1Wutc")}
_HELD = 1440
"""Entries of a statistic that are kept."""
_TIERS = ((5_000_000, 0.004, 1.0), (20_000_000, 0.0065, 0.75), (60_000_000, 0.015, 0.4), (150_000_000, 0.03, 0.2))
"""Value to which a tier goes in USD, its maintenance rate, and what part of the coin's leverage it allows."""
_BOOK_STEP = 2e-6


@venue.at("/api/v5/public/funding-rate")
def _funding_rate(ask: Ask) -> Json:
    if ask.query.get("instId") == "ANY":
        return [_rate(ask, swap) for swap in swaps(ask).values()]
    return [_rate(ask, swap_of(ask))]


def _rate(ask: Ask, swap: Swap) -> Json:
    hours = swap.coin.interval_hours
    paid = next_payment(ask.now, hours)
    last = ask.market.settled(swap.coin.name, paid - hours * HOUR, hours, OKX)
    return {
        "instType": "SWAP",
        "instId": swap.inst_id,
        "method": "current_period",
        "formulaType": "withRate",
        "fundingRate": fixed(ask.market.settled(swap.coin.name, ask.now, hours, OKX), 10),
        "nextFundingRate": "",
        "fundingTime": str(ms(paid)),
        "nextFundingTime": str(ms(paid + hours * HOUR)),
        "minFundingRate": "-0.015",
        "maxFundingRate": "0.015",
        "interestRate": "0.0001",
        "premium": fixed(
            ask.market.mark(swap.coin.name, ask.now, OKX) / ask.market.index(swap.coin.name, ask.now) - 1, 10
        ),
        "settFundingRate": fixed(last, 10),
        "settState": "settled",
        "ts": str(ms(ask.now)),
    }


@venue.at("/api/v5/public/funding-rate-history")
def _funding_history(ask: Ask) -> Json:
    swap = swap_of(ask)
    hours = swap.coin.interval_hours
    rows = []
    for moment in window(ask, hours * HOUR, ask.number("limit", 400, 400)):
        if moment < ask.now - 92 * DAY:
            break
        rows.append(
            {
                "instType": "SWAP",
                "instId": swap.inst_id,
                "formulaType": "withRate",
                "method": "current_period",
                "fundingRate": fixed(ask.market.settled(swap.coin.name, moment - 60, hours, OKX), 10),
                "realizedRate": fixed(ask.market.settled(swap.coin.name, moment, hours, OKX), 10),
                "fundingTime": str(ms(moment)),
            }
        )
    return rows


def _held(ask: Ask, swap: Swap, at: float) -> tuple[float, float, float]:
    """Return open interest in contracts, coins and dollars."""
    coins = ask.market.open_interest(swap.coin.name, at, OKX, "inverse" if swap.inverse else "linear")
    usd = coins * ask.market.mark(swap.coin.name, at, OKX)
    return swap.contracts(coins, usd), coins, usd


@venue.at("/api/v5/public/open-interest")
def _open_interest(ask: Ask) -> Json:
    swaps_only(ask)
    wanted = [swap_of(ask)] if "instId" in ask.query else list(swaps(ask).values())
    rows = []
    for swap in wanted:
        contracts, coins, usd = _held(ask, swap, ask.now)
        sizes = {"oi": fixed(contracts, 2), "oiCcy": fixed(coins, 4), "oiUsd": fixed(usd, 4)}
        rows.append({"instType": "SWAP", "instId": swap.inst_id, **sizes, "ts": str(ms(ask.now))})
    return rows


def _statistic(ask: Ask) -> tuple[list[int], int]:
    """Return the times of a statistic, newest first, and the seconds between them."""
    word = ask.query.get("period", "5m")
    step = ask.one_of("period", _PERIODS, "5m") * 60
    begun, ended = ask.time("begin"), ask.time("end")
    limit, origin = ask.number("limit", 100, 100), CHINA if word in LONG else 0
    moments = starts(ask.now, step, limit, begun, ended, keep="last", origin=origin)[::-1]
    return [moment for moment in moments if moment > ask.now - _HELD * step], step


@venue.at("/api/v5/rubik/stat/contracts/open-interest-history")
def _open_interest_history(ask: Ask) -> Json:
    swap = swap_of(ask)
    rows = []
    for moment in _statistic(ask)[0]:
        contracts, coins, usd = _held(ask, swap, moment)
        rows.append([str(ms(moment)), fixed(contracts, 2), fixed(coins, 4), fixed(usd, 4)])
    return rows


@venue.at("/api/v5/rubik/stat/contracts/long-short-account-ratio-contract")
def _accounts(ask: Ask) -> Json:
    return _ratio(ask, "OKX accounts")


@venue.at("/api/v5/rubik/stat/contracts/long-short-account-ratio-contract-top-trader")
def _top_accounts(ask: Ask) -> Json:
    return _ratio(ask, "OKX top accounts")


@venue.at("/api/v5/rubik/stat/contracts/long-short-position-ratio-contract-top-trader")
def _top_positions(ask: Ask) -> Json:
    return _ratio(ask, "OKX top positions")


def _ratio(ask: Ask, kind: str) -> Json:
    swap = swap_of(ask)
    shares = ((at, ask.market.long_share(swap.coin.name, at, kind)) for at in _statistic(ask)[0])
    return [[str(ms(at)), fixed(longs / (1.0 - longs), 4)] for at, longs in shares]


@venue.at("/api/v5/rubik/stat/taker-volume-contract")
def _taker(ask: Ask) -> Json:
    swap = swap_of(ask)
    unit = ask.query.get("unit", "1")
    if unit not in ("0", "1", "2"):
        raise Refused("parameter", "unit")
    moments, step = _statistic(ask)
    rows = []
    for bar in bars(ask, swap.coin.name, OKX, moments, step):
        sides = []
        for usd in (bar.volume_usd - bar.taker_buy_usd, bar.taker_buy_usd):
            coins = usd / bar.middle
            sides.append({"0": coins, "1": swap.contracts(coins, usd), "2": usd}[unit])
        rows.append([str(ms(bar.start)), *(fixed(side, 4) for side in sides)])
    return rows


@venue.at("/api/v5/public/position-tiers")
def _tiers(ask: Ask) -> Json:
    swaps_only(ask)
    family = ask.query.get("instFamily") or ask.need("uly")
    swap = next((swap for swap in swaps(ask).values() if swap.family == family), None)
    if swap is None:
        raise Refused("symbol")
    rows, floor = [], 0.0
    for tier, (usd, rate, part) in enumerate(_TIERS, 1):
        size = round(swap.contracts(usd / swap.coin.price, usd))
        leverage = max(1.0, swap.coin.leverage * part)
        rows.append(
            {
                "instFamily": family,
                "instId": "",
                "tier": str(tier),
                "minSz": fixed(floor, 0),
                "maxSz": fixed(size, 0),
                "mmr": f"{rate:g}",
                "imr": f"{1.0 / leverage:.4g}",
                "maxLever": f"{leverage:g}",
                "optMgnFactor": "0",
                "quoteMaxLoan": "",
                "baseMaxLoan": "",
                "uly": family,
            }
        )
        floor = size + 1.0
    return rows


@venue.at("/api/v5/market/books")
def _books(ask: Ask) -> Json:
    swap = swap_of(ask)
    sides = book(ask.market, swap.coin.name, ask.now, OKX, ask.number("sz", 1, 400), _BOOK_STEP)
    bids, asks = (
        [[swap.price(usd), fixed(swap.contracts(size, size * usd), 2), "0", "3"] for usd, size in side]
        for side in sides
    )
    return [{"asks": asks, "bids": bids, "ts": str(ms(ask.now)), "seqId": ms(ask.now)}]
