"""Price: what one coin cost, where and by which measure, and how it moved.

A price has a kind: the mark price is the one that liquidates, an index averages spot exchanges and
cannot be moved by one venue's thin trade, the last price is one trade. "The price" of a text is the
first of its coin's facts: fresh before stale, then mark, index, last, spot. Unit: the snapshot's quote
for one coin, also where the contract is for a thousand.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from commentary.metrics.base import Given, Result, metric
from commentary.metrics.moves import price_changes, price_facts, range_of_the_day
from commentary.metrics.rows import coin, gap, is_stale, preferred, says_itself
from commentary.records.fact import Fact, MissingFact, Subject, derive
from commentary.records.snapshot import Price

KINDS = ("mark", "index", "last", "spot", None)
"""Best first: liquidations go by the mark price."""


@metric("price")
def price(given: Given) -> Iterator[Result]:
    """Return prices, changes, the day's range, the days of candles held, and the price of a contract."""
    about = coin(given.snapshot)
    groups = _groups(given)
    made: list[Result] = []
    if not groups or groups[0][0].about != about:
        made.extend(_last_close(given))
    made.extend(result for rows in groups for result in _prices(rows, given))
    yield from made
    first = next((one for one in made if isinstance(one, Fact) and one.subject.asset == about), None)
    yield from price_changes(groups, given)
    yield from range_of_the_day(given)
    yield from _history_days(given)
    yield from _contract(groups, given)
    yield from _dollar_rate(given, first)


def _groups(given: Given) -> list[list[Price]]:
    """Return the newest row of each source by asset, exchange and kind, the group to use first.

    The snapshot's coin comes first; then fresh before stale, the kinds in order, the exchange's own word
    before a vendor's, the newest; names decide the rest.
    """
    things: dict[tuple[str, str | None, str | None], list[Price]] = {}
    for row in given.snapshot.prices:
        things.setdefault((row.about, row.venue, row.kind), []).append(row)
    return sorted((preferred(rows, given) for rows in things.values()), key=lambda rows: _rank(rows[0], given))


def _rank(row: Price, given: Given) -> tuple[object, ...]:
    return (
        row.about != coin(given.snapshot),
        row.about,
        is_stale(row, given.now),
        KINDS.index(row.kind),
        not says_itself(row),
        given.now - row.at,
        row.venue is None,
        row.venue,
    )


def _prices(rows: list[Price], given: Given) -> Iterator[Result]:
    facts = list(price_facts(rows, given))
    yield from facts
    if len(rows) > 1 and (parted := gap(facts[0], facts[1], (rows[0], rows[1]), "value", given)):
        yield parted


def _last_close(given: Given) -> Iterator[Result]:
    """Return the newest close, for a snapshot that has candles and no price of its coin."""
    series = given.candles
    if not series:
        reason = "the snapshot holds neither a price nor a finished candle"
        yield MissingFact(Subject(coin(given.snapshot), "price"), "price", reason)
        return
    best = series[0]
    yield Fact(
        Subject(coin(given.snapshot), "price", venue=best.series.venue, at="close"),
        best.bars[-1].close,
        "price",
        "level",
        best.evidence,
        best.source,
        best.end,
        currency=given.snapshot.quote,
    )


def _history_days(given: Given) -> Iterator[Result]:
    longest = max(given.candles, key=lambda made: len(made.bars) * made.interval, default=None)
    if longest is None or not (days := (len(longest.bars) * longest.interval).days):
        return
    yield Fact(
        Subject(coin(given.snapshot), "history_days", venue=longest.series.venue, at="price"),
        Decimal(days),
        "days",
        "count",
        longest.evidence,
        longest.source,
        longest.end,
        "whole days of finished candles",
    )


def _contract(groups: list[list[Price]], given: Given) -> Iterator[Result]:
    """Return how many coins a contract stands for and what the contract costs, such as 1000PEPEUSDT."""
    snapshot = given.snapshot
    if snapshot.contract_multiplier is None:
        return
    multiplier = Fact(
        Subject(snapshot.asset, "contract_multiplier", at=snapshot.contract),
        snapshot.contract_multiplier,
        "count",
        "count",
        "reported",
        (),
        snapshot.as_of,
    )
    yield multiplier
    if not groups or groups[0][0].about != snapshot.asset:
        subject = Subject(snapshot.asset, "contract_price", at=snapshot.contract)
        yield MissingFact(subject, "price", "the snapshot holds no price of the coin")
        return
    coin_price = next(fact for fact in _prices(groups[0], given) if isinstance(fact, Fact))
    yield derive(
        Subject(snapshot.asset, "contract_price", venue=coin_price.subject.venue, at=snapshot.contract),
        coin_price.number * snapshot.contract_multiplier,
        "price",
        "level",
        (coin_price, multiplier),
        f"{coin_price.id} * {multiplier.id}",
        as_of=coin_price.as_of,
    )


def _dollar_rate(given: Given, price: Fact | None) -> Iterator[Result]:
    """Return the US dollars for one unit of another quote, as the snapshot's maker gives it, and the price in them."""
    snapshot = given.snapshot
    if snapshot.usd_rate is not None and snapshot.quote != "USD":
        subject = Subject(coin(snapshot), "usd_rate", at=snapshot.quote)
        rate = Fact(subject, snapshot.usd_rate, "ratio", "level", "reported", (), given.as_of)
        yield rate
        if price is not None:
            made = derive(
                price.subject._replace(metric="price_usd"),
                price.number * rate.number,
                "price",
                "level",
                (price, rate),
                "price * usd_rate",
                as_of=price.as_of,
            )
            yield replace(made, currency="USD")
