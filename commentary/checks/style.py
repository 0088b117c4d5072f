"""How a text reads. What is found is a warning, as an editor may know better; what is left of a template is an error.

style.leftover: a sign or word of a template or a program, emphasis that nobody set, two spaces, a word twice in a row.
style.sentence, .paragraph: a sentence of too many words or figures, a paragraph of too many figures.
style.headline: too long, too many figures, a question, or words that tease.
style.hedges: two hedges in a row.
style.idiom, .cliche: an idiom of another trade, and words that say nothing (style-<language>.toml).
style.stuffing: the same words in a row, again and again.
style.skeleton: two sentences of one draft that read alike but for their facts.
style.repeated: one fact told as a figure too often in the body.
style.house: what the house's own rules strike out ([style.rules] of commentary.toml).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from commentary.checks import checks
from commentary.checks.base import TIMES, Document, Field, Part, Statement, Told, frame_spans
from commentary.checks.sentences import sentence_spans
from commentary.checks.style_lists import StyleLists, style_lists
from commentary.config.style_rules import HouseRules
from commentary.languages.phrases import Mark, Phrases, words_of
from commentary.languages.skeletons import skeleton
from commentary.records.finding import Finding

_WORD = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")
_HOUSE, _CLICHE = "house", "cliche"
_CODES = {
    "hedges": "one hedge is enough, and two say nothing",
    "idiom": "this is an idiom of {}",
    _CLICHE: "this says nothing that a figure has not said",
    _HOUSE: "the house does not print this",
}
_ASKED = ("idiom", _CLICHE)
_HEADS: tuple[Part, ...] = ("headline", "heading")
_DENSE = ("/digest", "/variants")
"""Fields that say much in little room: the limit of a paragraph is not theirs."""
_LEGAL = ("/ai_disclosure", "/disclosures", "/disclaimer")
"""Legal lines read as counsel wrote them."""
_READ: tuple[Part, ...] = ("standfirst", "body", "unknowns", "faq")
"""What is read in one go; a digest is read alone, and says again what the body says."""
_TITLES = ("/headline", "/digest/title", "/variants/search_title", "/variants/mail_subject")
_BETWEEN = re.compile(r"\bbetween (?:the |about )?\Z", re.I)
_JOINS = re.compile(r" ?[-–—] ?| (?:down |up )?to ")
_AND = re.compile(r",? and ")
_SUMS = ("reach_", "cluster_", "within_")
"""How the names of metrics begin that tell a sum of a map."""
_ENDS = ("_price", "_near", "_far", "_percent", "_distance")
"""How they end where they say how far it reaches."""
_WHOLE = TIMES | {"window", "window_adj", "window_model", "interval"}
"""Styles of what is read as one word."""


@checks.add("style")
def style(document: Document) -> Iterator[Finding]:
    """Find what a desk's style would not let stand."""
    lists = style_lists(document.language.code)
    own = Phrases({_HOUSE: [words for words, _ in document.rules.instead]}) if document.rules.instead else None
    told = _by_field(document)
    for field in document.fields:
        for start, end in leftovers_in(field.text, document.language.code):
            message = f"{field.text[start:end]!r} is left of a template, or stands twice; take it out"
            yield document.finding("style.leftover", "error", field, (start, end), message)
        if field.part == "aside":
            continue
        statements = told.get(id(field), [])
        if not field.path.startswith(_LEGAL):
            yield from _words(document, field, lists, own)
        if _is_title(field):
            yield from _headline(document, field, statements, lists)
        elif field.part not in _HEADS and not field.path.startswith(_LEGAL):
            for statement in statements:
                yield from _sentence(document, statement, lists)
        if not field.path.startswith(_DENSE):
            yield from _paragraph(document, field, statements, lists)
    yield from _stuffing(document, lists)
    if document.written:
        yield from _skeletons(document)
        yield from _repeated(document, lists)


def _by_field(document: Document) -> dict[int, list[Statement]]:
    """Return the sentences of each field that are to be weighed.

    What is known for ours was held to this where it was drafted; of a text read back nobody knows which is the digest.
    """
    found: dict[int, list[Statement]] = {}
    for statement in document.statements if document.written else document.judged:
        found.setdefault(id(statement.field), []).append(statement)
    return found


def leftovers_in(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what is left of a template, and of words that stand twice in a row."""
    lists = style_lists(language)
    for match in lists.leftovers.finditer(text):
        if match["twice"] is None or match["twice"].split()[0].casefold() not in lists.twice:
            yield match.span()


def _words(document: Document, field: Field, lists: StyleLists, own: Phrases | None) -> Iterator[Finding]:
    """Stacked hedges, idioms, cliches and the house's own words, outside what a fact or an approved frame spells."""
    marks = [*lists.phrases.find(field.text), *(own.find(field.text) if own else ())]
    if not marks:
        return
    spared = [(one.start, one.end) for one in field.mentions] + frame_spans(field, document.language)
    # A question asks in the words in which it is asked everywhere.
    asked = [(a, b) for a, b in sentence_spans(field.text) if field.text[a:b].endswith("?")]
    instead = {_HOUSE: dict(document.rules.instead), _CLICHE: lists.cliches}
    for mark in sorted(marks):
        code, _, trade = mark.name.partition(":")
        words = field.text[mark.start : mark.end]
        if code not in _CODES or _inside(mark, spared) or (code in _ASKED and _inside(mark, asked)):
            continue
        if words.startswith("May ") and mark.start:
            continue  # the month
        if words[0].isupper() and words.casefold() in document.vocabulary.name_words_folded:
            continue  # Avalanche, the coin
        said = _CODES[code].format(trade.replace("_", " "))
        other = _other(instead.get(code, {}), words)
        message = f"{said}; write {other}" if other else f"{said}; take it out, or say what it means"
        offered = (other,) if other and code == _HOUSE else ()
        yield document.finding(f"style.{code}", "warning", field, (mark.start, mark.end), message, (), offered)


def _inside(mark: Mark, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in spans)


def _other(instead: Mapping[str, str], words: str) -> str:
    """Return what is written in the place of some words; nothing where they are taken out."""
    said = words_of(words)
    return next((other for given, other in instead.items() if words_of(given) == said), "")


def _is_title(field: Field) -> bool:
    return field.path.startswith(_TITLES) or field.part == "headline"


def _headline(
    document: Document, field: Field, statements: Iterable[Statement], lists: StyleLists
) -> Iterator[Finding]:
    def wrong(message: str, start: int = 0, end: int | None = None) -> Finding:
        span = (start, len(field.text) if end is None else end)
        return document.finding("style.headline", "warning", field, span, message)

    most = _limit(document.rules, "headline_characters", lists)
    if len(field.text) > most:
        yield wrong(f"it has {len(field.text)} characters, and {most} is the most", most)
    told = [told for statement in statements for told in statement.figures()]
    if (figures := count_figures(field.text, told)) > lists.limits["headline_figures"]:
        yield wrong(f"it has {figures} figures, and {lists.limits['headline_figures']} is the most")
    if field.text.rstrip("\"'”’ ").endswith("?"):
        yield wrong("a headline tells, and does not ask")
    for mark in lists.phrases.find(field.text):
        if mark.name == "clickbait":
            yield wrong(f"{field.text[mark.start : mark.end]!r} teases; tell the news", mark.start, mark.end)


def _sentence(document: Document, statement: Statement, lists: StyleLists) -> Iterator[Finding]:
    span = (statement.start, statement.end)
    most = _limit(document.rules, "sentence_words", lists)
    shift = statement.start
    read = [one.mention for one in statement.told if one.style in _WHOLE or one in statement.stated]
    whole = [(one.start - shift, one.end - shift) for one in read]
    if (words := count_words(statement.text, whole)) > most:
        message = f"{words} words, and {most} is the most; make two of it"
        yield document.finding("style.sentence", "warning", statement.field, span, message)
    figures = count_figures(statement.field.text, statement.figures())
    if figures > (most := lists.limits["sentence_figures"]):
        message = f"{figures} figures, and {most} is the most; make two of it"
        yield document.finding("style.sentence", "warning", statement.field, span, message)


def _paragraph(
    document: Document, field: Field, statements: Iterable[Statement], lists: StyleLists
) -> Iterator[Finding]:
    told = [told for statement in statements for told in statement.figures()]
    most = lists.limits["paragraph_figures"]
    if (figures := count_figures(field.text, told)) > most:
        message = f"{figures} figures, and {most} is the most of a paragraph; make two of it"
        yield document.finding("style.paragraph", "warning", field, (0, len(field.text)), message)


def count_words(text: str, whole: Iterable[tuple[int, int]] = ()) -> int:
    """Return how many words a text has; a figure is one, and so is each stretch that is read as a whole."""
    stretches = [(start, end) for start, end in whole if start < end]
    inside = sum(len(_WORD.findall(text, start, end)) - 1 for start, end in stretches)
    return len(_WORD.findall(text)) - inside


def count_figures(text: str, told: Iterable[Told]) -> int:
    """Return how many figures a reader has to keep in mind; what counts as one, style-<language>.toml says."""
    figures = sorted((one for one in told if _in_digits(text, one)), key=lambda one: one.mention.start)
    held = {one.fact.id for one in figures}
    sums = any(one.fact.unit == "usd" and one.metric.startswith(_SUMS) for one in figures)
    kept: list[Told] = []
    for one in figures:
        apart = "distance" in one.metric and held & set(one.fact.inputs)
        end = sums and one.metric.startswith(_SUMS) and one.metric.endswith(_ENDS)
        again = any(one.fact.id == other.fact.id for other in kept)
        if not (apart or end or again or (kept and _is_one(text, kept[-1], one))):
            kept.append(one)
    return len(kept)


def _in_digits(text: str, told: Told) -> bool:
    written = text[told.mention.start : told.mention.end]
    return any(character.isdigit() for character in written) and not told.metric.startswith("example_")


def _is_one(text: str, one: Told, other: Told) -> bool:
    """Say whether two figures are a range, or a move and where it led."""
    between = text[one.mention.end : other.mention.start]
    if one.fact.unit == other.fact.unit:
        within = _AND.fullmatch(between) and _BETWEEN.search(text, 0, one.mention.start)
        return bool(_JOINS.fullmatch(between) or within)
    return one.fact.quantity == "delta" and between == " to "


def _stuffing(document: Document, lists: StyleLists) -> Iterator[Finding]:
    """Words in a row that hold no fact, once too often in what is read in one go."""
    length, times = lists.limits["phrase_words"], lists.limits["phrase_times"]
    seen: dict[tuple[str, ...], list[tuple[Field, int, int]]] = {}
    for field in document.fields:
        if field.part not in _READ and not (field.part == "headline" and field.path in ("/headline", "/text")):
            continue
        # What is known for ours was held to this where it was drafted.
        known = frame_spans(field, document.language) if document.written else document.vouched(field)
        for run in _runs(field, known):
            for i in range(len(run) - length + 1):
                words = run[i : i + length]
                key = tuple(word[0].casefold() for word in words)
                seen.setdefault(key, []).append((field, words[0].start(), words[-1].end()))
    told: set[tuple[str, int]] = set()
    for key, places in seen.items():
        if len(places) < times:
            continue
        field, start, end = places[times - 1]
        if (field.path, start - 1) in told or any(path == field.path and start <= at < end for path, at in told):
            continue
        told.update((field.path, at) for at in range(start, end))
        message = f"“{' '.join(key)}” stands {len(places)} times; say it once, or in other words"
        yield document.finding("style.stuffing", "warning", field, (start, end), message)


def _runs(field: Field, frames: list[tuple[int, int]]) -> Iterator[list[re.Match[str]]]:
    """Yield the words of a field in runs that no fact, no approved frame and no end of a sentence breaks."""
    cuts = sorted([*((one.start, one.end) for one in field.mentions), *frames])
    ends = [end for _, end in sentence_spans(field.text)]
    edges = sorted({0, *(place for cut in cuts for place in cut), *ends, len(field.text)})
    inside = {edge for edge in edges if any(start <= edge < end for start, end in cuts)}
    for low, high in pairwise(edges):
        if low not in inside:
            yield list(_WORD.finditer(field.text, low, high))


def _skeletons(document: Document) -> Iterator[Finding]:
    """Two sentences of what is read in one go that read alike but for their facts."""
    quantities = {fact.id: fact.quantity for fact in document.sheet}
    seen: dict[str, str] = {}
    for field in document.fields:
        if field.part not in _READ:
            continue
        frames = frame_spans(field, document.language)
        mentions = [one for one in field.mentions if one.fact in quantities]
        for start, end in sentence_spans(field.text):
            if any(a <= start and end <= b for a, b in frames) or count_words(field.text[start:end]) < _SHORT:
                continue
            kind = skeleton(field.text, start, end, mentions, quantities, document.language)
            if kind in seen:
                message = f"this reads like “{seen[kind]}” but for its facts; say it in another way"
                yield document.finding("style.skeleton", "warning", field, (start, end), message)
            seen.setdefault(kind, _shown(field.text[start:end]))


_SHORT = 5
"""A sentence of fewer words, such as an answer's "No.", has no shape to be known by."""
_LONGEST = 60


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _repeated(document: Document, lists: StyleLists) -> Iterator[Finding]:
    """One fact told as a figure again and again, in what a reader takes as the article itself."""
    most = lists.limits["fact_times"]
    count: Counter[str] = Counter()
    for statement in document.statements:
        field = statement.field
        if not field.is_body or field.path.startswith("/headlines"):
            continue
        for told in statement.figures():
            count[told.fact.id] += 1
            if count[told.fact.id] == most + 1:
                span = (told.mention.start, told.mention.end)
                message = f"{told.fact.id} is told {most} times before; leave it out, or point back to it"
                yield document.finding("style.repeated", "warning", field, span, message, (told.fact.id,))


def _limit(rules: HouseRules, name: str, lists: StyleLists) -> int:
    own: int | None = getattr(rules, name)
    return lists.limits[name] if own is None else own
