"""Plain text read as a document: which fact each figure spells, by its spelling and the names around it.

Every stretch around a figure is tried, longest first, against the spellings of the facts. Where several
facts are spelled alike, the words of the sentence, then of the heading above it, decide by side, asset,
source and window; what stays open is numbers.ambiguous, and what fits no fact is left for the other
checkers to find.
"""

import re
from collections.abc import Iterable, Iterator

from commentary.checks.base import Document, Field, Scope, sentence_spans
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention

_TOKEN = re.compile(r"\S+")
_LEFT, _RIGHT = 4, 9
_HEADING = re.compile(r"^#{1,6} .*$|^[^\n]+\n[=-]{3,}$", re.MULTILINE)


def read_text(
    text: str, sheet: FactSheet, language: Language, edition: Edition, scope: Scope | None
) -> tuple[Document, tuple[Finding, ...]]:
    """Return plain text as a document, and what could not be told apart."""
    headings = [match.span() for match in _HEADING.finditer(text)]
    mentions: list[Mention] = []
    open_spans: list[tuple[int, int, tuple[Fact, ...]]] = []
    heading = ""
    for start, end in sentence_spans(text):
        above = [text[a:b] for a, b in headings if b <= start]
        heading = above[-1] if above else heading
        for found_start, found_end, fact, style, rivals in _figures(
            text, start, end, heading, sheet, language, edition
        ):
            mentions.append(Mention(found_start, found_end, fact.id, style, "figure"))
            if rivals:
                open_spans.append((found_start, found_end, rivals))
    mentions += _names(text, sheet, mentions)
    field = Field("/text", text, tuple(sorted(mentions)), ())
    document = Document(
        (field,),
        sheet,
        language,
        edition,
        scope or ("article" if headings else "passage"),
        text.casefold().count("not known") + text.casefold().count("do not know"),
        "not investment advice" in text.casefold() or "disclaimer" in text.casefold(),
        written=False,
    )
    ambiguous = tuple(
        document.finding(
            "numbers.ambiguous",
            "warning",
            field,
            (start, end),
            f"{text[start:end]!r} can be {len(rivals)} facts; name the side, source or window that is meant",
            tuple(fact.id for fact in rivals),
        )
        for start, end, rivals in open_spans
    )
    return document, ambiguous


def _figures(
    text: str, start: int, end: int, heading: str, sheet: FactSheet, language: Language, edition: Edition
) -> Iterator[tuple[int, int, Fact, str, tuple[Fact, ...]]]:
    at = start
    for low, high in language.quantities(text[start:end]):
        low, high = start + low, start + high
        if low < at:
            continue
        for a, b in _stretches(text, start, end, low, high, at):
            found = language.candidates(" ".join(text[a:b].split()), sheet.facts, edition)
            if not found:
                continue
            fitting = _fitting(found, text[start:end], heading, language)
            if not fitting:
                continue
            fact, style = fitting[0]
            rivals = tuple({f.id: f for f, _ in fitting if f.value != fact.value or f.unit != fact.unit}.values())
            yield a, b, fact, style, (fact, *rivals) if rivals else ()
            at = b
            break


def _stretches(text: str, start: int, end: int, low: int, high: int, at: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole words around a figure, longest first."""
    tokens = [(match.start() + start, match.end() + start) for match in _TOKEN.finditer(text[start:end])]
    first = next((i for i, (_, b) in enumerate(tokens) if b > low), 0)
    last = next((i for i, (_, b) in enumerate(tokens) if b >= high), len(tokens) - 1)
    spans = set()
    for i in range(max(0, first - _LEFT), first + 1):
        for j in range(last, min(len(tokens), last + _RIGHT + 1)):
            a, b = tokens[i][0], tokens[j][1]
            for stop in (b, b - len(text[a:b]) + len(text[a:b].rstrip(".,;:!?)”\"’'"))):
                begin = a + len(text[a:stop]) - len(text[a:stop].lstrip("(“\"'"))
                if begin >= at and begin <= low and stop >= high:
                    spans.add((begin, stop))
    # A figure inside a longer token, such as one end of a range.
    spans.add((low, high))
    return iter(sorted(spans, key=lambda span: span[0] - span[1]))


def _fitting(
    found: Iterable[tuple[Fact, str]], sentence: str, heading: str, language: Language
) -> list[tuple[Fact, str]]:
    """Keep the candidates that the names in the sentence, or else in the heading, allow."""
    candidates = list(found)
    for words in (sentence, heading):
        said = {language.side_of(word) for word in re.findall(r"[A-Za-z]+", words)} - {None}
        if len(said) == 1:
            sided = [item for item in candidates if item[0].subject.side in (None, *said)]
            if not sided:
                return []
            candidates = sided
        named = [
            item for item in candidates if any(name and name.casefold() in words.casefold() for name in _tags(item[0]))
        ]
        if named:
            candidates = named
    return candidates


def _tags(fact: Fact) -> tuple[str, ...]:
    return (*fact.source, fact.subject.venue or "")


def _names(text: str, sheet: FactSheet, taken: list[Mention]) -> list[Mention]:
    """Return mentions of sources, each bound to a fact of that source."""
    spans = [(mention.start, mention.end) for mention in taken]
    found = []
    for name, fact in {source: fact for fact in sheet for source in fact.source if len(fact.source) == 1}.items():
        for match in re.finditer(re.escape(name), text):
            if not any(a < match.end() and match.start() < b for a, b in spans):
                found.append(Mention(match.start(), match.end(), fact.id, "source", "source"))
                spans.append(match.span())
    return found
