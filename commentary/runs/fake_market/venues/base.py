"""What a venue of the generated market is: paths, an envelope, its words for errors, and its limits.

    venue = Venue("binance", "Binance", refuse=_refuse, pools={"weight": Pool(2400, 60)}, costs=_costs)

    @venue.at("/fapi/v1/openInterest")
    def _open_interest(ask: Ask) -> Json: ...

Shapes are written from the venue's documentation as market-data reference §1 and §2 has it (read 2026-11-22), and not
from what our own sources read.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from commentary.registry import Registry
from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.series import Bar, Market

Json = Any
MINUTE, HOUR, DAY = 60, 3600, 86400
_TIME_DIGITS = 14
"""Of a time in milliseconds, up to the year 5138."""
MONDAY = 4 * DAY
"""The first Monday of 1970, from which weeks are counted."""


class Ask(NamedTuple):
    """A request as a venue sees it."""

    market: Market
    now: float
    """The venue's own clock, seconds since 1970."""
    path: str
    """Behind the venue's prefix."""
    query: Mapping[str, str]
    body: Json = None
    headers: Mapping[str, str] = {}
    plan: str = "professional"
    """Of a vendor with a key."""

    def need(self, name: str) -> str:
        """Return a parameter; refused where it is missing."""
        value = self.query.get(name, "")
        if not value:
            raise Refused("missing", name)
        return value

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number above 0, at most `most`."""
        text = self.query.get(name, "") or str(default)
        if not text.isdigit() or int(text) < 1:
            raise Refused("parameter", name)
        return min(int(text), most)

    def time(self, name: str, unit: float = 1000.0) -> float | None:
        """Return a time in seconds of a parameter in milliseconds (or `unit` parts of a second)."""
        text = self.query.get(name, "")
        if not text:
            return None
        if not text.isdecimal() or len(text) > _TIME_DIGITS:
            raise Refused("parameter", name)
        return int(text) / unit

    def one_of(self, name: str, known: Mapping[str, float], default: str | None = None) -> int:
        """Return what a word means: minutes or seconds of an interval."""
        word = self.query.get(name, "") or default
        if word is None:
            raise Refused("missing", name)
        if word not in known:
            raise Refused("interval", word)
        return int(known[word])


class Refused(Exception):  # noqa: N818 - it is an answer
    """The venue answers with an error.

    Args:
        kind: missing or parameter (a parameter), symbol, interval, path, key, plan, range, server.
        what: the parameter or value.
    """

    def __init__(self, kind: str, what: str = "") -> None:
        self.kind = kind
        self.what = what
        super().__init__(f"{kind} {what}".strip())


class Error(NamedTuple):
    """An error in a venue's words."""

    status: int
    payload: Json
    headers: tuple[tuple[str, str], ...] = ()


Handler = Callable[[Ask], Json]


def _bare(data: Json, ask: Ask) -> Json:
    return data


class Venue:
    """One venue.

    Args:
        name: prefix of its paths.
        title: its name in the market's shares; of a vendor its own.
        refuse: makes an error of what is wrong; kinds as of Refused.
        limited: makes an error of a limit that was exceeded.
        wrap: puts data into the envelope.
        pools: its limits.
        costs: what a request takes of which.
        aliases: beginnings of a path that may be left out, such as "/api/v2".
        told: headers that tell of limits, from the weight used by pool.
    """

    def __init__(
        self,
        name: str,
        title: str,
        refuse: Callable[[str, str, Ask], Error],
        limited: Callable[[Over, Ask], Error],
        wrap: Callable[[Json, Ask], Json] = _bare,
        pools: Callable[[Ask], Mapping[str, Pool]] = lambda ask: {},
        costs: Callable[[Ask], Iterable[tuple[str, float]]] = lambda ask: (),
        alias: str = "",
        told: Callable[[Callable[[str], int], Ask], tuple[tuple[str, str], ...]] = lambda used, ask: (),
        word: Callable[[Ask], str] = lambda ask: ask.path,
    ) -> None:
        self.name, self.title = name, title
        self.refuse, self.limited, self.wrap = refuse, limited, wrap
        self.pools, self.costs, self.told = pools, costs, told
        self._alias = alias
        self._word = word
        self.routes: dict[str, Handler] = {}

    def at(self, path: str) -> Callable[[Handler], Handler]:
        """Return a decorator that answers a path, or what `word` makes of a request."""

        def register(handler: Handler) -> Handler:
            self.routes[path] = handler
            return handler

        return register

    def answer(self, ask: Ask) -> Json:
        """Return the data that answers a request, without the envelope; Refused where there are none."""
        word = self._word(ask)
        handler = self.routes.get(word) or self.routes.get(self._alias + word)
        if handler is None:
            raise Refused("path", word)
        return handler(ask)


venues: Registry[Venue] = Registry("commentary.runs.fake_market.venues")


def ms(moment: float) -> int:
    """Return a time in milliseconds."""
    return round(moment * 1000)


def fixed(value: float, decimals: int) -> str:
    """Return a number as text with so many digits after the point."""
    return f"{value:.{decimals}f}"


def starts(
    now: float,
    step: int,
    limit: int,
    start: float | None = None,
    end: float | None = None,
    *,
    keep: Literal["first", "last"] = "first",
    origin: int = 0,
) -> list[int]:
    """Return the starts of rows that lie from `start` to `end`, oldest first.

    Args:
        now: no row begins later.
        step: seconds from one to the next.
        limit: the most rows.
        start: the earliest start; None for as many as fit before the end.
        end: the latest start.
        keep: which rows are kept of too many, where `start` is given.
        origin: a time at which one of them starts.
    """
    last = int((min(now, now if end is None else end) - origin) // step) * step + origin
    if start is None:
        first = last - (limit - 1) * step
    else:
        first = -int((origin - start) // step) * step + origin
        if keep == "first":
            last = min(last, first + (limit - 1) * step)
        else:
            first = max(first, last - (limit - 1) * step)
    return list(range(first, last + 1, step))


def bars(ask: Ask, asset: str, venue: str, moments: Iterable[int], step: int) -> list[Bar]:
    """Return the bars that start at these times; the last one ends now if it is not finished."""
    return [ask.market.bar(asset, moment, min(moment + step, ask.now), venue) for moment in moments]


def line(bar: Bar, price: Callable[[float], float]) -> tuple[float, float, float, float]:
    """Return open, high, low and close of a price that follows the last one, given the bar of that one.

    Highs and lows are the bar's, moved by what parts the two prices at its end.
    """
    opened, closed = price(bar.start), price(bar.end)
    apart = closed / bar.close
    return opened, max(bar.high * apart, opened, closed), min(bar.low * apart, opened, closed), closed


def next_payment(now: float, hours: int) -> int:
    """Return the next time at which funding is paid, seconds since 1970."""
    step = hours * HOUR
    return (int(now) // step + 1) * step
