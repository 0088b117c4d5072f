"""What all CoinGlass calls share: its names of exchanges, its intervals of four hours, its percentages.

Where a definition or a name comes from: CoinGlass's API documentation, version 4, read 2026-11-30.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.sources.live.base import Answer, Json, RefusedError, ReplyError
from commentary.sources.shapes import intervals
from commentary.sources.shapes.intervals import Interval
from commentary.sources.shapes.reading import Part

TITLE = "CoinGlass"
EXCHANGE = "Binance"
"""Whose contract is asked for where a call is about one: it has the largest market of nearly every coin."""
INTERVAL = "4h"
HOURS = 4
"""The lowest plan, Hobbyist, is refused shorter intervals."""
MOST_ROWS = "1000"
"""Of a history; also the default. At four hours that is 166 days, of the 180 that the lowest plan may see."""
EXCHANGES = (
    "Binance", "OKX", "Bybit", "Bitget", "Gate", "HTX", "Hyperliquid", "Deribit", "Bitmex", "Bitfinex", "Kraken",
    "KuCoin", "CME", "dYdX", "CoinEx", "BingX", "Coinbase", "Gemini", "Crypto.com", "Bitunix", "MEXC", "WhiteBIT",
    "Aster", "Lighter", "EdgeX", "Drift", "Paradex", "Extended", "ApeX Omni",
)  # fmt: skip
"""All that it covers, as it spells them (GET /api/futures/supported-exchanges, read 2026-11-30)."""
ALL = "all"
_SPELLED = {name.casefold(): name for name in EXCHANGES} | {"all": ALL, "gate.io": "Gate"}
"""By any case; one exchange has two spellings (pairs-markets, read 2026-11-30)."""


def held(part: Part | None) -> list[Part]:
    """Return the items of a list, without those that are null; none where there is no list."""
    return [] if part is None else [item for item in part.items() if item.value is not None]


def pair(asset: str) -> str:
    """Return the contract in tethers, as exchanges name it: "BTCUSDT"."""
    return f"{asset}USDT"


def exchange(part: Part) -> str | None:
    """Return an exchange in one spelling, whatever its case in the reply; "all" for the sum of all.

    None for a name that is none of EXCHANGES: it would be printed as it was sent, whatever it says of whom. What is
    told of it is left out.
    """
    return _SPELLED.get(part.text().casefold())


def all_listed(rows: Part) -> None:
    """Hold that a list of exchanges names none but EXCHANGES, so that a sum over these is one over all.

    Raises:
        ReplyError: it names another one.
    """
    for row in held(rows):
        name = row["exchange"]
        if name.text().casefold() not in _SPELLED:
            raise name.error("one of the exchanges that the sum is asked for; so it is not of all")


def of_coin(rows: Part, asset: str) -> Part | None:
    """Return the row of a coin in a list of coins; None where it is not listed."""
    return next((row for row in held(rows) if row["symbol"].text() == asset), None)


def fraction(part: Part) -> Decimal:
    """Return a percentage as a fraction, exactly: 0.0086 is 0.000086."""
    return part.number().scaleb(-2)


def begun(answer: Answer, hours: int = HOURS) -> list[Interval]:
    """Return the intervals of a history that had begun; times are seconds or milliseconds, even within one reply."""
    return intervals.begun(held(Part.of(answer)), "time", timedelta(hours=hours), answer.asked.now)


def finished(answer: Answer, hours: int = HOURS) -> list[Interval]:
    """Return the intervals of a history that had ended at the time of the collection."""
    return intervals.ended(begun(answer, hours), answer.asked.now)


def newest(answer: Answer, hours: int = HOURS) -> Iterator[tuple[Part, datetime]]:
    """Yield the newest figure of a history and when it held.

    The interval that still runs has the figure of now; one that has ended, that of its end.
    """
    for last in begun(answer, hours)[-1:]:
        yield last.part, last.end if last.end <= answer.asked.now else answer.received_at


def unwrap(payload: Json) -> Json:
    """Return what stands in the envelope, {"code": "0", "msg": "success", "data": ...}.

    A refusal comes with status 200 too, and its code is text; "msg" is not always there, and more names may be.

    Raises:
        RefusedError: the code is another one than "0".
        ReplyError: there is no code, or no data.
    """
    reply = Part(payload)
    code = reply["code"]
    told = code.text() if isinstance(code.value, str) else f"{code.number():f}"
    if told != "0":
        message = reply.maybe("msg")
        raise RefusedError(told, message.text() if message is not None else "without words")
    inner = reply["data"]
    if inner.value is None:
        raise ReplyError("/data", None, "an answer")
    return inner.value
