"""Facts of a subject of its own: beside a figure of other news they are meant only where the words speak of them.

A sheet holds what a reset took, how long a run of settlements is and what a week was like, in figures that now and then
read like the day's. A sentence on the day that has one wrong must not find its figure among them.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from commentary.checks.spelled import Option
from commentary.records.fact import Fact


class _Family(NamedTuple):
    facts: re.Pattern[str]
    """Metric, place and window in hours, with "/" between them."""
    words: re.Pattern[str]
    strict: bool
    """Without the words its facts are not meant, even where there are no others."""


def _family(facts: str, words: str, *, strict: bool = False) -> _Family:
    return _Family(re.compile(facts), re.compile(words, re.I), strict)


_FAMILIES = (
    _family(
        "^reset_|before the fall/",
        r"re(?:built|build|set|gain|cover)|\bback\b|made good|makes? good|since|no (?:earlier |other )?fall\b",
    ),
    _family(
        "^[a-z_]*_weeks?(?:_|/)|^week_",
        r"week|seven days|of (?:the |all )?(?:21|42|168) settlements|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    ),
    _family("^price_base/", r"\bopen\b", strict=True),
    # What a schedule goes by is no figure of a market.
    _family("^week_(?:since_sunday|series)/", r"(?!)", strict=True),
    _family("^price_(?:low|high)/.*/168$", r"week|days\b|168|(?:mon|tues|wednes|thurs|fri|satur|sun)day", strict=True),
    _family(
        "^funding_(?:run|turned|same|state)",
        r"\brun\b|settlements before|in a row|straight|running|consecutive|turn(?:ed|s|ing)\b|had (?:last )?paid",
    ),
    _family("^funding_(?:spread|exchanges)", r"spread|gap|apart|differ|between|wide|narrow|exchanges|points"),
    _family("^funding_(?:flow|interval_)|_flow/", r"fund|flow|session|interval|notice"),
    _family("^basis_", r"basis|futures?\b|premium|readings\b|contango|backwardation|annuali[sz]|a year|spot"),
    _family("^options_|_expiry", r"option|expir|strike|\bcalls?\b|\bputs?\b|max pain|volatil|skew|worthless"),
    _family("^etf_", r"funds?\b|ETF|flow|session"),
    _family("^position_", r"position|whale|wallet|address|trader|holder|entr|account|leverage|margin|single"),
    _family(
        "^(?:notice|outage|event)_",
        r"notice|announc|list|tier|margin|outage|deleverag|insurance|interval|source",
    ),
    _family("^(?:venue|anomaly)_", r"\boff\b|apart|others?\b|median|highest|lowest|gap|spread|deviat|exchanges"),
)
_COUNTED = ("count", "days", "hours")
"""Units of small figures, which are met everywhere."""


def meant(options: Sequence[Option], text: str) -> list[Option]:
    """Return the facts that a figure can be in a text: those of the text's own subject before those of another.

    Args:
        options: what the figure spells.
        text: the sentence, with what stands around it.
    """
    own = [option for option in options if is_meant(option.fact, text)]
    return own or [option for option in options if is_meant(option.fact, text, loosely=True)]


def is_meant(fact: Fact, text: str, *, loosely: bool = False) -> bool:
    """Return whether a fact is of the subject of a text, or of one that its words speak of.

    Args:
        fact: the fact.
        text: the text.
        loosely: take any fact that is no mere count and of no strict subject.
    """
    name = f"{fact.subject.metric}/{fact.subject.at}/{fact.subject.window_hours}"
    others = [family for family in _FAMILIES if family.facts.search(name) and not family.words.search(text)]
    if loosely:
        return not (others and (fact.unit in _COUNTED or any(family.strict for family in others)))
    return not others
