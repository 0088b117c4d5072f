"""Rows of a snapshot about positioning, flows and dates: what the market holds, pays, closes and awaits."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from commentary.records.rows import Row, Sided
from commentary.records.values import (
    Change,
    Contract,
    Count,
    Day,
    Hours,
    Line,
    Name,
    Number,
    Positive,
    Rate,
    Share,
    Size,
    Time,
    Volatility,
    YearlyRate,
    refusal,
)

_LARGEST_RISE = Decimal(10_000)
"""Percent: open interest a hundred times as large is a slip of unit, or of a contract that was not there before."""


class Funding(Row):
    """What longs pay shorts per interval. Key: asset, venue, interval_hours, kind, time."""

    METRIC = "funding"
    KEY = ("interval_hours", "kind")
    VALUES = ("rate",)

    rate: Rate
    """Fraction per interval: 0.0001 is 0.01%; positive when longs pay."""
    interval_hours: Hours | None = None
    """None: not known, and nothing is annualised."""
    kind: Literal["settled", "predicted"] | None = None


class OpenInterest(Row):
    """Contracts outstanding. Key: asset, venue, margin, sides, contract, time."""

    METRIC = "open_interest"
    KEY = ("margin", "sides", "contract")
    VALUES = ("value_usd", "value_coin", "contracts", "contract_usd")
    COMPARED = ("value_usd", "value_coin")
    ONE_OF = ("value_usd", "value_coin", "contracts")

    value_usd: Size | None = None
    value_coin: Size | None = None
    contracts: Size | None = None
    contract_usd: Positive | None = None
    """US dollars that one (inverse) contract stands for."""
    margin: Literal["linear", "inverse", "mixed"] | None = None
    sides: Literal["one", "both"] | None = None
    """Whether a contract is counted once, or for its buyer and its seller."""
    contract: Contract | None = None
    """The one perpetual contract that is counted, as its exchange names it; None: all that it lists on the coin."""


class OpenInterestChange(Row):
    """A reported change over a window that ends at `time`. Key: asset, venue, window_hours, of, time."""

    METRIC = "open_interest_change"
    KEY = ("window_hours", "of")
    VALUES = ("percent", "change_usd", "change_coin")
    ONE_OF = VALUES

    window_hours: Hours
    percent: Change | None = None
    """Percent of the value in `of`, negative for a fall."""
    of: Literal["usd", "coin"] | None = None
    """None is taken as usd, in which a price move is part of the change."""
    change_usd: Number | None = None
    """Negative for a fall."""
    change_coin: Number | None = None
    """Negative for a fall."""

    @model_validator(mode="after")
    def _some_left(self) -> Self:
        if self.percent == -100:
            raise refusal("open interest that fell by 100 percent is none; write a change above -100", "percent")
        if self.percent is not None and self.percent > _LARGEST_RISE:
            raise refusal(f"write a change of at most {_LARGEST_RISE:,} percent; check the unit", "percent")
        return self


class Liquidations(Row):
    """Recorded liquidations in a window that ends at `time`. Key: asset, venue, window_hours, time."""

    METRIC = "liquidations"
    KEY = ("window_hours",)
    VALUES = ("long_usd", "short_usd", "total_usd", "largest_order_usd", "traders")
    ONE_OF = VALUES

    window_hours: Hours
    long_usd: Size | None = None
    short_usd: Size | None = None
    total_usd: Size | None = None
    largest_order_usd: Size | None = None
    traders: Count | None = None


class LiquidationOrder(Row):
    """One forced order. Key: asset, venue, side, price, notional_usd, time; it has no other value."""

    METRIC = "liquidation_order"
    KEY = ("side", "price", "notional_usd")

    notional_usd: Size
    side: Sided | None = None
    """The side of the position that was closed."""
    price: Positive | None = None


class LongShort(Row):
    """The share of accounts or positions that are long. Key: asset, venue, kind, time."""

    METRIC = "long_short"
    KEY = ("kind",)
    VALUES = ("long_share",)

    long_share: Share
    """Fraction, 0 to 1."""
    kind: Literal["accounts", "positions", "top_accounts", "top_positions", "taker_volume"] | None = None


class Basis(Row):
    """A future's premium over spot. Key: asset, venue, tenor, days, time."""

    METRIC = "basis"
    KEY = ("tenor", "days")
    VALUES = ("annualised",)

    annualised: YearlyRate
    """Fraction a year: 0.05 is 5%; negative when the future is below spot."""
    tenor: Name | None = None
    """Such as "front"."""
    days: Size | None = None
    """Days to expiry."""


class Options(Row):
    """The options of one expiry, or of all. Key: asset, venue, expiry, of, unit, time."""

    METRIC = "options"
    KEY = ("expiry", "of", "unit")
    VALUES = ("calls", "puts", "notional_usd", "max_pain", "skew_25d", "implied_volatility", "settlement",
              "worthless_share", "open_interest_removed")  # fmt: skip
    ONE_OF = VALUES

    expiry: Day | None = None
    """May lie ahead."""
    of: Literal["open_interest", "volume"] | None = None
    """What calls, puts and notional_usd count."""
    unit: Literal["coin", "contracts", "usd"] | None = None
    """The unit of calls, puts and open_interest_removed."""
    calls: Size | None = None
    puts: Size | None = None
    notional_usd: Size | None = None
    max_pain: Positive | None = None
    """A price."""
    skew_25d: Rate | None = None
    """Fraction: volatility of 25-delta calls less that of puts; negative when puts cost more."""
    implied_volatility: Volatility | None = None
    """Fraction a year: 0.45 is 45%."""
    settlement: Positive | None = None
    """The price at which the expiry settled."""
    worthless_share: Share | None = None
    """Fraction of the contracts that expired without value."""
    open_interest_removed: Size | None = None
    """What the expiry took out of open interest, in `unit`."""


class EtfFlow(Row):
    """Net flow of funds over the last sessions. Key: asset, venue, sessions, time."""

    METRIC = "etf_flow"
    KEY = ("sessions",)
    VALUES = ("net_usd",)

    net_usd: Number
    """Negative for outflows."""
    sessions: Count | None = None
    """Trading days it adds up; None: not known."""


class Position(Row):
    """Someone's position. Key: asset, venue, side, notional_usd, size_coin, leverage, entry_price,
    liquidation_price, count, time.
    """

    METRIC = "position"
    KEY = ("side", "notional_usd", "size_coin", "leverage", "entry_price", "liquidation_price", "count")
    VALUES = ("margin_mode", "margin_usd", "pnl_usd", "previous_notional_usd")
    ONE_OF = ("notional_usd", "size_coin")

    side: Sided
    notional_usd: Size | None = None
    size_coin: Size | None = None
    leverage: Positive | None = None
    entry_price: Positive | None = None
    liquidation_price: Positive | None = None
    margin_mode: Literal["cross", "isolated"] | None = None
    margin_usd: Size | None = None
    pnl_usd: Number | None = None
    """Not yet realised; negative for a loss."""
    previous_notional_usd: Size | None = None
    count: Count | None = None
    """How many positions the row adds up; None: not known."""


class Notice(Row):
    """What a venue announced. Key: asset, venue, kind, text, time."""

    METRIC = "notice"
    KEY = ("kind", "text")

    kind: Literal["outage", "listing", "delisting", "tiers", "interval", "adl"]
    text: Name | None = None


class CalendarEvent(Row):
    """A date that may lie ahead. Key: asset, venue, event, time."""

    METRIC = "calendar"
    KEY = ("event",)

    event: Name
    time: Time


class Gap(Row):
    """What a live source was asked for and did not give. Key: asset, venue, of, time; its source is who was asked."""

    METRIC = "gap"
    KEY = ("of",)
    VALUES = ("reason", "detail")
    COMPARED = ()

    of: Name
    """The section of the snapshot that lacks its rows, such as open_interest."""
    reason: Literal[
        "no_answer",
        "refused",
        "unreadable",
        "contradicted",
        "stale",
        "empty",
        "no_key",
        "clock",
        "not_listed",
        "not_kept",
    ]
    detail: Line | None = None
    """For the editor: status, place in the reply, seconds waited. It is never printed in a text."""
