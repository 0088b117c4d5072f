"""How far price is from an end of its day is told with that end, and on the side of it where price is."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import Objection, Reading

_ENDS = {"price_low": ("low", "high"), "price_high": ("high", "low")}
_WORDS = {
    "low": r"(?:low|lows|bottom|foot|floor|trough|nadir|lowest|minimum|base)",
    "high": r"(?:high|highs|top|peak|ceiling|crest|summit|highest|maximum)",
}
_ABOVE = r"(?:above|over|higher than|up from|north of|clear of)"
_BELOW = r"(?:below|under|beneath|short of|shy of|lower than|down from|south of|beneath)"
_TO_END = r"(?:the |its |that |a |day['’]s |24-hour |daily |session |past |last |one-day |intraday |\w+['’]s? )*"
_AT = {
    end: re.compile(
        rf"[\s,]*(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW})|[\w ]{{0,24}}?)[\s,]*{_TO_END}\b{words}\b", re.I
    )
    for end, words in _WORDS.items()
}


def day_end(reading: Reading) -> Iterator[Objection]:
    """A distance from the low of the day is not told as one from the high, nor price put beyond either."""
    name = next((name for name in _ENDS if reading.metric.endswith(f"distance_{name}")), None)
    if name is None:
        return
    own, other = _ENDS[name]
    text, end = reading.scene.text, reading.span[1]
    if match := _AT[other].match(text, end):
        near = _AT[own].match(text, end)
        if near is None or near.end() > match.end():
            yield Objection("roles.metric", reading.span, f"{reading.fact.id} is from the day's {own}; write that")
            return
    match = _AT[own].match(text, end)
    wrong = match and match["below" if own == "low" else "above"]
    if match and wrong:
        message = f"price is not {wrong} the {own} of its day; turn it"
        yield Objection("roles.order", (match.start(), match.end()), message)
