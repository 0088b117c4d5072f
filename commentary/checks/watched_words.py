"""What a watched word claims: a cause, a forecast, advice, certainty, intent, a mood, density, a record, a label.

The words are those of the lexicon of the language, outside approved frames and exempt phrases. A word claims nothing
where its sentence denies it, says that it is not known, or tells a mechanism under its condition.
"""

import re

from commentary.checks.base import Document, Statement
from commentary.checks.contrast import contrasted
from commentary.checks.gaps.states import rightly
from commentary.checks.label_words import against_label
from commentary.checks.least import is_bound_told
from commentary.checks.shapes.parts import is_missing, part_of
from commentary.records.finding import Severity

MESSAGES = {
    "cause": "no fact shows a cause; say what came after what, or take it out",
    "prediction": "this forecasts; say what would happen under a condition, or take it out",
    "advice": "this advises the reader; take it out",
    "certainty": "nothing about a market is certain; take it out",
    "intent": "no fact shows anyone's intent; take it out",
    "sentiment": "no fact shows what the market feels; say what moved, or take it out",
}
_LACKS = re.compile(
    r"\b(?:lacks?|lacking|omits?|miss(?:es|ing)|leaves? out|holds? no|absent|devoid of|bare of)\b", re.I
)
_NO_FORECAST = re.compile(r"\b(?:is|are|as|gives?|makes?) (?:no|not a|nor a) (?:forecasts?|predictions?)\Z", re.I)
_PRICE_LEVELS = ("support", "resistance")
_LACKING = re.compile(
    r",? (?:the |this |that )?(?:snapshot|data|facts?|file|record|map|source|feed|history|figures|[A-Z]\w+) (?:\w+"
    r" ){0,1}?"
    r"(?:lacks?|omits?|misses|(?:holds?|gives?|has|have|offers?|contains?|carries|reports?|includes?|shows?|names?)"
    r" (?:no"
    r"|neither|only|nothing)|(?:does|do) not)\b",
    re.I,
)
_RECORDS = re.compile(r"\b(?:does|do|did|not|nowhere)\b[^.;]{0,25} record\Z", re.I)
_OF_RECORD = re.compile(r"\b(?:days?|settlements?) (?:of|in|on) (?:the|our|this) record\Z")
"""The history at hand: "in the 90 days of the record"."""
_NO_REASON = re.compile(
    r"(?:the )?reasons? (?:(?:for|behind) (?:[\w.'’-]+ ){1,8}?)?(?:is|are|was|were)"
    r" (?:unknown|not (?:known|given|stated|said|told))\b",
    re.I,
)
"""Of a reason it is said that it is not at hand: "the reason for the outage is not known"."""
_WOULD = re.compile(r"\b(?:would|could|might|may) (?:be )?(?:\w+ly )?\Z", re.I)


def claim(
    document: Document, statement: Statement, start: int, end: int, category: str
) -> tuple[str, str, Severity] | None:
    """Return code, message and severity of what a watched word claims, if it claims anything."""
    word = statement.field.text[start:end].casefold()
    if category in ("cause", "prediction") and disclaimed(document, statement, start):
        return None
    if category == "cause" and (_mechanism(statement, start) or _of_data(statement, end)):
        return None
    if category in ("cause", "intent") and _of_gap(document, statement, start, end):
        return None
    if category == "cause" and of_leverage(statement):
        return None
    if category == "intent" and word.startswith("squeez") and _mechanism(statement, start, loosely=True):
        return None
    if category == "prediction" and _NO_FORECAST.search(statement.field.text, statement.start, end):
        return None
    if category == "certainty" and contrasted(statement.scene, start):
        # "A loss beyond it would fit, not prove it".
        return None
    if category == "certainty" and is_bound_told(document, statement.field, word, end):
        return None
    if category in MESSAGES:
        return category, MESSAGES[category], "error"
    if category == "density" and contrasted(statement.scene, start):
        return None
    paid = statement.scene.said("payers:") if statement.scene.said("kind:funding") else ()
    if category == "density" and any(one.start < end and start < one.end for one in paid):
        # "Out of pocket" is no pocket of liquidations.
        return None
    if category == "density" and _is_density(document, statement, word, start):
        return "density", _density_message(word), "error"
    if category == "superlative" and word == "record" and statement.scene.said("lacks_data"):
        # "What the data lacks is any record of liquidations."
        return None
    if category == "superlative" and not statement.asks_or_denies:
        if word == "record" and _RECORDS.search(statement.field.text, statement.start, end):
            return None
        if word == "record" and _OF_RECORD.search(statement.field.text, statement.start, end):
            return None
        if document.cues["record"].fullmatch(word):
            return "record", "a record needs the whole history; say of how many days it is the largest", "error"
        return "superlative", "no computed rank says so; give the rank with its history, or take it out", "warning"
    if category == "relative_time":
        return "relative_time", "this is wrong when it is read later; write the UTC time or the window's end", "warning"
    if category == "label" and (message := against_label(document, statement, word, end)) is not None:
        return "label", message, "error"
    return None


def disclaimed(document: Document, statement: Statement, at: int) -> bool:
    """Say whether a clause says of a cause or of what comes that it is not known or not said."""
    start, end = statement.clause(at)
    text = statement.field.text
    return document.cues.said("disclaims", text[start:at]) or _NO_REASON.match(text, at, end) is not None


def _of_data(statement: Statement, end: int) -> bool:
    """Say whether what is given as a reason is what the data lacks: "because the snapshot holds no price"."""
    return _LACKING.match(statement.field.text, end) is not None


def _of_gap(document: Document, statement: Statement, start: int, end: int) -> bool:
    """Say whether a word is part of why a source gave nothing, or leads to it: "because Bybit did not answer"."""
    low, high = part_of(statement.scene, end + 1)
    return any(
        told.span[0] <= start < told.span[1] or low <= told.span[0] < high for told in rightly(document, statement)
    )


_ASSUMED = re.compile(
    r"\bleverage\b[^.;]{0,30}? (?:assumed|unknown|not known)\b|\b(?:assum\w+|know\w*|mix\w*)\b[^.;]{0,30}? leverage\b",
    re.I,
)


def of_leverage(statement: Statement) -> bool:
    """Say whether our own estimate is told as a range because of the leverage that it has to assume."""
    ranges = any(told.fact.is_range_end for told in statement.figures()) or "range" in statement.text
    return ranges and bool(statement.scene.said("own_estimate")) and _ASSUMED.search(statement.text) is not None


def _mechanism(statement: Statement, at: int, *, loosely: bool = False) -> bool:
    """Say whether a model's condition is told: "a fall of 2.9% would cause liquidations"; loosely, of any map."""
    scene = statement.scene
    supposed = _WOULD.search(scene.text, scene.start, at)
    return supposed is not None and bool(scene.said("kind:map")) and bool(loosely or scene.said("kind:liquidations"))


def _is_density(document: Document, statement: Statement, word: str, at: int) -> bool:
    """Say whether a word of density is asserted of something that carries none."""
    if statement.asks_or_denies or is_missing(statement.scene, at):
        return False
    if word in _PRICE_LEVELS:
        lacked = statement.scene.said("absent") and _LACKS.search(statement.text)
        return not lacked and not document.sheet.all("band_low", at=word)
    metrics = {told.metric for told in statement.told}
    if any(m.startswith("reach_") and not m.startswith("reach_sum") for m in metrics) and not any(
        m.startswith("cluster_") for m in metrics
    ):
        return True
    return document.sheet.get("cluster_size") is None


def _density_message(word: str) -> str:
    if word in _PRICE_LEVELS:
        return f"no source marked a {word}; name who did, or take it out"
    return "a sum to a price carries no density; say where the count runs and that it may be uneven"
