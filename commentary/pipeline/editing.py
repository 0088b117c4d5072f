"""A draft whose text was edited, held against its own facts.

A mention that the edit left alone keeps its fact. What was written anew is matched within the claim of its
sentence: only the facts that the sentence told before may be told again, in any legal spelling; a figure that is
none of them stays without a fact, which is an error.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from commentary.checks import run_checks
from commentary.checks.base import Document, Field, document_of
from commentary.checks.spelled import TIMES, Spelled
from commentary.checks.vocabulary import Vocabulary
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.pipeline.checking import house_of, known_names, sheet_of
from commentary.records.draft import Draft
from commentary.records.edition import Edition
from commentary.records.finding import Findings
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Sentence

_TOKEN = re.compile(r"\w+|\W")
Span = tuple[int, int]


def check_edit(draft: Draft, edits: Mapping[str, str]) -> Findings:
    """Check a draft some of whose fields were rewritten.

    Args:
        draft: the draft as it was made.
        edits: the new text of each rewritten field, by its JSON Pointer, such as "/sections/0/paragraphs/1".

    Returns:
        what every checker finds; spans are those of the new texts.

    Raises:
        BadInputError: the draft has no field of that path.
    """
    sheet, language = sheet_of(draft), load_language(draft.language)
    edition = Edition(draft.as_of, tuple(draft.names.items()), house_of(draft))
    vocabulary = Vocabulary(sheet, language, edition, known_names(edition))
    made = document_of(draft, sheet, language, edition, vocabulary)
    unknown = [path for path in edits if path not in {field.path for field in made.fields}]
    if unknown:
        raise BadInputError(unknown[0], edits[unknown[0]], "the draft has no field of this path; name one that it has")
    spelled = Spelled(sheet, language, edition)
    fields = tuple(
        _edited(field, edits[field.path], made, spelled) if field.path in edits else field for field in made.fields
    )
    return run_checks(replace(made, fields=fields))


def _edited(field: Field, text: str, document: Document, spelled: Spelled) -> Field:
    """Return a field with its new text, the mentions that were left alone, and those that were written anew."""
    kept = list(_kept_spans(field.text, text))
    mentions = [
        mention._replace(start=start, end=end)
        for mention in field.mentions
        if (span := _moved(kept, mention.start, mention.end)) is not None
        for start, end in (span,)
    ]
    sentences = tuple(
        sentence._replace(start=span[0], end=span[1])
        for sentence in field.sentences
        if (span := _moved(kept, sentence.start, sentence.end)) is not None
    )
    mentions += _written_anew(field, text, kept, mentions, document.sheet, spelled)
    return field._replace(text=text, mentions=tuple(sorted(mentions)), sentences=sentences)


def _kept_spans(old: str, new: str) -> Iterator[tuple[Span, int]]:
    """Yield the stretches of the old text that stand in the new one, each with its place there."""
    before, after = ([match[0] for match in _TOKEN.finditer(text)] for text in (old, new))
    starts, places = ([match.start() for match in _TOKEN.finditer(text)] for text in (old, new))
    starts.append(len(old))
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        if block.size:
            yield (starts[block.a], starts[block.a + block.size]), places[block.b]


def _moved(kept: list[tuple[Span, int]], start: int, end: int) -> Span | None:
    """Return where a stretch stands now; None where the edit touched it."""
    for (low, high), place in kept:
        if low <= start and end <= high:
            return place + start - low, place + end - low
    return None


def _written_anew(
    field: Field, text: str, kept: list[tuple[Span, int]], mentions: list[Mention], sheet: FactSheet, spelled: Spelled
) -> Iterator[Mention]:
    """Yield mentions of figures in what was rewritten, each of a fact that its sentence told before."""
    taken = [(mention.start, mention.end) for mention in mentions]
    for sentence in field.sentences:
        if _moved(kept, sentence.start, sentence.end) is not None:
            continue
        told = {
            mention.fact
            for mention in field.mentions
            if sentence.start <= mention.start < sentence.end and mention.fact in sheet
        }
        low, high = _stretch(kept, sentence, len(text))
        for figure in spelled.figures(text[low:high]):
            span = (low + figure.start, low + figure.end)
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            options = [one for one in spelled.options(figure) if one.fact.id in told and not one.bare]
            if options:
                role = "time" if figure.kind in TIMES else "value"
                taken.append(span)
                yield Mention(*span, options[0].fact.id, options[0].style, role)


def _stretch(kept: list[tuple[Span, int]], sentence: Sentence, length: int) -> Span:
    """Return where an edited sentence stands now: from what was kept before it to what was kept behind it."""
    before = [place + min(high, sentence.start) - low for (low, high), place in kept if low < sentence.start]
    behind = [place + max(low, sentence.end) - low for (low, high), place in kept if high > sentence.end]
    return max(before, default=0), min(behind, default=length)
