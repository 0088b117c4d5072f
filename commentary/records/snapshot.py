"""A snapshot: commentary.snapshot/1, all observations about one asset at one time; partial is normal."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator

from commentary.records.market_rows import Basis as Basis
from commentary.records.market_rows import CalendarEvent as CalendarEvent
from commentary.records.market_rows import EtfFlow as EtfFlow
from commentary.records.market_rows import Funding as Funding
from commentary.records.market_rows import Gap as Gap
from commentary.records.market_rows import LiquidationOrder as LiquidationOrder
from commentary.records.market_rows import Liquidations as Liquidations
from commentary.records.market_rows import LongShort as LongShort
from commentary.records.market_rows import Notice as Notice
from commentary.records.market_rows import OpenInterest as OpenInterest
from commentary.records.market_rows import OpenInterestChange as OpenInterestChange
from commentary.records.market_rows import Options as Options
from commentary.records.market_rows import Position as Position
from commentary.records.price_rows import Bar as Bar
from commentary.records.price_rows import CandleSeries as CandleSeries
from commentary.records.price_rows import Cumulative as Cumulative
from commentary.records.price_rows import Level as Level
from commentary.records.price_rows import LiquidationMap as LiquidationMap
from commentary.records.price_rows import OrderBook as OrderBook
from commentary.records.price_rows import Price as Price
from commentary.records.price_rows import PriceChange as PriceChange
from commentary.records.price_rows import PriceLevel as PriceLevel
from commentary.records.rows import Row as Row
from commentary.records.rows import Series as Series
from commentary.records.values import Line, Name, Positive, Quote, Ticker, Time, refusal

FORMAT = "commentary.snapshot/1"


class Snapshot(BaseModel):
    """commentary.snapshot/1. Files come through read_snapshot, which fills, sorts and compares rows."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    format: Literal["commentary.snapshot/1"]
    asset: Ticker
    """Ticker, or "market" for all coins."""
    name: Name | None = None
    """The asset in running text, such as Bitcoin."""
    lead: Ticker | None = None
    """The coin that leads the text when `asset` is "market"."""
    quote: Quote
    """The currency of all prices."""
    usd_rate: Positive | None = None
    """US dollars for one unit of the quote; required when the quote is not USD."""
    contract: Name | None = None
    """A contract that is not for one coin, such as 1000PEPEUSDT."""
    contract_multiplier: Positive | None = None
    """Coins in one contract."""
    as_of: Time
    note: Line | None = None
    """A remark of whoever made the file, such as that its figures are illustrative."""

    prices: tuple[Price, ...] = ()
    candles: tuple[CandleSeries, ...] = ()
    price_changes: tuple[PriceChange, ...] = ()
    liquidation_maps: tuple[LiquidationMap, ...] = ()
    funding: tuple[Funding, ...] = ()
    open_interest: tuple[OpenInterest, ...] = ()
    open_interest_changes: tuple[OpenInterestChange, ...] = ()
    liquidations: tuple[Liquidations, ...] = ()
    liquidation_orders: tuple[LiquidationOrder, ...] = ()
    order_book: tuple[OrderBook, ...] = ()
    long_short: tuple[LongShort, ...] = ()
    basis: tuple[Basis, ...] = ()
    options: tuple[Options, ...] = ()
    etf_flows: tuple[EtfFlow, ...] = ()
    positions: tuple[Position, ...] = ()
    price_levels: tuple[PriceLevel, ...] = ()
    notices: tuple[Notice, ...] = ()
    calendar: tuple[CalendarEvent, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """What was asked of a live source and is not there."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.quote != "USD" and self.usd_rate is None:
            raise refusal("a quote other than USD needs usd_rate, the US dollars for one unit of it", "quote")
        if self.quote == "USD" and self.usd_rate not in (None, Decimal(1)):
            raise refusal("the quote is USD; leave usd_rate out", "usd_rate")
        if self.contract is not None and self.contract_multiplier is None:
            raise refusal("a contract needs contract_multiplier, the coins in one of it", "contract")
        if self.lead is not None and (self.asset != "market" or self.lead == "market"):
            raise refusal('lead names the coin that leads when asset is "market"; leave it out', "lead")
        return self


SECTIONS: tuple[str, ...] = tuple(
    name for name, field in Snapshot.model_fields.items() if field.default == () and not field.is_required()
)
"""The fields of a snapshot that hold rows."""
SECTION_OF: Mapping[type[Series], str] = MappingProxyType(
    {get_args(Snapshot.model_fields[name].annotation)[0]: name for name in SECTIONS}
)
"""The field of a snapshot by the type of its rows."""


class Conflict(NamedTuple):
    """Two figures about one thing that are apart by more than the tolerance; both rows are kept."""

    metric: str
    """A table of data/tolerances.toml."""
    path_a: str
    """JSON Pointer to the value, in the snapshot as read (rows sorted)."""
    path_b: str
    value_a: Decimal
    value_b: Decimal
    tolerance: Decimal
    """The relative difference that would have passed."""
    left_out: str = ""
    """JSON Pointer to the row of `path_a` where no text is made of it, since nothing bears it out; else empty."""


def bars_left_out(conflicts: Iterable[Conflict]) -> Mapping[int, frozenset[int]]:
    """Return the bars of which no text is made: by the place of a series, their places in it."""
    found: dict[int, set[int]] = {}
    for one in conflicts:
        _, section, *places = one.left_out.split("/") if one.left_out else ("", "")
        if section == "candles":
            series, _, bar = places
            found.setdefault(int(series), set()).add(int(bar))
    return {series: frozenset(bars) for series, bars in found.items()}


class ReadSnapshot(NamedTuple):
    """A snapshot as read: every row with asset and time, sorted by key, duplicates dropped."""

    snapshot: Snapshot
    sha256: str
    """Of the normalised snapshot: the order of rows, identical rows and 1.0 for 1 do not change it."""
    notes: tuple[str, ...]
    """What was filled in or dropped, for the editor."""
    conflicts: tuple[Conflict, ...]
