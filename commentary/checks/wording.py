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

from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import TIMES, Document, Statement
from commentary.checks.beyond_facts import beyond_facts
from commentary.checks.hearsay import hearsay
from commentary.checks.label_words import against_line, read_so
from commentary.checks.modality import modality
from commentary.checks.shapes.happening import claims_more
from commentary.checks.shapes.urging import urging
from commentary.checks.signed import quotations, unheld
from commentary.checks.strangers import strangers
from commentary.checks.watched_words import claim
from commentary.records.finding import Finding, Severity

_RANKS = ("_rank", "_share", "_further", "_median", "_to_median", "_to_baseline", "_sigma")


@checks.add("wording")
def wording(document: Document) -> Iterator[Finding]:
    """Find claims that words make on their own."""
    yield from against_line(document)
    for statement in document.judged:
        for start, end, category in statement.watched:
            if (message := claim(document, statement, start, end, category)) is not None:
                code, text, severity = message
                yield document.finding(f"wording.{code}", severity, statement.field, (start, end), text)
        yield from read_so(document, statement)
        yield from beyond_facts(document, statement)
        yield from _quoted(document, statement)
        yield from hearsay(document, statement)
        yield from strangers(document, statement)
        yield from claims_more(document, statement)
        yield from urging(document, statement)
        yield from _loose(document, statement)
        yield from _past_window(document, statement)
        yield from _magnitude(document, statement)
        yield from modality(document, statement)


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
    open_ = statement.asks_or_denies or any(told.metric.endswith(_RANKS) for told in statement.told)
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


def _is_dated(statement: Statement, at: int) -> bool:
    """Say whether the day of a fact stands right behind: "in the session of Sept. 11"."""
    return any(
        told.style in TIMES
        and statement.field.text[at : told.mention.start]
        in (" of ", " on ", " that closed on ", " that ended on ", " to ")
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
