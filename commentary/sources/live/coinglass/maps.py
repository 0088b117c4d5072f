"""CoinGlass's liquidation maps: where its model holds that positions would be closed, and how large they are.

An estimate, as it says itself: levels that were opened and not those that were closed, so that sizes count against one
another and are no amounts. Sizes are US dollars. A reply tells no side: a level below the price is of longs, one above
it of shorts. CoinGlass gives the model of its map no name.

Not asked for: "max pain", the largest level of each side alone, since a map of two levels would say that there is
nothing between them (its names are also the wrong way round: the level named long lies above the price); and the
heatmaps, three models of how a map came about, whose levels of now are a map's. Documentation: "Pair Liquidation Map",
"Coin Liquidation Map", "Liquidation Max Pain", read 2026-11-30.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from commentary.records.snapshot import Level, LiquidationMap
from commentary.sources.live.base import Answer, Asked, Call, Read
from commentary.sources.live.coinglass import common
from commentary.sources.live.coinglass.prices import MARKETS, spot
from commentary.sources.shapes.reading import Part

HOURS = {"1d": 24, "7d": 168, "30d": 720}
"""How far back a range goes."""
_SECTION = ("liquidation_maps",)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the maps of a day, a week and a month of all exchanges, and one of one exchange."""
    if asked.scope == "watch":
        return
    for range_, hours in HOURS.items():
        yield Call(
            f"map_{range_}",
            "/api/futures/liquidation/aggregated-map",
            _read(common.ALL, hours),
            _SECTION,
            params={"symbol": asked.asset, "range": range_},
            needs=(MARKETS,),
        )
    yield Call(
        f"map_{common.EXCHANGE.lower()}",
        "/api/futures/liquidation/map",
        _read(common.EXCHANGE, HOURS["7d"]),
        _SECTION,
        params={"exchange": common.EXCHANGE, "symbol": common.pair(asked.asset), "range": "7d"},
        needs=(MARKETS,),
    )


def _read(venue: str, hours: int) -> Read:
    def read(answer: Answer) -> Iterator[LiquidationMap]:
        return _map(answer, venue, hours)

    return read


def _map(answer: Answer, venue: str, hours: int) -> Iterator[LiquidationMap]:
    """Yield the map, its levels of one price and leverage as one: the reply has several rows for a price."""
    part, price = Part.of(answer)["data"], spot(answer)
    sizes: dict[tuple[Decimal, Decimal | None], Decimal] = defaultdict(Decimal)
    for _, rows in part.entries():
        for row in common.held(rows):
            at, leverage, size = row[0].positive(), row.maybe(2), row.maybe(1)
            if size is not None:
                sizes[at, None if leverage is None else leverage.positive()] += size.size()
    levels = tuple(
        _level(part, at, sizes[at, leverage], price, leverage)
        for at, leverage in sorted(sizes, key=lambda key: (key[0], key[1] or 0))
        if at != price
    )
    if levels:
        yield part.row(
            LiquidationMap,
            venue=venue,
            source=common.TITLE,
            evidence="estimated",
            window_hours=hours,
            time=answer.received_at,
            levels=levels,
        )


def _level(part: Part, at: Decimal, size: Decimal, price: Decimal, leverage: Decimal | None) -> Level:
    side = "long" if at < price else "short"
    return part.row(Level, price=at, side=side, notional_usd=size, leverage=leverage)
