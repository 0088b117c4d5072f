"""What stands in a sentence around what an editor signed for: its day, its window, its quotation.

`signed` is a rule of roles; `unheld` and `vouched` are asked by the rules of wording.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import ATTRIBUTES, TIMES, Document, Field, Statement, Told
from commentary.checks.sentences import sentence_spans
from commentary.languages.phrases import named
from commentary.records.editor_fact import Signature
from commentary.records.finding import Finding

_WINDOWS = ATTRIBUTES - TIMES
_CLOCKS = TIMES - {"day", "moment_day"}
_QUOTED = re.compile(r"[“\"](?=[^”\"]*\w)([^”\"]{2,}?)[”\"]")
_CLOSING = ".,;:!?"


def figures_signed(document: Document, statement: Statement) -> Iterator[Told]:
    """Yield the mentions that state the value of an editor's fact, in a question too."""
    styles = document.language.styles
    for told in statement.told:
        known = styles.get(told.style)
        if told.fact.is_signed and told.style not in ATTRIBUTES and (known is None or known.figure):
            yield told


def signed(document: Document, statement: Statement) -> Iterator[Finding]:
    """An editor's figure of another day stands with its day, and with no time or window that its source lacks."""
    for told in figures_signed(document, statement):
        signature = document.sheet.signature(told.fact.id)
        if signature is not None:
            yield from _dated(document, statement, told)
            yield from _windowed(document, statement, told, signature)
    for told in statement.told:
        signature = document.sheet.signature(told.fact.id)
        if signature is None or told.style not in TIMES:
            continue
        if signature.only_day and told.style in _CLOCKS:
            message = f"{signature.source} gives a day and no time of day; write the day alone"
        elif not _is_named(signature, statement.text):
            message = (
                f"nothing but {signature.source}'s figure is of that time; name {signature.source}, or take it out"
            )
        else:
            continue
        yield _error(document, statement, "roles.time", told, told.fact.id, message)


def _is_named(signature: Signature, text: str) -> bool:
    """Say whether a text names who said what was signed for."""
    return named(signature.source, text) or bool(signature.speaker and named(signature.speaker, text))


def _dated(document: Document, statement: Statement, told: Told) -> Iterator[Finding]:
    day = told.fact.as_of.date()
    if day == document.edition.as_of.date():
        return
    times = [one for one in statement.told if one.style in TIMES]
    if not any(one.fact.as_of.date() == day for one in times if not one.style.startswith("moment")):
        message = f"the figure is of {day:%Y-%m-%d}, another day than the text's; write its date in the sentence"
        yield _error(document, statement, "roles.time", told, told.fact.id, message)


def _windowed(document: Document, statement: Statement, told: Told, signature: Signature) -> Iterator[Finding]:
    start, end = statement.clause(told.mention.start)
    for one in statement.told:
        words = statement.field.text[one.mention.start : one.mention.end]
        beside = start <= one.mention.start < end and one.style in _WINDOWS
        own = told.fact.subject.window_hours
        if beside and one.fact.subject.window_hours != own and words.casefold() not in signature.quote.casefold():
            of = "of no window" if own is None else f"of {own:f} hours"
            message = f"{signature.source}'s figure is {of}; write what the source gives, or take the window out"
            yield _error(document, statement, "roles.window", one, told.fact.id, message)


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of what stands in quotation marks, with the marks."""
    for match in _QUOTED.finditer(text):
        yield match.span()


def unheld(document: Document, field: Field, span: tuple[int, int]) -> str | None:
    """Return why words in quotation marks may not stand; None where an editor's fact holds them, beside its name."""
    text = field.text
    words = text[span[0] + 1 : span[1] - 1]
    holding = [one for one in document.sheet.signed if _holds(one.quote, words)]
    if not holding and (notice := _noticed(document, text, span, words)) is not None:
        return notice or None
    if not holding:
        return "no fact holds this quotation; give an editor's fact with its source, or take it out"
    # The name stands in a sentence that the quotation begins or ends in; its last mark may stand behind a stop.
    within = [(a, b) for a, b in sentence_spans(text) if a < span[1] - 1 and span[0] < b]
    around = (min(span[0], within[0][0]), max(span[1], within[-1][1])) if within else span
    outside = f"{text[around[0] : span[0]]} {text[span[1] : around[1]]}"
    telling = [one for one in holding if _is_named(one, outside)]
    if not telling:
        names = " or ".join(dict.fromkeys(one.speaker or one.source for one in holding))
        return f"nobody is named who said so; name {names} in the same sentence"
    nearest = _nearest(document, text, span, around)
    if nearest is not None and not any(nearest in (one.source, one.speaker) for one in telling):
        return f"{nearest} did not say so; name {telling[0].speaker or telling[0].source} beside the quotation"
    if all(_cuts_denial(document, one.quote, words) for one in telling):
        return "the words left out of the quotation deny it; quote them too"
    return None


def held_quotations(document: Document, field: Field) -> tuple[tuple[int, int], ...]:
    """Return the spans of what stands in quotation marks and a fact has, beside the name of whose words they are."""
    return tuple(span for span in quotations(field.text) if unheld(document, field, span) is None)


def _noticed(document: Document, text: str, span: tuple[int, int], words: str) -> str | None:
    """Return why the words of a notice may not stand so; nothing where their source is named; None where they are none.

    They are quoted whole, as a notice's words are a name and no sentence to cut from.
    """
    given = _settled(words).rstrip(_CLOSING)
    texts = [fact for fact in document.sheet if fact.subject.metric.endswith("_text") and fact.value == given]
    if not texts:
        return None
    around = [text[a:b] for a, b in sentence_spans(text) if a < span[1] - 1 and span[0] < b]
    outside = " ".join(around).replace(text[span[0] : span[1]], " ")
    owners = {name for fact in texts for name in (*fact.source, fact.subject.venue) if name}
    if any(named(name, outside) for name in owners):
        return ""
    return f"nobody is named whose notice it is; name {' or '.join(sorted(owners))} in the same sentence"


def _nearest(document: Document, text: str, span: tuple[int, int], around: tuple[int, int]) -> str | None:
    """Return the source, exchange or speaker whose name stands nearest to a quotation."""
    marks = [
        mark
        for mark in document.vocabulary.marks(text)
        if mark.name.startswith("giver:")
        and around[0] <= mark.start < around[1]
        and not span[0] <= mark.start < span[1]
    ]
    found = min(marks, key=lambda mark: max(mark.start - span[1], span[0] - mark.end), default=None)
    return None if found is None else found.name.removeprefix("giver:")


def _holds(quote: str, words: str) -> bool:
    """Say whether a quote holds exactly these words, whole; a stop before the closing mark is the sentence's."""
    whole = _settled(quote)
    exact = _settled(words)
    return any(wanted and named(wanted, whole) for wanted in (exact, exact.rstrip(_CLOSING)))


def _settled(words: str) -> str:
    """Return words with their spaces and apostrophes settled, which two typesetters do not write alike."""
    return " ".join(words.replace("’", "'").replace("‘", "'").split())


def _cuts_denial(document: Document, quote: str, words: str) -> bool:
    """Say whether the sentence that words are cut from denies, and they do not."""
    whole, wanted = _settled(quote), _settled(words).rstrip(_CLOSING)
    at = whole.find(wanted)
    sentences = [whole[a:b] for a, b in sentence_spans(whole) if a < at + len(wanted) and b > at]
    cues = document.cues
    return any(cues.said("denial", sentence) for sentence in sentences) and not cues.said("denial", wanted)


def vouched(document: Document, statement: Statement) -> str:
    """Return, in small letters, the words of the sources whose figures or quotations a sentence gives."""
    if not document.sheet.signed:
        return ""
    told = (document.sheet.signature(told.fact.id) for told in figures_signed(document, statement))
    found = [one.quote for one in told if one is not None]
    field = statement.field
    for start, end in quotations(field.text):
        if start < statement.end and statement.start < end and unheld(document, field, (start, end)) is None:
            found.append(field.text[start:end])
    return " ".join(found).casefold()


def _error(document: Document, statement: Statement, code: str, told: Told, fact: str, message: str) -> Finding:
    span = (told.mention.start, told.mention.end)
    return document.finding(code, "error", statement.field, span, message, (fact,))
