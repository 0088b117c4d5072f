"""What a live source is: the calls it makes for an asset, and how each reply becomes rows of a snapshot.

    def calls(asked: Asked) -> Iterator[Call]:
        yield Call("open_interest", "/fapi/v1/openInterest", _open_interest, params={"symbol": ...}, ...)

    def _open_interest(answer: Answer) -> Iterator[Row]:
        yield OpenInterest(venue="Binance", source="Binance", value_coin=number(answer.payload, "openInterest"), ...)

    sources.add("binance")(Source("binance", "Binance", "https://fapi.binance.com", calls, ...))

A source knows no network: what it asks is sent, limited, retried and kept by the collector, and what it reads may
as well come from a folder of kept replies. Reading is strict about what it uses and blind to what it does not: an
unknown name is ignored, a missing one is a ReplyError, and the collector makes a gap of it. Nothing is guessed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from commentary.net import Pool
from commentary.records.rows import Series
from commentary.registry import Registry

Json = Any
"""JSON as json_text.load gives it: every number a Decimal."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Asked(NamedTuple):
    """What is wanted of a source."""

    asset: str
    """Ticker of a coin: "BTC"."""
    now: datetime
    """The time of the collection, UTC: windows end here, and bars that end later are unfinished."""
    scope: Literal["full", "watch"] = "full"
    """full: all a draft can use, with its history. watch: at most four calls an asset, asked again and again."""


class Call(NamedTuple):
    """One question of a source."""

    name: str
    """What is asked: "open_interest_history"; unique within the source. Gaps and kept files are named so."""
    path: str
    """From the source's base URL: "/fapi/v1/openInterest"."""
    read: "Read"
    fills: tuple[str, ...]
    """The sections of a snapshot that its rows go to; a failed call leaves a gap in each."""
    params: Mapping[str, str] = _NOTHING
    body: Json = None
    """Makes it a POST of this JSON."""
    costs: Mapping[str, int] = _NOTHING
    """Weight by pool; default: 1 of each pool named "all"."""
    needs: tuple[str, ...] = ()
    """Calls whose replies it reads too. Where one of them failed, this one is a gap as well."""
    shared: bool = False
    """The reply is for all assets, and asked once a round however many assets there are."""
    may_be_empty: bool = False
    """Nothing is an answer too, and leaves no gap: of a day's trades none need have been forced."""
    most: int | None = None
    """Rows that are asked for at most, where no parameter says so (sources.shapes.rows_asked)."""


class Answer(NamedTuple):
    """A reply as a call's reader gets it."""

    asked: Asked
    payload: Json
    """Without the envelope."""
    received_at: datetime
    needed: Mapping[str, Json] = _NOTHING
    """The payloads of the calls in `needs`, by name."""


Read = Callable[[Answer], Iterable[Series]]
"""Yields rows (Price, CandleSeries, Funding ...), each with venue, source and time of its own."""


class Key(NamedTuple):
    """The key of a source that asks for one."""

    variable: str
    """The environment variable: "COINGLASS_API_KEY"."""
    header: str
    """The header it is sent in: "CG-API-KEY"."""


class TimeCall(NamedTuple):
    """How a source tells its own time."""

    path: str
    read: Callable[[Json], datetime]
    body: Json = None


class Source(NamedTuple):
    """One site that is asked."""

    name: str
    """File, registered name and --from: "binance"."""
    title: str
    """As it is printed, and as rows name it: "Binance"."""
    base_url: str
    calls: Callable[[Asked], Iterable[Call]]
    pools: Mapping[str, Pool] = _NOTHING
    """Its limits by name; "all" is drawn on by each call that names none."""
    unwrap: Callable[[Json], Json] = lambda payload: payload
    """Takes the envelope off; raises ReplyError with the server's own code and message where it refuses."""
    key: Key | None = None
    clock: TimeCall | None = None
    deadline_seconds: float = 20.0
    """For all of its calls for one asset, tries and waits included."""
    plan: Callable[[Mapping[str, str]], str | None] = lambda headers: None
    """What the reply's headers tell of the plan's limits, in words, for `doctor`."""


class ReplyError(Exception):
    """A reply is not in the form that the source documents.

    Args:
        path: JSON Pointer in the reply, such as "/3/openInterest".
        value: what stands there; None where nothing does.
        wanted: what is asked for there, such as "a number".
    """

    def __init__(self, path: str, value: object, wanted: str) -> None:
        self.path = path
        self.value = value
        self.wanted = wanted
        held = "nothing" if value is None else repr(value)[:80]
        super().__init__(f"{path or '/'} holds {held}, not {wanted}")


class RefusedError(ReplyError):
    """The server answered that it will not answer: its own code and words."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        ReplyError.__init__(self, "", None, "an answer")

    def __str__(self) -> str:
        """Return the server's words, with its code."""
        return f"it says {self.message!r:.80} ({self.code})" if self.message else f"it says {self.code}"


class NotListedError(RefusedError):
    """The server does not know the asset: its code for that, or a reply for all assets that lacks it."""

    def __str__(self) -> str:
        """Return what is not there, in the server's words or ours, with the code."""
        return f"{self.message:.80} ({self.code})"


sources: Registry[Source] = Registry("commentary.sources.live")


def paged(name: str, page: int) -> str:
    """Return the name of a call for a page of a history, which counts from 0: "candles", "candles_2"."""
    return name if page == 0 else f"{name}_{page + 1}"


def no_rows(answer: Answer) -> Iterator[Series]:
    """Yield no row: the reader of a reply that is there for the calls that need it."""
    return iter(())


def exact(value: Decimal) -> Decimal:
    """Return a product or quotient of exact numbers fixed to 12 significant digits, half up."""
    from commentary.records.fact import twelve_digits

    return twelve_digits(value)
