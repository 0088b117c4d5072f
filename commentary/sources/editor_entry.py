"""A snapshot from what an editor types: `commentary snapshot new`, figures as a desk writes them.

    --price 77200                          the price
    --below 60593=1.07B                    a vendor's sum of longs from spot down to 60593
    --above $85,010=412M                   of shorts, up to it
    --funding 0.0024%/8h@Binance           a rate for an interval; the venue may be left out
    --funding-kind settled --funding-time 2026-11-22T08:00:00Z
    --open-interest 270300BTC@Binance      in coin, or $35.2B in dollars
    --open-interest-change -2.89%/24h      of dollars; "-2.89%BTC/24h" of coin
    --price-change -1.8%/24h
    --liquidations long=412M,short=56M/24h

What cannot be read is refused by the option's name; the reader of snapshots judges the rest.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from commentary.errors import BadInputError
from commentary.records.snapshot import FORMAT

Json = dict[str, object]

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_AMOUNT = re.compile(rf"(?P<dollar>\$?)(?P<number>{_NUMBER}) ?(?P<scale>[A-Za-z]*)")
_CHANGE = re.compile(rf"(?P<sign>[-+\u2212]?)(?P<number>{_NUMBER})%")
_WINDOW = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>h|d)")
_SCALES = {
    "": 0,
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "b": 9,
    "bn": 9,
    "billion": 9,
    "t": 12,
    "tn": 12,
    "trillion": 12,
}
_MOST_USD = Decimal(10) ** 12
_MOST_RATE = Decimal("0.1")
"""More than these no map of one asset sums, and no exchange charges: they are slips of a scale."""
_LONGEST = 60
"""A typed figure is short; anything longer is a slip of the clipboard."""
_WHEN_SETTLED = (
    "a rate settles at a time of its own, not when it was typed; give it, such as --funding-time 2026-11-22T08:00:00Z, "
    "or leave --funding-kind out"
)
_LIQUIDATION_FIELDS = {
    "long": "long_usd",
    "short": "short_usd",
    "total": "total_usd",
    "largest": "largest_order_usd",
}


def build_snapshot(
    *,
    asset: str,
    as_of: str | datetime,
    quote: str = "USD",
    usd_rate: str | None = None,
    name: str | None = None,
    note: str | None = None,
    price: str | None = None,
    price_kind: str | None = None,
    venue: str | None = None,
    source: str | None = None,
    below: Iterable[str] = (),
    above: Iterable[str] = (),
    map_hours: str | None = None,
    funding: Iterable[str] | str = (),
    funding_kind: str | None = None,
    funding_time: str | datetime | None = None,
    open_interest: Iterable[str] | str = (),
    open_interest_change: Iterable[str] | str = (),
    price_change: Iterable[str] | str = (),
    liquidations: Iterable[str] | str = (),
) -> Json:
    """Return commentary.snapshot/1 as JSON holds it (numbers are Decimal; records.canonical.dump writes it).

    Args:
        asset: ticker.
        as_of: the time of all figures.
        quote: currency of the prices.
        usd_rate: US dollars for one unit of another quote.
        name: the asset in running text.
        note: a remark that goes into the file.
        price: such as "77,200".
        price_kind: last, mark, index or spot.
        venue: of the price, and of figures without an @venue.
        source: who says so: of all rows.
        below: reaches of long liquidations, as PRICE=AMOUNT; no such price is above `price`.
        above: reaches of short liquidations; no such price is below `price`.
        map_hours: length of the window of the map, such as "7d".
        funding: as RATE%/INTERVAL[@VENUE]; "?" for an interval that is not known.
        funding_kind: settled or predicted.
        funding_time: when the rates settled, or were predicted; what settled has to have it.
        open_interest: as AMOUNT[COIN][@VENUE].
        open_interest_change: as CHANGE%[COIN]/WINDOW[@VENUE].
        price_change: as CHANGE%/WINDOW.
        liquidations: as long=AMOUNT,short=AMOUNT,total=AMOUNT,largest=AMOUNT/WINDOW[@VENUE].

    Raises:
        BadInputError: a figure cannot be read; the path is the option's name.
    """
    common: Json = {"source": source}
    here: Json = {"source": source, "venue": venue}
    rates = [_funding(text, here, funding_kind, funding_time) for text in _each(funding)]
    if rates and funding_kind == "settled" and funding_time is None:
        raise BadInputError("--funding-kind", funding_kind, _WHEN_SETTLED)
    prices: list[Json] = []
    spot = None if price is None else amount(price, "--price")
    if spot is not None:
        prices.append(_given(here, value=spot, kind=price_kind))
    levels = [*_levels(below, "long", "--below", spot), *_levels(above, "short", "--above", spot)]
    maps: list[Json] = []
    if levels:
        window = None if map_hours is None else hours(map_hours, "--map-hours")
        maps.append(_given(common, evidence="estimated", window_hours=window, cumulative=levels))
    return _given(
        {"format": FORMAT, "asset": asset, "quote": quote, "as_of": _time(as_of)},
        name=name,
        note=note,
        usd_rate=None if usd_rate is None else amount(usd_rate, "--usd-rate"),
        prices=prices,
        price_changes=[_price_change(text, here) for text in _each(price_change)],
        liquidation_maps=maps,
        funding=rates,
        open_interest=[_open_interest(text, here, asset) for text in _each(open_interest)],
        open_interest_changes=[_oi_change(text, here, asset) for text in _each(open_interest_change)],
        liquidations=[_liquidations(text, here) for text in _each(liquidations)],
    )


def amount(text: str, option: str) -> Decimal:
    """Return what "1.07B", "412 million" or "$60,593" says.

    Raises:
        BadInputError: it says something else.
    """
    match = _AMOUNT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    scale = _SCALES.get(match["scale"].lower()) if match else None
    if match is None or scale is None:
        raise BadInputError(option, text, "write an amount such as 60,593, 412M or $1.07B")
    return Decimal(match["number"].replace(",", "")).scaleb(scale)


def hours(text: str, option: str) -> Decimal:
    """Return what "8h" or "7d" says, in hours.

    Raises:
        BadInputError: it says something else.
    """
    match = _WINDOW.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        raise BadInputError(option, text, "write a length such as 8h or 7d")
    return Decimal(match["number"]) * (24 if match["unit"] == "d" else 1)


def percent(text: str, option: str) -> Decimal:
    """Return what "-2.89%" says, in percent.

    Raises:
        BadInputError: it says something else.
    """
    match = _CHANGE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        raise BadInputError(option, text, "write a percentage with its sign, such as -2.89%")
    number = Decimal(match["number"].replace(",", ""))
    return number.copy_negate() if match["sign"] in ("-", "\u2212") else number


def _levels(texts: Iterable[str], side: str, option: str, spot: Decimal | None) -> Iterable[Json]:
    for text in texts:
        price, equals, size = text.partition("=")
        if not equals:
            raise BadInputError(option, text, "write PRICE=AMOUNT, such as 60593=1.07B")
        end = amount(price, option)
        if spot is not None and (end > spot if side == "long" else end < spot):
            raise BadInputError(option, text, _wrong_side(end, side, spot))
        sum_usd = amount(size, option)
        if not sum_usd:
            raise BadInputError(option, text, "a sum of nothing is none; write its size, or leave it out")
        if sum_usd > _MOST_USD:
            raise BadInputError(option, text, "that is over $1 trillion, more than any map holds; correct the size")
        yield {"price": end, "side": side, "notional_usd": sum_usd}


def _wrong_side(end: Decimal, side: str, spot: Decimal) -> str:
    where, other = ("above", "--above") if side == "long" else ("below", "--below")
    return (
        f"{end:,f} lies {where} the price, {spot:,f}, so the sum cannot have been counted from there; correct one of "
        f"them, write {other} if it counts {'shorts' if side == 'long' else 'longs'}, or, if the map is older than the "
        "price, give it its own time in a file"
    )


def _funding(text: str, here: Json, kind: str | None, at: str | datetime | None) -> Json:
    figure, interval, row = _parts(text, here, "--funding", "0.0024%/8h")
    rate = percent(figure, "--funding").scaleb(-2)
    if abs(rate) > _MOST_RATE:
        raise BadInputError(
            "--funding", text, "no exchange charges over 10% for an interval; write the rate in percent"
        )
    interval_hours = None if interval == "?" else hours(interval, "--funding")
    return _given(row, rate=rate, interval_hours=interval_hours, kind=kind, time=None if at is None else _time(at))


def _price_change(text: str, here: Json) -> Json:
    figure, window, row = _parts(text, here, "--price-change", "-1.8%/24h")
    return _given(row, window_hours=hours(window, "--price-change"), percent=percent(figure, "--price-change"))


def _oi_change(text: str, here: Json, asset: str) -> Json:
    option = "--open-interest-change"
    figure, window, row = _parts(text, here, option, "-2.89%/24h")
    in_coin = figure.endswith(f"%{asset}")
    change = percent(figure.removesuffix(asset) if in_coin else figure, option)
    return _given(row, window_hours=hours(window, option), percent=change, of="coin" if in_coin else None)


def _open_interest(text: str, here: Json, asset: str) -> Json:
    option = "--open-interest"
    figure, row = _at_venue(text, here, option)
    if figure.startswith("$"):
        return _given(row, value_usd=amount(figure, option))
    if figure.endswith(asset) and figure != asset:
        return _given(row, value_coin=amount(figure.removesuffix(asset), option))
    raise BadInputError(option, text, f"say the unit: 270300{asset} in coin, or $35.2B in dollars")


def _liquidations(text: str, here: Json) -> Json:
    option = "--liquidations"
    figures, window, row = _parts(text, here, option, "long=412M,short=56M/24h")
    found: Json = {}
    for figure in re.split(r",(?=[a-z])", figures):
        name, equals, size = figure.strip().partition("=")
        field = _LIQUIDATION_FIELDS.get(name)
        if not equals or field is None or field in found:
            known = ", ".join(f"{known}=AMOUNT" for known in _LIQUIDATION_FIELDS)
            raise BadInputError(option, text, f"write any of {known}, each once, then /24h")
        found[field] = amount(size, option)
    return _given(row, window_hours=hours(window, option), **found)


def _parts(text: str, here: Json, option: str, sample: str) -> tuple[str, str, Json]:
    """Return the figure, the window behind the slash, and the row's venue and source."""
    rest, row = _at_venue(text, here, option)
    figure, slash, window = rest.rpartition("/")
    if not slash:
        raise BadInputError(option, text, f"say for how long, such as {sample}")
    return figure.strip(), window.strip(), row


def _at_venue(text: str, here: Json, option: str) -> tuple[str, Json]:
    figure, at, venue = text.partition("@")
    if at and not venue.strip():
        raise BadInputError(option, text, "name the venue after @, or leave the @ out")
    return figure.strip(), {**here, "venue": venue.strip()} if at else here


def _time(value: str | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else value


def _each(texts: Iterable[str] | str) -> Iterable[str]:
    return (texts,) if isinstance(texts, str) else texts


def _given(row: Json, **fields: object) -> Json:
    """Return the row without what was not given."""
    return {name: value for name, value in {**row, **fields}.items() if value is not None and value != []}
