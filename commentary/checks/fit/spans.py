"""How long a stretch of time is that words beside a figure name: "in a single hour", "the seven-day gain"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.fit.reading import Objection, Reading
from commentary.checks.numerals import NUMERALS
from commentary.checks.scene import Span

_ONES = ("single", "the")
"""What stands for a one before a length of time."""
_UNITS = {"hour": 1, "day": 24, "week": 168, "fortnight": 336, "month": 720, "quarter": 2160, "year": 8760}
_UNIT = "hour|day|week|fortnight|month|quarter|year"
_COUNT = "[0-9]+|" + "|".join((*NUMERALS, *_ONES))
_WITHIN = re.compile(
    r"\b(?:in|within|inside|over|during|across|throughout|for|took|takes|spanned|spanning|needed)"
    r" (?:(?:just|only|under|less than|barely|little more than|about|the space of|the course of|a matter of|the|a|an"
    r"|past|last|latest|full|whole|mere|recent|preceding|previous|same|most) )*"
    rf"(?P<n>{_COUNT}|past|last|latest|full|whole|mere|single)[ -](?P<unit>{_UNIT})s?\b(?! (?:ago|before"
    rf"|earlier|later|old"
    r"|high|low|median|average))(?!-)",
    re.I,
)
_NAMED = re.compile(
    rf"\b(?P<n>{_COUNT})[ -](?P<unit>{_UNIT})s?(?:['’]s?)? (?:\w+ )?(?:gain|loss|rise|fall|drop|decline"
    rf"|increase|decrease|change"
    r"|move|advance|retreat|slide|climb|jump|slump|rally|total|tally|toll|count|growth|drawdown|setback|pullback)s?\b",
    re.I,
)
_DAILY = re.compile(
    r"\b(?P<unit>hourly|daily|weekly|monthly) (?:gain|loss|rise|fall|drop|decline|increase|decrease|change|move"
    r"|advance|retreat|slide|climb|jump|slump|growth)s?\b",
    re.I,
)
_OF_DAILY = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720}
_WINDOWED = ("liq_", "oi_change", "oi_delta", "price_change", "price_low", "price_high", "reset_fall", "reset_depth")
_OTHER_DAYS = (
    "liq_median",
    "liq_next",
    "oi_change_next",
    "price_change_next",
    "price_change_further",
    "oi_change_rank",
    "oi_change_further",
    "liq_rank",
    "liq_below",
    "liq_to_median",
)
_CHANGES = ("oi_change_coin", "oi_change_usd", "oi_delta", "price_change", "oi_price_effect")
_DAY = 24
_RANK = re.compile(r"\b(?:largest|biggest|highest|heaviest|smallest|lowest|most|least|rank\w*|days?' \w+est)\b", re.I)
"""Before a length of time that is the history of a rank: "the largest daily count in the 90 days"."""


def _spans(text: str, span: Span) -> Iterator[tuple[Span, Decimal]]:
    """Yield where a stretch of text names a length of time that something took, and how many hours that is."""
    for pattern in (_WITHIN, _NAMED):
        for match in pattern.finditer(text, *span):
            word = match["n"].casefold()
            count = int(word) if word.isdigit() else NUMERALS.get(word, 1)
            yield match.span(), Decimal(count * _UNITS[match["unit"].casefold()])
    for match in _DAILY.finditer(text, *span):
        yield match.span(), Decimal(_OF_DAILY[match["unit"].casefold()])


def took(reading: Reading) -> Iterator[Objection]:
    """A change or a count took the time that the words right behind it name, or those before it."""
    hours = reading.fact.subject.window_hours
    if hours is None or not reading.metric.startswith(_WINDOWED) or reading.metric.startswith(_OTHER_DAYS):
        return
    scene = reading.scene
    spans = [scene.behind(reading.span), scene.before(reading.span)]
    if any(end == spans[1][0] for _, end in scene.figures):
        # What stands behind another figure is that one's: "up 3.4% over seven days, it lost 3.6%".
        spans.pop()
    for span in spans:
        found = [] if _RANK.search(scene.text, *span) else list(_spans(scene.text, span))
        if found:
            if all(length != hours for _, length in found):
                (start, end), _ = found[0]
                message = f"{reading.fact.id} is of {hours.normalize():f} hours; write that"
                yield Objection("roles.window", (start, end), message)
            return
    if reading.metric.startswith(_CHANGES) and hours != _DAY and not _told(scene.text, hours):
        message = f"{reading.fact.id} is of {hours.normalize():f} hours; write in what time it was"
        yield Objection("roles.window", reading.span, message)


def _told(text: str, hours: Decimal) -> bool:
    """Say whether a text names so long a window anywhere, or a day that something was compared with."""
    counts = {f"{hours.normalize():f}": "hour|h", f"{(hours / 24).normalize():f}": "day|d"}
    counts |= {word: "hour" for word, i in NUMERALS.items() if i == hours}
    counts |= {word: "day" for word, i in NUMERALS.items() if i * 24 == hours}
    if any(re.search(rf"\b{re.escape(n)}[ -]?(?:{unit})", text, re.I) for n, unit in counts.items()):
        return True
    return bool(re.search(r"\bweek", text, re.I)) if hours == 168 else False


_PRICE_ALONE = re.compile(
    r"\bprice\b[^.;]*\b(?:alone|explains?|explained|accounts?|accounted|itself|effect|share|part|due)\b"
    r"|\bonly (?:the )?price\b"
    r"|\b(?:due to|from|by|down to|owed to|of) (?:the )?(?:\w+ )?price\b|\bprice (?:move|effect|change)\b|\brevalu",
    re.I,
)


def price_alone(reading: Reading) -> Iterator[Objection]:
    """What price alone explains of a change in dollars is told as that, and no change of anything by itself."""
    if reading.metric == "oi_price_effect" and not _PRICE_ALONE.search(
        reading.scene.text, reading.scene.start, reading.scene.end
    ):
        message = f"{reading.fact.id} is only what price alone explains; write that, or give the change itself"
        yield Objection("roles.metric", reading.span, message)
