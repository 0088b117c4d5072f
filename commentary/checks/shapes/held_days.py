"""Places among the days and settlements at hand: superlatives, ordinals, and "several of the earlier days".

A rank of liquidations, of the change of open interest and of funding is computed; one of price is not, so that no
superlative over many days can be told of it. A history of the whole market nobody holds.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.languages.en.numbers import ORDINALS, SMALL
from commentary.records.finding import Finding

_HIGH = (
    "largest|biggest|highest|heaviest|worst|steepest|busiest|sharpest|deepest|greatest|costliest|dearest|peak|top"
    "|maximum"
)
_LOW = "lowest|smallest|fewest|least|lightest|calmest|quietest|mildest|cheapest|weakest|slightest|minimum|bottom"
_SUPER = rf"(?:(?P<high>{_HIGH}|most(?! of\b))|(?P<low>{_LOW}))"
_ORDINAL = rf"(?:(?P<place>{'|'.join(ORDINALS[2:])}|[2-9](?:nd|rd|th))[- ])?"
_HELD = re.compile(
    rf"\b{_ORDINAL}{_SUPER}\b(?P<between>[^.;:]{{0,50}}?)\b(?:in|of|among|for|since|over|within|during|across|on)"
    r" (?:(?:\w+['’]s|the|all|its|our|past|last|previous|preceding|these|those|whole|entire|latest|full|earlier"
    r"|held|daily) )*"
    r"(?:(?P<n>[0-9]+)(?! hours)(?:[ -](?P<unit>days?|daily|sessions|totals|settlements|prints))?\b"
    r"|(?P<some>days|record|series|data|snapshot|file|data set|sample|settlements)\b(?! \$))",
    re.I,
)
_ONE_OF = re.compile(rf"\b(?:one of|among) (?:the )?(?:(?P<n>{'|'.join(NUMERALS)}) )?\Z", re.I)
_WHOLE = re.compile(
    rf"\b(?:{_HIGH}|{_LOW})\b[^.;:]{{0,40}}? (?:in|of) (?:(?:the|all|its|recorded|whole|entire|\w+['’]s) )*"
    r"(?:history (?:of (?:the |this )?(?:market|coin|asset|exchange|token|crypto\w*|bitcoin|ether|solana|pepe"
    r"|industry)"
    r"|to date|so far)|trading history|market history|existence|lifetime|all time)\b"
    rf"|\b(?:{_HIGH}|{_LOW})\b[^.;:]{{0,25}}? (?:ever|of all time|in living memory)\b",
    re.I,
)
_COUNTED = re.compile(
    r"\b(?P<q>none|no|one|two|three|four|five|six|seven|eight|nine|not one|not a single|several|a few|few|many"
    r"|most|half|all|every|each|the majority"
    r"|a majority|nearly all|almost all"
    r"|a handful|dozens|any) (?:of )?(?:(?:the|those|these|our|its|snapshot['’]s) )*(?:[0-9]+ )?"
    r"(?:(?:earlier|past|previous|preceding|prior|other|recorded) (?:[0-9]+ )?(?:daily )?(?:days"
    r"|(?P<singular>day)|totals"
    r"|sessions)|days (?:before|earlier)|days at hand)\b"
    r"(?P<rest>[^.;:]*)",
    re.I,
)
_MORE = re.compile(
    r"\b(?:more|larger|higher|bigger|greater|heavier|busier|exceed\w*|topped|match(?:es|ed)?|as much|as large"
    r"|as many|reach(?:es|ed)|equal(?:s|led)|surpass\w*|outdid|outdo|beat|above)\b",
    re.I,
)
_LESS = re.compile(r"\b(?:fewer|less|lower|smaller|lighter|calmer|quieter|below|under|fell short)\b", re.I)
_PRICE = re.compile(
    r"\b(?:at|to|on|near|hit|hits|reached|touched|marks?|marked) (?:its|a|the|an?)\b[^.;:]{0,12}$", re.I
)
_CHANGE = re.compile(
    r"\b(?:drop|fall|fell|rise|rose|change|shrink\w*|shrank|decline|loss|gain|move|swing|jump|cut)\w*\b", re.I
)
_ALL = Decimal(100)


def held_days(document: Document, statement: Statement) -> Iterator[Finding]:
    """A place among the days at hand is the one that was computed."""
    yield from _whole(document, statement)
    match = _HELD.search(statement.text)
    scene = statement.scene
    if match is None or scene.said(("denial", "kind:map")):
        return
    start, end = absolute(statement, match)
    kind = _kind(statement, start, end)
    days = {int(fact.number) for fact in document.sheet.all("history_days")}
    number = int(match["n"]) if match["n"] else None
    if number is not None and not (match["unit"] or number in {*days, *(day + 1 for day in days)}):
        return
    place = _place(match["place"])
    if kind == "price":
        message = "no rank of prices is computed; give the day's high or low, or take it out"
        yield error(document, statement, "wording.record", (start, end), message)
    elif kind == "funding":
        yield from _of_funding(document, statement, match, place)
    elif kind in ("liquidations", "open_interest"):
        ranks = document.sheet.all("liq_rank" if kind == "liquidations" else "oi_change_rank")
        counts = document.sheet.all("history_days", at=kind.replace("_", " "))
        if not ranks or not counts:
            if not any(fact.is_signed for fact in document.sheet):
                message = "no earlier days are at hand; take the rank out"
                yield error(document, statement, "wording.record", (start, end), message)
            return
        last = counts[0].number + 1
        rank = ranks[0].number if match["high"] else last + 1 - ranks[0].number
        several = _ONE_OF.search(statement.text, 0, match.start())
        if several is not None:
            # "One of the three largest"; of one among the largest ranks.rank asks.
            wrong = several["n"] is not None and rank > NUMERALS[several["n"].casefold()]
        else:
            wrong = rank != place
        if wrong:
            yield turned(document, statement, match, (ranks[0],), "order")


def _whole(document: Document, statement: Statement) -> Iterator[Finding]:
    match = _WHOLE.search(statement.text)
    if match is not None and not statement.scene.said("denial"):
        message = "no history at hand reaches so far; say of how many days it is the first"
        yield error(document, statement, "wording.record", absolute(statement, match), message)


def _place(word: str | None) -> int:
    if word is None:
        return 1
    return int(word[0]) if word[0].isdigit() else ORDINALS.index(word.casefold())


def _kind(statement: Statement, start: int, end: int) -> str | None:
    """Return what is ranked: liquidations, the change of open interest, funding or price; or nothing."""
    scene = statement.scene
    low, high = scene.clause(start)
    words = scene.text[low:high]
    if scene.said("side:", (max(low, start - 25), min(high, end + 25))):
        return None
    kinds = {mark.name.removeprefix("kind:") for mark in scene.said("kind:", (low, high))} - {"map"}
    if not kinds:
        kinds = {mark.name.removeprefix("kind:") for mark in scene.said("kind:")} - {"map"}
    if "liquidations" in kinds:
        return "liquidations"
    if kinds == {"open_interest"}:
        return "open_interest" if _CHANGE.search(words) else None
    if kinds == {"funding"}:
        return "funding"
    of_price = scene.said(("kind:price", *{mark.name for mark in scene.said("asset:")}), (low, high))
    ranked = _PRICE.search(scene.text[low:start])
    if (kinds <= {"price"} and of_price and ranked) or scene.said("kind:price", (start, end)):
        return "price"
    return None


def _of_funding(document: Document, statement: Statement, match: re.Match[str], place: int) -> Iterator[Finding]:
    below, same = document.sheet.all("funding_below_share"), document.sheet.all("funding_equal_share")
    if not below or not same or place != 1:
        return
    right = below[0].number + same[0].number >= _ALL if match["high"] else below[0].number == 0
    if not right:
        yield turned(document, statement, match, (below[0],), "order")


def several(document: Document, statement: Statement) -> Iterator[Finding]:
    """As many of the earlier days had more, or less, as a sentence says."""
    scene = statement.scene
    match = _COUNTED.search(statement.text)
    ranks, days = document.sheet.all("liq_rank"), document.sheet.all("history_days", at="liquidations")
    if (
        match is None
        or re.match(r" (?:but|except|save)\b", match["rest"])
        or not ranks
        or not days
        or not scene.said("kind:liquidations")
        or scene.said(("side:", "kind:map"))
    ):
        return
    if match["singular"] and match["q"].casefold() not in ("no", "not one", "not a single", "every", "each", "any"):
        return
    more, less = _MORE.search(match["rest"]), _LESS.search(match["rest"])
    lead = statement.text[: match.start()]
    if bool(more) == bool(less) or _MORE.search(lead) or _LESS.search(lead):
        return
    above = ranks[0].number - 1
    count = above if more else days[0].number - above
    if not _is_so(match["q"].casefold(), count, days[0].number):
        yield turned(document, statement, match, (ranks[0],), "order")


def _is_so(word: str, count: Decimal, of: Decimal) -> bool:
    if word in ("none", "no", "not one", "not a single", "any"):
        return count == 0
    if word in SMALL:
        return count == SMALL.index(word)
    if word in ("all", "every", "each"):
        return count == of
    if word in ("most", "the majority", "a majority"):
        return count * 2 > of
    if word in ("nearly all", "almost all"):
        return count * 10 > of * 8
    if word == "half":
        return abs(count * 2 - of) <= of / 10
    if word in ("many", "dozens"):
        return count * 10 >= of
    return 2 <= count < of / 2
