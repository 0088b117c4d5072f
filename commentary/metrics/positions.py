"""Positions: what a source tells of single large positions, and what part of open interest each of them is.

US dollars of notional, as the source gives it, and prices in the quote of the snapshot. A liquidation price is the
exchange's own, of the time of the row: with cross margin it moves with the whole account. `position_distance` is
percent from the mark price to it, negative below; `position_result` is not yet realised, negative for a loss;
`position_funding` is what a position of that size receives at the venue's last settled rate, negative where it pays.
A position that nobody named tells of is not told, nor one older than data/tolerances.toml allows: it may be closed;
nor one whose dollars and coins contradict each other. A result that entry and price contradict is left out with them.
The position that the story would tell comes first and has a plain subject, the others are numbered.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import dollars, percent_from
from commentary.metrics.position_history import position_rank, position_reach
from commentary.metrics.rows import coin, evidence_of, is_stale, says_itself, stale_at
from commentary.records.fact import Fact, Flag, MissingFact, Quantity, Subject, Unit, Value, derive
from commentary.records.snapshot import Position

MOST_TOLD = 3
HALF_AS_MUCH_AGAIN = Decimal("1.5")
WHOLE = Decimal(100)


class Held(NamedTuple):
    """A position with what it is measured by."""

    row: Position
    usd: Decimal
    price: Fact | None
    """Of its own venue where there is one, the mark before others."""
    interest: Fact | None
    """Open interest in dollars: the venue's, else that of all exchanges."""

    @property
    def share(self) -> Decimal:
        """Percent of open interest; 0 where that is not known."""
        return self.usd / self.interest.number * WHOLE if self.interest is not None else Decimal(0)


@metric("positions", needs=("price", "open_interest", "funding"))
def positions(given: Given) -> Iterator[Result]:
    """Yield the positions that sources tell of, the one to tell first before all others."""
    measures = _Measures(given)
    for row in given.snapshot.positions:
        if (off := _sizes_apart(row, measures)) is not None:
            yield Flag("figures_contradict", off)
    told = _told(given, measures)
    if isinstance(told, str):
        yield MissingFact(Subject(coin(given.snapshot), "position_size"), "usd", told)
        return
    limits = given.limits("whale")

    def order(held: Held) -> tuple[object, ...]:
        reaches = held.usd >= limits["floor_usd"] and held.share >= limits["share_percent"]
        return (not reaches, -held.usd, held.row.side, held.row.venue or "", held.row.source or "")

    for place, held in enumerate(sorted(told, key=order)[:MOST_TOLD]):
        yield from _facts(held, f"number {place + 1}" if place else None, given)
    yield Flag("single_position", f"{len(told)} told of by {', '.join(dict.fromkeys(_name(one) for one in told))}")


def _told(given: Given, measures: "_Measures") -> list[Held] | str:
    """Return the positions of the coin that can be told, each once, or why there are none."""
    own = [row for row in given.snapshot.positions if row.about == coin(given.snapshot)]
    if not own:
        return "the snapshot holds no position"
    named = [row for row in own if row.source is not None]
    if not named:
        return "the snapshot does not say who tells of its positions"
    fresh = [row for row in named if not is_stale(row, given.now)]
    if not fresh:
        newest = max(row.at for row in named)
        return f"the newest position is of {newest:%Y-%m-%d %H:%M} UTC, so old that it may be closed"
    sound = [row for row in _current(fresh) if _sizes_apart(row, measures) is None]
    if not sound:
        return "the sizes in dollars and in coins contradict each other at the price"
    told = [one for row in sound if (one := _held(row, measures)) is not None]
    return _each_once(told) or "the positions have no size in dollars, and no price to work it out with"


def _current(rows: list[Position]) -> list[Position]:
    """Return of each source and venue the positions of its newest list: earlier ones are the same, or closed."""
    near = timedelta(minutes=float(tolerance(Position.METRIC).time_minutes))
    newest: dict[tuple[str | None, str | None], Position] = {}
    for row in rows:
        held = newest.setdefault((row.venue, row.source), row)
        if row.at > held.at:
            newest[row.venue, row.source] = row
    latest: dict[tuple[object, ...], Position] = {}
    for row in rows:
        if newest[row.venue, row.source].at - row.at <= near:
            # A position is known again by its side and entry; its size moves with the price.
            same = (row.venue, row.source, row.side, row.entry_price or row.notional_usd or row.size_coin)
            if same not in latest or row.at > latest[same].at:
                latest[same] = row
    return list(latest.values())


class _Measures:
    """What positions are measured by, looked up once an exchange: a list may have thousands of one."""

    def __init__(self, given: Given) -> None:
        self.in_dollars = dollars(given)[0]
        self._given = given
        self._prices: dict[tuple[str, str | None], Fact | None] = {}
        self._interests: dict[tuple[str, str], Fact | None] = {}

    def price(self, row: Position) -> Fact | None:
        """Return the price of the position's own venue, else the preferred one; none that is stale."""
        place = (row.about, row.venue)
        if place not in self._prices:
            self._prices[place] = _price(row, self._given)
        return self._prices[place]

    def interest(self, row: Position, usd: Decimal) -> Fact | None:
        """Return the open interest that a position is a part of; none that is stale, or smaller than the position."""
        for venue in (row.venue, "all"):
            fact = self._interest(row.about, venue) if venue is not None else None
            if fact is not None and fact.number >= usd:
                return fact
        return None

    def _interest(self, asset: str, venue: str) -> Fact | None:
        if (asset, venue) not in self._interests:
            fact = self._given.sheet.get("oi_usd", asset=asset, venue=venue)
            is_fresh = fact is not None and not stale_at("open_interest", fact.as_of, self._given.now)
            self._interests[asset, venue] = fact if is_fresh else None
        return self._interests[asset, venue]


def _sizes_apart(row: Position, measures: _Measures) -> str | None:
    """Return how the dollars and the coins of a position contradict each other at the price of its time."""
    price, allowed = measures.price(row), tolerance(Position.METRIC)
    if price is None or not row.notional_usd or not row.size_coin or not _of_one_time(row, price):
        return None
    worth = row.size_coin * price.number * measures.in_dollars
    # The source's price may be another, and a price moves until the time of the row: twice the tolerance.
    if abs(row.notional_usd - worth) <= 2 * allowed.relative * max(row.notional_usd, worth):
        return None
    return f"a position of {row.size_coin:f} coins at {price.number:f} is given as {row.notional_usd:f} USD"


def _of_one_time(row: Position, price: Fact) -> bool:
    return abs(price.as_of - row.at) <= timedelta(minutes=float(tolerance(Position.METRIC).time_minutes))


def _result_apart(held: Held) -> str | None:
    """Return how a result contradicts what entry and price make of the size; nothing where it does not."""
    row, price, allowed = held.row, held.price, tolerance(Position.METRIC)
    if row.pnl_usd is None or row.entry_price is None or price is None or not _of_one_time(row, price):
        return None
    made = held.usd * (1 - row.entry_price / price.number) * (1 if row.side == "long" else -1)
    if abs(row.pnl_usd - made) <= allowed.relative * held.usd + allowed.relative * max(abs(made), abs(row.pnl_usd)):
        return None
    moved = f"price went from {row.entry_price:f} to {price.number:f}"
    return f"a {row.side} of {held.usd:f} USD, of which {moved}, is given a result of {row.pnl_usd:f} USD"


def _held(row: Position, measures: _Measures) -> Held | None:
    price = measures.price(row)
    usd = row.notional_usd
    if usd is None and price is not None and row.size_coin is not None:
        usd = row.size_coin * price.number * measures.in_dollars
    return Held(row, usd, price, measures.interest(row, usd)) if usd else None


def _each_once(told: list[Held]) -> list[Held]:
    """Return the positions without those that a second source tells of again: as large, of one side and venue."""
    allowed = tolerance(Position.METRIC)
    kept: list[Held] = []
    sizes: dict[tuple[object, ...], dict[str | None, list[Decimal]]] = {}
    for one in sorted(told, key=_preference):
        by_source = sizes.setdefault((one.row.side, one.row.venue), {})
        # The nearest in size disagrees less than any other.
        again = any(
            not allowed.apart(near, one.usd)
            for source, held in by_source.items()
            if source != one.row.source
            for near in held[max(0, bisect_left(held, one.usd) - 1) :][:2]
        )
        if not again:
            kept.append(one)
            insort(by_source.setdefault(one.row.source, []), one.usd)
    return kept


def _preference(held: Held) -> tuple[object, ...]:
    """Return what puts the exchange's own word before a vendor's, then the newer, then the larger."""
    return (not says_itself(held.row), -held.row.at.timestamp(), -held.usd, _name(held))


def _price(row: Position, given: Given) -> Fact | None:
    """Return the price of the position's own venue, else the preferred one; none that is stale."""
    prices = [
        fact for fact in given.sheet.all("price", asset=row.about) if not stale_at("price", fact.as_of, given.now)
    ]
    own = [fact for fact in prices if row.venue is not None and fact.subject.venue == row.venue]
    return next(iter(own or prices), None)


class _Teller(NamedTuple):
    """Makes the facts of one position."""

    held: Held
    at: str | None
    """What tells it apart from the one that is told first."""
    quote: str

    def subject(self, name: str) -> Subject:
        """Return what a fact is about."""
        row = self.held.row
        return Subject(row.about, f"position_{name}", row.side, row.venue, None, self.at)

    def said(self, name: str, value: Value, unit: Unit, quantity: Quantity = "level") -> Fact:
        """Return what the row gives itself."""
        row = self.held.row
        currency = self.quote if unit == "price" else "USD"
        who = source_of(row)
        return Fact(self.subject(name), value, unit, quantity, evidence_of(row), who, row.at, currency=currency)


def _facts(held: Held, at: str | None, given: Given) -> Iterator[Result]:
    row, teller = held.row, _Teller(held, at, given.snapshot.quote)
    sizes = _sizes(teller, given)
    yield from sizes
    if at is not None:
        # Of the others it is told that they are there, and how far they are from liquidation.
        yield from _level(teller, "other_")
        return
    size = next(fact for fact in sizes if fact.unit == "usd")
    yield _share(teller, size)
    yield derive(teller.subject("test"), size.number / 2, "usd", "level", (size,), "position_size / 2")
    for fact in sizes:
        if fact.unit != "coin":
            continue
        half, more = teller.subject("test_coin"), teller.subject("test_up")
        yield derive(half, fact.number / 2, "coin", "level", (fact,), "position_coin / 2")
        yield derive(more, fact.number * HALF_AS_MUCH_AGAIN, "coin", "level", (fact,), "position_coin * 1.5")
        if not fact.formula:
            yield from position_rank(given, row, fact)
    apart = _result_apart(held)
    if apart is not None:
        yield Flag("figures_contradict", apart)
        yield MissingFact(teller.subject("result"), "usd", apart)
    for made in _prices(teller, apart is None):
        yield made
        if isinstance(made, Fact) and made.subject.metric == "position_distance":
            yield from position_reach(given, made)
    if row.leverage is not None:
        yield teller.said("leverage", row.leverage, "ratio", "ratio")
    if row.margin_mode is not None:
        yield teller.said("margin_mode", row.margin_mode, "name", "entity")
    if row.margin_usd:
        yield teller.said("margin", row.margin_usd, "usd")
    if row.pnl_usd and apart is None:
        yield teller.said("result", row.pnl_usd, "usd", "delta")
    if row.count:
        count = teller.said("count", row.count, "count", "count")
        yield count
        if row.count > 1:
            mean = size.number / row.count
            yield derive(teller.subject("mean"), mean, "usd", "level", (size, count), "position_size / position_count")
    if row.previous_notional_usd is not None:
        previous = teller.said("previous", row.previous_notional_usd, "usd")
        yield previous
        change = size.number - previous.number
        formula = "position_size - position_previous"
        yield derive(teller.subject("change"), change, "usd", "delta", (size, previous), formula)
    yield from _funding(teller, size, given)


def _sizes(teller: _Teller, given: Given) -> list[Fact]:
    """Return the size in dollars and in coins: as given, or one of the other at the price."""
    held = teller.held
    usd = teller.said("size", held.row.notional_usd, "usd") if held.row.notional_usd else None
    coins = teller.said("coin", held.row.size_coin, "coin") if held.row.size_coin else None
    rate, in_usd = dollars(given)
    if held.price is not None and usd is None and coins is not None:
        value = coins.number * held.price.number * rate
        inputs = (coins, held.price)
        usd = derive(teller.subject("size"), value, "usd", "level", inputs, f"position_coin * {in_usd}")
    elif held.price is not None and coins is None and usd is not None:
        value = usd.number / (held.price.number * rate)
        coins = derive(teller.subject("coin"), value, "coin", "level", (usd, held.price), f"position_size / {in_usd}")
    return [fact for fact in (usd, coins) if fact is not None]


def _share(teller: _Teller, size: Fact) -> Result:
    interest = teller.held.interest
    if interest is None:
        reason = "the snapshot holds no open interest of the time, in dollars, that it can be a part of"
        return MissingFact(teller.subject("share"), "percent", reason)
    value = teller.held.share
    return derive(teller.subject("share"), value, "percent", "share", (size, interest), "position_size / oi_usd * 100")


def _prices(teller: _Teller, is_entered: bool) -> Iterator[Result]:
    row, price = teller.held.row, teller.held.price
    if row.entry_price is not None and is_entered:
        entry = teller.said("entry", row.entry_price, "price")
        yield entry
        if price is not None:
            value, formula = percent_from(entry.number, price.number), "(price / position_entry - 1) * 100"
            yield derive(teller.subject("entry_move"), value, "percent", "delta", (price, entry), formula)
    yield from _level(teller)


def _level(teller: _Teller, which: str = "") -> Iterator[Result]:
    """Yield the liquidation price and how far it is; `which` keeps those of another position apart."""
    row = teller.held.row
    if row.liquidation_price is not None:
        level = teller.said(f"{which}liquidation", row.liquidation_price, "price")
        yield level
        yield _distance(teller, level, which)


def _distance(teller: _Teller, level: Fact, which: str) -> Result:
    subject, price = teller.subject(f"{which}distance"), teller.held.price
    if price is None:
        return MissingFact(subject, "percent", "the snapshot holds no price of the time to measure it from")
    value = percent_from(price.number, level.number)
    if not value or (value > 0) == (subject.side == "long"):
        return MissingFact(
            subject, "percent", "the price has passed the liquidation price, so it cannot be of the time"
        )
    formula = f"({level.subject.metric} / price - 1) * 100"
    return derive(subject, value, "percent", "delta", (level, price), formula)


def _funding(teller: _Teller, size: Fact, given: Given) -> Iterator[Result]:
    """Yield what a position of this size receives at the last settlement of its venue; negative where it pays."""
    venue = teller.held.row.venue
    rate = given.sheet.get("funding_rate", asset=size.subject.asset, venue=venue, at="settled") if venue else None
    if rate is None or rate.subject.window_hours is None or not rate.number:
        return
    received = rate.number / 100 * size.number * (1 if size.side == "short" else -1)
    subject = teller.subject("funding")._replace(window_hours=rate.subject.window_hours)
    formula = f"{rate.id} / 100 * position_size, received by shorts where it is positive"
    yield derive(subject, received, "usd", "delta", (rate, size), formula)


def _name(held: Held) -> str:
    return held.row.source or ""
