"""Rows of a snapshot that run along the price: prices, candles, levels, the book, liquidation maps."""

from typing import Literal, Self

from pydantic import model_validator

from commentary.records.rows import Row, Series, Sided
from commentary.records.values import Assumptions, Change, Hours, Minutes, Name, Positive, Size, Time, refusal


class Price(Row):
    """A price of one coin (or contract), in the quote. Key: asset, venue, kind, time."""

    METRIC = "price"
    KEY = ("kind",)
    VALUES = ("value",)

    value: Positive
    kind: Literal["last", "mark", "index", "spot"] | None = None


class PriceChange(Row):
    """A reported change over a window that ends at `time`. Key: asset, venue, window_hours, time."""

    METRIC = "price_change"
    KEY = ("window_hours",)
    VALUES = ("percent",)

    window_hours: Hours
    percent: Change
    """Percent, negative for a fall: -1.8."""

    @model_validator(mode="after")
    def _some_left(self) -> Self:
        if self.percent == -100:
            raise refusal("a price that fell by 100 percent is none; write a change above -100", "percent")
        return self


class Bar(Row):
    """A candle. Key: its series' key and source, then time, which is the start of the bar."""

    METRIC = "candle"
    VALUES = ("open", "high", "low", "close", "volume_usd", "taker_buy_usd")
    COMPARED = ("close",)

    time: Time
    open: Positive
    high: Positive
    low: Positive
    close: Positive
    volume_usd: Size | None = None
    taker_buy_usd: Size | None = None
    """The part of the volume that buyers took."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.high < max(self.open, self.close, self.low):
            raise refusal("the high is below another price of the bar; check the columns", "high")
        if self.low > min(self.open, self.close):
            raise refusal("the low is above another price of the bar; check the columns", "low")
        return self


class CandleSeries(Series):
    """Candles of one length. Key: asset, venue, interval_minutes."""

    METRIC = "candle"
    KEY = ("interval_minutes",)
    ONE_OF = ("bars",)

    interval_minutes: Minutes
    bars: tuple[Bar, ...] = ()


class PriceLevel(Row):
    """A level that a source calls support or resistance. Key: asset, venue, kind, low, high, time."""

    METRIC = "price_level"
    KEY = ("kind", "low", "high")
    ONE_OF = ("low", "high")

    kind: Literal["support", "resistance"]
    low: Positive | None = None
    high: Positive | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise refusal("low is above high; exchange them", "low")
        if self.low is not None and self.low == self.high:
            raise refusal("low and high are one price, and no band; give both ends, or one of them alone", "high")
        return self


class OrderBook(Row):
    """Resting orders from the middle price to a bound. Key: asset, venue, within_percent, to_price, time."""

    METRIC = "order_book"
    KEY = ("within_percent", "to_price")
    VALUES = ("bids_usd", "asks_usd")
    ONE_OF = VALUES

    within_percent: Positive | None = None
    """Percent from the middle price, each way."""
    to_price: Positive | None = None
    bids_usd: Size | None = None
    asks_usd: Size | None = None


class Level(Row):
    """A price bucket of a map. Key: its map's key and source, then price, side, leverage."""

    METRIC = "liquidation_map"
    KEY = ("price", "side", "leverage")
    VALUES = ("notional_usd",)

    price: Positive
    side: Sided
    """The side that would be liquidated."""
    notional_usd: Size
    leverage: Positive | None = None


class Cumulative(Row):
    """A vendor's sum from spot to a price. Key: its map's key and source, then price, side."""

    METRIC = "liquidation_map"
    KEY = ("price", "side")
    VALUES = ("notional_usd",)

    price: Positive
    side: Sided
    notional_usd: Size


class LiquidationMap(Row):
    """A model of where positions would be liquidated. Key: asset, venue, model, prior, window_hours, time.

    Two maps of one key and source are one map in two parts.
    """

    METRIC = "liquidation_map"
    KEY = ("model", "prior", "window_hours")
    VALUES = ("evidence", "assumptions")
    ONE_OF = ("levels", "cumulative")

    evidence: Literal["observed", "reported", "estimated", "asserted"] = "estimated"
    window_hours: Hours | None = None
    model: Name | None = None
    prior: Literal["low", "base", "high"] | None = None
    assumptions: Assumptions | None = None
    levels: tuple[Level, ...] = ()
    cumulative: tuple[Cumulative, ...] = ()
