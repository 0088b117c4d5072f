"""Words that claim more than facts carry.

wording.cause, .prediction, .advice, .certainty, .intent, .sentiment: a word of those lists (lexicon of the
language), outside approved frames and exempt phrases.
wording.density: "cluster", "support" and their kin without separate levels or a marked price level, unless denied.
wording.record, .superlative: a record needs a history, and a superlative a computed rank.
wording.relative_time: a word that will be wrong when the text is read later.
wording.label: "bullish" or "bearish" against the label, or without one.
wording.magnitude: "unusual", "heavy" and their kin, when nothing measures it.
wording.negation: words that take back what was said, or call a part the whole.
wording.attribution: a word of saying beside nobody whom a fact is of (hearsay).
wording.quote, .foreign: a quotation, or an actor or event that no fact is about.
wording.modality: a modelled or conditional sum told as done.
"""

import re
from collections.abc import Iterable, Iterator

from commentary.checks import checks
from commentary.checks.announced import OVER, told_of
from commentary.checks.base import TIMES, Document, Statement
from commentary.checks.contrast import contrasted
from commentary.checks.hearsay import hearsay
from commentary.checks.least import is_bound_told
from commentary.checks.modality import modality
from commentary.checks.ranked import denied_rank, is_first, wrong_place
from commentary.checks.shapes.happening import claims_more
from commentary.checks.shapes.parts import is_missing
from commentary.checks.shapes.urging import urging
from commentary.checks.signed import quotations, unheld, vouched
from commentary.checks.strangers import strangers
from commentary.checks.supposed import supposes
from commentary.languages.phrases import Mark, named
from commentary.records.finding import Finding, Severity

_MESSAGES = {
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
_RANKS = ("_rank", "_share", "_further", "_median", "_to_median", "_to_baseline", "_sigma")


@checks.add("wording")
def wording(document: Document) -> Iterator[Finding]:
    """Find claims that words make on their own."""
    for statement in document.judged:
        for start, end, category in statement.watched:
            if (message := _claim(document, statement, start, end, category)) is not None:
                code, text, severity = message
                yield document.finding(f"wording.{code}", severity, statement.field, (start, end), text)
        yield from _read_so(document, statement)
        yield from _beyond_facts(document, statement)
        yield from _quoted(document, statement)
        yield from hearsay(document, statement)
        yield from strangers(document, statement)
        yield from claims_more(document, statement)
        yield from urging(document, statement)
        yield from _loose(document, statement)
        yield from _past_window(document, statement)
        yield from _magnitude(document, statement)
        yield from modality(document, statement)


def _claim(
    document: Document, statement: Statement, start: int, end: int, category: str
) -> tuple[str, str, Severity] | None:
    """Return code, message and severity of what a watched word claims, if it claims anything."""
    word = statement.field.text[start:end].casefold()
    if category in ("cause", "prediction") and _disclaimed(document, statement, start):
        return None
    if category == "cause" and (_mechanism(statement, start) or _of_data(statement, end)):
        return None
    if category == "intent" and word.startswith("squeez") and _mechanism(statement, start, loosely=True):
        return None
    if category == "prediction" and _NO_FORECAST.search(statement.field.text, statement.start, end):
        return None
    if category == "certainty" and is_bound_told(document, statement.field, word, end):
        return None
    if category in _MESSAGES:
        return category, _MESSAGES[category], "error"
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
    if category == "superlative" and not _left_open(document, statement):
        if word == "record" and _RECORDS.search(statement.field.text, statement.start, end):
            return None
        if word == "record" and _OF_RECORD.search(statement.field.text, statement.start, end):
            return None
        if document.cues["record"].fullmatch(word):
            return "record", "a record needs the whole history; say of how many days it is the largest", "error"
        return "superlative", "no computed rank says so; give the rank with its history, or take it out", "warning"
    if category == "relative_time":
        return "relative_time", "this is wrong when it is read later; write the UTC time or the window's end", "warning"
    if category == "label" and (message := _label(document, statement, word, end)) is not None:
        return "label", message, "error"
    return None


def _of_data(statement: Statement, end: int) -> bool:
    """Say whether what is given as a reason is what the data lacks: "because the snapshot holds no price"."""
    return _LACKING.match(statement.field.text, end) is not None


def _read_so(document: Document, statement: Statement) -> Iterator[Finding]:
    """The skew and the coverage of the label line are those that the rules gave."""
    if statement.asks or _left_open(document, statement):
        return
    for group, metric in (("skews:", "risk_skew"), ("coverages:", "sentiment_coverage")):
        fact = document.sheet.get(metric)
        for mark in statement.scene.said(group):
            if fact is None or fact.value != mark.name.removeprefix(group):
                message = f"{metric} is {fact.text}; write that" if fact else f"no fact is of {metric}; take it out"
                yield document.finding("wording.label", "error", statement.field, (mark.start, mark.end), message)


def _disclaimed(document: Document, statement: Statement, at: int) -> bool:
    """Say whether a clause says of a cause or of what comes that it is not known or not said."""
    start, end = statement.clause(at)
    text = statement.field.text
    return document.cues.said("disclaims", text[start:at]) or _NO_REASON.match(text, at, end) is not None


_NO_REASON = re.compile(
    r"reasons? (?:for|behind) (?:[\w.'’-]+ ){1,8}?(?:is|are|was|were)"
    r" (?:unknown|not (?:known|given|stated|said|told))\b",
    re.I,
)
"""Of a reason it is said that it is not at hand: "the reason for the outage is not known"."""


_WOULD = re.compile(r"\b(?:would|could|might|may) (?:be )?(?:\w+ly )?\Z", re.I)


def _mechanism(statement: Statement, at: int, *, loosely: bool = False) -> bool:
    """Say whether a model's condition is told: "a fall of 2.9% would cause liquidations"; loosely, of any map."""
    scene = statement.scene
    supposed = _WOULD.search(scene.text, scene.start, at)
    return supposed is not None and bool(scene.said("kind:map")) and bool(loosely or scene.said("kind:liquidations"))


def _left_open(document: Document, statement: Statement) -> bool:
    return statement.asks or bool(statement.scene.said("denial"))


def _is_density(document: Document, statement: Statement, word: str, at: int) -> bool:
    """Say whether a word of density is asserted of something that carries none."""
    if _left_open(document, statement) or is_missing(statement.scene, at):
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


def _label(document: Document, statement: Statement, word: str, end: int) -> str | None:
    """Return why a label's name may not stand here; a condition may name any, an argument its own side."""
    if document.cues["argued"].match(statement.field.text, end + 1) or statement.field.text[end : end + 1] == ":":
        sign = 1 if document.cues["for_a_rise"].fullmatch(word) else -1
        points = document.sheet.all("sentiment_points")
        kinds = {mark.name.removeprefix("kind:") for mark in statement.scene.said("kind:")}
        # "Bullish: shorts paid": the argument that the sentence gives is meant.
        own = [fact for fact in points if fact.subject.at in kinds]
        argued = any(fact.number * sign > 0 for fact in own or points)
        return None if argued else f"no rule of the label argues {word}; take it out"
    ruled = any(told.fact.is_house for told in statement.told)
    if ruled or _left_open(document, statement) or statement.scene.said("conditional"):
        return None
    label = document.sheet.get("sentiment_label")
    if label is None:
        return f"no reading was made of these facts, so nothing is {word}; take it out"
    return None if label.text == word else f"the label is {label.text}; write that, or take it out"


def _past_window(document: Document, statement: Statement) -> Iterator[Finding]:
    """A window is written to its end: "in the 24 hours to 09:00 UTC", not "in the past 24 hours"."""
    for told in statement.told:
        if told.style not in ("window", "interval", "days"):
            continue
        before = statement.field.text[statement.start : told.mention.start]
        words = list(document.cues["past_window"].finditer(before))
        if words and not before[words[-1].end() :].strip():
            span = (statement.start + words[-1].start(), told.mention.end)
            message = "this is wrong when it is read later; write the window to its end in UTC"
            yield document.finding("wording.relative_time", "warning", statement.field, span, message, (told.fact.id,))


def _magnitude(document: Document, statement: Statement) -> Iterator[Finding]:
    open_ = _left_open(document, statement) or any(told.metric.endswith(_RANKS) for told in statement.told)
    for match in document.cues["magnitude"].finditer(statement.text):
        span = (statement.start + match.start(), statement.start + match.end())
        message = "nothing in the sentence measures that; give the rank or share that does, or take it out"
        # Right before a figure the word is said of it, and no reader can tell that it is only colour.
        beside = any(told.mention.start == span[1] + 1 for told in statement.told)
        if open_ and (not beside or statement.asks or statement.field.text[: span[0]].endswith("how ")):
            continue
        severity: Severity = "error" if beside else "warning"
        yield document.finding("wording.magnitude", severity, statement.field, span, message)


def _quoted(document: Document, statement: Statement) -> Iterator[Finding]:
    """Nobody is quoted without a fact that holds the quotation, told beside the name of who said so."""
    # A stop inside the closing mark ends the sentence, and not the quotation.
    for span in quotations(statement.field.text):
        if statement.start <= span[0] < statement.end and (why := unheld(document, statement.field, span)) is not None:
            yield document.finding("wording.quote", "error", statement.field, span, why)


_FROM_WHEN = re.compile(
    r" (?:about |around |the |this |that )*(?:[$€£]?[0-9]|morning|afternoon|evening|night|day before|midnight|noon"
    r"|same (?:hour|day|minute))",
    re.I,
)
_ITS = re.compile(r"\b(?:the|its|this|that) \Z", re.I)
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
_A_ROW = re.compile(r"\b(?:sole|only|single|each|this|every|the snapshot['’]s) record\Z", re.I)
"""A record that is a row of data."""


def _beyond_facts(document: Document, statement: Statement) -> Iterator[Finding]:
    """Causes, motives, forecasts, actors and events that no fact is about."""
    scene = statement.scene
    if statement.asks:
        return
    for mark in scene.longest("other_labels"):
        message = "no rule reads the market so; write the label that the rules give, or take it out"
        yield document.finding("wording.label", "error", statement.field, (mark.start, mark.end), message)
    for mark in scene.longest("taken_back"):
        message = "this takes back what a fact says; take it out"
        yield document.finding("wording.negation", "error", statement.field, (mark.start, mark.end), message)
    if (span := denied_rank(document.sheet, scene) or wrong_place(document.sheet, scene)) is not None:
        message = "the computed ranks say otherwise; give the rank with its history"
        yield document.finding("wording.record", "error", statement.field, span, message)
    known = {(start, end) for start, end, category in statement.watched if category in _MESSAGES}
    for mark in scene.longest("beyond_facts:"):
        rule = mark.name.removeprefix("beyond_facts:")
        if (mark.start, mark.end) in known or _disclaimed(document, statement, mark.start):
            continue
        if any(
            told.mention.start <= mark.start < told.mention.end
            for told in statement.told
            if told.metric == "event_name"
        ):
            # "Consumer sentiment is due": the name of a date, as its source gives it.
            continue
        if rule in ("record", "intent") and scene.said(("denial", "lacks_data")):
            continue
        if rule == "record" and is_first(document.sheet, scene, mark):
            continue
        given = scene.said(("giver:", "asset:"), (mark.end, scene.end))
        from_whom = bool(given) and not scene.text[mark.end : given[0].start].strip() and "from" in scene.word(mark)
        if rule == "cause" and (from_whom or _FROM_WHEN.match(scene.text, mark.end)):
            # "Stems from 04:10 UTC", "is down to 266,200 BTC": a time, or a level.
            continue
        if rule == "record" and _A_ROW.search(scene.text[: mark.end]):
            continue
        if rule == "cause" and scene.said("conditional", scene.clause(mark.start)):
            # "Unless contracts fixed in dollars explain it": left open.
            continue
        message = _MESSAGES.get(rule, "no computed rank says so; give the rank with its history, or take it out")
        yield document.finding(f"wording.{rule}", "error", statement.field, (mark.start, mark.end), message)
    if any(scene.said(name) for name in ("denial", "unknown", "absent")):
        return
    own = vouched(document, statement)
    metrics = {fact.subject.metric for fact in document.sheet}
    for mark in scene.longest(("unmeasured:", "other_assets:")):
        if named(scene.word(mark).casefold(), own) or _is_at_hand(document, statement, mark, metrics):
            continue
        if scene.word(mark).casefold() in ("token", "coin") and _ITS.search(scene.text[: mark.start]):
            # "The token's price": of the one that is spoken of.
            continue
        code = "roles.held" if mark.name.startswith("unmeasured") else "roles.asset"
        message = f"no fact at hand is of {scene.word(mark)!r}; take it out"
        yield document.finding(code, "error", statement.field, (mark.start, mark.end), message)
    if supposes(scene):
        return
    paying = scene.said("payers:")
    told = told_of(document.sheet)
    for mark in scene.longest("foreign:"):
        if any(one.start <= mark.start and mark.end < one.end for one in paying):
            # "Longs fork out": no fork of a chain.
            continue
        if (
            named(scene.word(mark).casefold(), own)
            or scene.word(mark).casefold() in told
            or _is_at_hand(document, statement, mark, metrics)
            or _is_in_name(statement, mark)
        ):
            continue
        message = f"no fact at hand is of {scene.word(mark)!r}; take it out, or give an editor's fact with its source"
        yield document.finding("wording.foreign", "error", statement.field, (mark.start, mark.end), message)
    if (ended := OVER.search(statement.text)) and "outage" in told:
        span = (statement.start + ended.start(), statement.start + ended.end())
        message = "no fact at hand tells of its end; take it out, or give an editor's fact with its source"
        yield document.finding("wording.foreign", "error", statement.field, span, message)


def _is_at_hand(document: Document, statement: Statement, mark: Mark, metrics: Iterable[str]) -> bool:
    """Say whether a fact is about what a word of the lists speaks of, or prints the word itself."""
    word = statement.scene.word(mark)
    dates = " ".join(fact.text for fact in document.sheet.all("event_name"))
    return named(word.casefold(), dates.casefold()) or document.cues.is_at_hand(word, metrics)


def _is_dated(statement: Statement, at: int) -> bool:
    """Say whether the day of a fact stands right behind: "in the session of Sept. 11"."""
    return any(
        told.style in TIMES
        and statement.field.text[at : told.mention.start]
        in (" of ", " on ", " that closed on ", " that ended on ", " to ")
        for told in statement.told
    )


def _is_in_name(statement: Statement, mark: Mark) -> bool:
    """Say whether a word is of a name that a fact is: "U.S. Nonfarm Payrolls" of a calendar."""
    return any(
        told.fact.unit == "name" and told.mention.start <= mark.start and mark.end <= told.mention.end
        for told in statement.told
    )


def _loose(document: Document, statement: Statement) -> Iterator[Finding]:
    """A time or a window that no figure gives is wrong when it is read later, or says nothing."""
    if statement.asks:
        return
    for mark in statement.scene.longest("loose_window"):
        if "session" in statement.scene.word(mark).casefold() and _is_dated(statement, mark.end):
            continue
        message = "this says neither how long nor to when; write the window to its end in UTC"
        yield document.finding("wording.relative_time", "error", statement.field, (mark.start, mark.end), message)
