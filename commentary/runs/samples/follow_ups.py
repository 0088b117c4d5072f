"""Bitcoin snapshots of a feed that remembers: a test that comes due, one that lapses, and one that is still open.

The history of each, which data/snapshots/index.toml names, holds the story that set the test and those that were
settled before it; it is made by hand, as illustrative as the figures, so that a change of wording does not change it.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from commentary.records.fact import Side, Subject, Unit
from commentary.records.fact_file import FactRecord, SubjectRecord
from commentary.records.history import History, Outcome, PublishedCondition, PublishedItem, Result
from commentary.runs.samples import histories, samples
from commentary.runs.samples.bitcoin import candle_history, coins, funding_history, mark, price
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.series import liquidations, open_interest, stepped

FEED = "bitcoin desk"
_DAYS = 90
_TEST_HOURS = 72
_STEP = Decimal(10)
_REACHED, _OPEN_AT = moment(10, 20, 16), moment(10, 19, 14)
_LAPSED, _SET_AT = moment(9, 27, 16), moment(9, 24, 14)
_COUNTED = {
    _LAPSED - timedelta(days=1): (24_300_000, 27_900_000),
    _LAPSED: (31_600_000, 26_200_000),
    _REACHED: (46_900_000, 27_600_000),
}
"""Longs and shorts that CoinGlass recorded as liquidated in the day that ends then."""

_EARLIER: tuple[tuple[datetime, Side, int, int, Result], ...] = (
    (moment(8, 14, 9), "long", 64_900, 812_000_000, "lapsed"),
    (moment(8, 19, 9), "short", 68_200, 604_000_000, "lapsed"),
    (moment(8, 25, 9), "long", 63_700, 958_000_000, "hit"),
    (moment(8, 31, 9), "long", 62_900, 731_000_000, "lapsed"),
    (moment(9, 4, 9), "short", 66_600, 889_000_000, "miss"),
    (moment(9, 9, 9), "long", 61_800, 677_000_000, "lapsed"),
    (moment(9, 15, 9), "long", 62_400, 1_020_000_000, "hit"),
    (moment(9, 20, 9), "short", 65_900, 745_000_000, "lapsed"),
)
"""Level stories that were settled before: when, side, level, sum, what became of the test."""


@samples.add("btc-follow-up-reached")
def reached() -> Row:
    """Return the day on which price gets to a level that the feed told of the day before."""
    return _snapshot(_REACHED)


@samples.add("btc-follow-up-lapsed")
def lapsed() -> Row:
    """Return the end of a test that price never came to."""
    return _snapshot(_LAPSED)


@samples.add("btc-follow-up-open")
def still_open() -> Row:
    """Return a day in the middle of the same test: nothing is settled yet."""
    return _snapshot(_LAPSED - timedelta(days=1))


@histories.add("btc-level-below")
def with_level_below() -> History:
    """Return the feed up to the story of the level that is reached."""
    told = _item(_OPEN_AT, "long", 62_000, 940_000_000, other=(64_100, 731_000_000))
    return History.of(FEED, (*_settled(), _above(_outcome(_SET_AT, "lapsed")), told))


@histories.add("btc-level-above")
def with_level_above() -> History:
    """Return the feed up to the story of a level above the price."""
    return History.of(FEED, (*_settled(), _above(None)))


def _snapshot(as_of: datetime) -> Row:
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(as_of)), as_of)],
        candles=[candle_history(as_of, seed=4101, days=_DAYS)],
        liquidations=liquidations(
            price(), seed=4102, end=as_of, days=_DAYS, usual_usd=68e6, known={as_of: _COUNTED[as_of]}
        ),
        funding=funding_history(as_of),
        open_interest=open_interest(coins(), price(), end=as_of, days=_DAYS + 1, step=_STEP),
    )


def _above(outcome: Outcome | None) -> PublishedItem:
    """Return the story of a level above the price, with what became of its test where that is told."""
    return _item(_SET_AT, "short", 65_700, 1_420_000_000, outcome, (61_100, 547_000_000))


def _settled() -> list[PublishedItem]:
    return [_item(when, side, level, size, _outcome(when, result)) for when, side, level, size, result in _EARLIER]


def _outcome(when: datetime, result: Result) -> Outcome:
    reached = result in ("hit", "miss")
    return Outcome(result=result, reached=reached, as_of=when + timedelta(days=3), item=_id(when, "settled"))


def _item(
    when: datetime,
    side: Side,
    level: int,
    size: int,
    outcome: Outcome | None = None,
    other: tuple[int, int] | None = None,
) -> PublishedItem:
    """Return what the feed remembers of a story on a map; `other` is level and sum of its other side."""
    spot = round(price().at(when))
    # Half of the coins of the sum, counted in three digits, as the test of a map is.
    counted = Decimal(size) / spot
    step = Decimal(1).scaleb(counted.adjusted() - 2)
    test = (counted / step).quantize(Decimal(1)) * step / 2
    beyond: Side = "short" if side == "long" else "long"
    sides = [(side, level, size), *([(beyond, *other)] if other else [])]
    last = _price(when, Decimal(spot))
    figures = {last.id: last} | {
        one.id: one
        for of, at, usd in sides
        for one in (
            _figure(when, "reach_size", Decimal(usd), "usd", of, at),
            _figure(when, "reach_price", Decimal(at), "price", of, at),
            _figure(when, "reach_distance", (Decimal(at) / spot - 1) * 100, "percent", of, at),
        )
    }
    down = "down to" if side == "long" else "up to"
    condition = PublishedCondition(
        metric="oi_delta_coin",
        relation="below",
        threshold=_figure(when, "reach_test", test, "coin", side, level),
        window_hours=24,
        deadline=when + timedelta(hours=_TEST_HOURS),
        level=_figure(when, "reach_price", Decimal(level), "price", side, level),
        measure=_figure(when, "oi_coin", stepped(coins().at(when), _STEP), "coin", None, None),
        text=f"The model counts {side}s {down} ${level:,}; the test is {test:,f} BTC of open interest closed.",
        outcome=outcome,
    )
    key = f"BTC/level/{side}-{level // 100 * 100}/{when:%Y-%m-%d}"
    return PublishedItem(
        id=_id(when, side),
        feed=FEED,
        event_key=key,
        story_key=key,
        story="liquidation_map",
        emphasis=side,
        length="standard",
        assets=("BTC",),
        slug=f"btc-liquidation-map-{when:%Y-%m-%d}",
        as_of=when,
        generated_at=when,
        headline=f"CoinGlass model puts ${size // 10**6:,}M of bitcoin {side} liquidations {down} ${level:,}",
        skeletons=(),
        wordings=(),
        figures=dict(sorted(figures.items())),
        headlined=(_figure(when, "reach_size", Decimal(size), "usd", side, level).id,),
        label="neutral",
        conditions=(condition,),
    )


def _figure(
    when: datetime, metric: str, value: Decimal, unit: Unit, side: Side | None, level: int | None
) -> FactRecord:
    open_ = metric == "oi_coin"
    subject = Subject(
        "BTC", metric, side, "all" if open_ else None, None if open_ else Decimal(168), None if open_ else str(level)
    )
    return FactRecord(
        id=subject.id,
        subject=SubjectRecord(**subject._asdict()),
        value=value.quantize(Decimal("0.0001")).normalize() if unit == "percent" else value,
        unit=unit,
        quantity="delta" if unit == "percent" else "level",
        evidence="reported" if open_ else "estimated",
        source=("CoinGlass",),
        as_of=when,
    )


def _price(when: datetime, value: Decimal) -> FactRecord:
    subject = Subject("BTC", "price", None, "Binance", None, "mark")
    return FactRecord(
        id=subject.id,
        subject=SubjectRecord(**subject._asdict()),
        value=value,
        unit="price",
        quantity="level",
        evidence="observed",
        source=("Binance",),
        as_of=when,
    )


def _id(when: datetime, word: str) -> str:
    return f"{when:%m%d%H}{word.encode().hex()}"[:16].ljust(16, "0")
