"""A draft whose text was edited, held against its own facts.

A mention that the edit left alone keeps its fact. What was written anew is matched within the claim of its
sentence: only the facts that the sentence told before may be told again, in any legal spelling; a figure that is
none of them stays without a fact, which is an error.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from commentary.checks.base import base_style
from commentary.checks.spelled import TIMES, Spelled
from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.pipeline.checking import check_fields
from commentary.pipeline.opening import edition_of, sheet_of
from commentary.recognition.differences import Kept, differences
from commentary.records.draft import Draft, MentionRecord, SentenceRecord, texts
from commentary.records.fields import with_text
from commentary.records.finding import Findings
from commentary.records.spelled import Altered

Span = tuple[int, int]
_HEADLINE = "/headline"
"""How the paths of the headline and of those beside it begin."""
Placed = TypeVar("Placed", MentionRecord, SentenceRecord)


def check_edit(draft: Draft, edits: Mapping[str, str], *, settings: Settings | None = None) -> Findings:
    """Check a draft some of whose fields were rewritten; spans of the findings are those of the new texts.

    Args:
        draft: the draft as it was made.
        edits: the new text of each rewritten field, by its JSON Pointer, such as "/sections/0/paragraphs/1".
        settings: those of the newsroom, for its own words and rules of style.

    Raises:
        BadInputError: the draft has no field of that path.
    """
    before = dict(texts(draft))
    changed = edited(draft, edits)
    altered = {
        path: tuple(_altered(draft, path, before[path], text))
        for path, text in edits.items()
        if _twin(before, path, text) is None
    }
    return check_fields(changed, altered, settings=settings)


def _twin(fields: Mapping[str, str], path: str, text: str) -> str | None:
    """Return the headline of the draft's that was put in another one's place: it is as approved there."""
    headlines = [one for one in fields if one.startswith(_HEADLINE)]
    return next((one for one in headlines if path in headlines and one != path and fields[one] == text), None)


def _altered(draft: Draft, path: str, old: str, new: str) -> Iterator[Altered]:
    mentions = [one for one in draft.mentions if one.path == path]
    for change in differences(old, new).changed:
        low, high = change.old
        facts = tuple(one.fact for one in mentions if one.start < high and low < one.end)
        yield Altered(*change.new, old, change.old, facts, (0, len(new)), tuple(one.mention for one in mentions))


def edited(draft: Draft, edits: Mapping[str, str]) -> Draft:
    """Return a draft with other texts, unsealed: mentions moved, dropped and found anew.

    Raises:
        BadInputError: the draft has no field of that path.
    """
    fields = dict(texts(draft))
    sheet = sheet_of(draft)
    edition = edition_of(draft)
    signed = frozenset(one.fact for one in sheet.signed)
    spelled = Spelled(sheet, load_language(draft.language), edition)
    changed = draft
    mentions: list[MentionRecord] = []
    sentences: list[SentenceRecord] = []
    for path, text in edits.items():
        if path not in fields:
            raise BadInputError(path, text, "the draft has no field of this path; name one that it has")
        changed = with_text(changed, path, text)
        if twin := _twin(fields, path, text):
            mentions += [one.model_copy(update={"path": path}) for one in draft.mentions if one.path == twin]
            sentences += [one.model_copy(update={"path": path}) for one in draft.sentences if one.path == twin]
            continue
        old = _Old(
            fields[path],
            tuple(one for one in draft.mentions if one.path == path),
            tuple(one for one in draft.sentences if one.path == path),
        )
        kept = differences(old.text, text).kept
        mentions += _carried(kept, old.mentions)
        sentences += _carried(kept, old.sentences)
        taken = [(one.start, one.end) for one in mentions if one.path == path]
        mentions += _written_anew(old, text, kept, taken, spelled)
        mentions += _signed_for(path, text, taken, spelled, signed)
    mentions += [one for one in draft.mentions if one.path not in edits]
    sentences += [one for one in draft.sentences if one.path not in edits]
    update = {"mentions": tuple(mentions), "sentences": tuple(sentences), "sha256": "", "checks": None}
    return changed.model_copy(update=update)


class _Old(NamedTuple):
    """A field before its edit."""

    text: str
    mentions: tuple[MentionRecord, ...]
    sentences: tuple[SentenceRecord, ...]


def _carried(kept: tuple[Kept, ...], placed: tuple[Placed, ...]) -> list[Placed]:
    """Return what the edit left alone, at its new place."""
    found = []
    for one in placed:
        span = next((span for stretch in kept if (span := stretch.moved(one.start, one.end)) is not None), None)
        if span is not None:
            found.append(one.model_copy(update={"start": span[0], "end": span[1]}))
    return found


def _written_anew(
    old: _Old, text: str, kept: tuple[Kept, ...], taken: list[Span], spelled: Spelled
) -> Iterator[MentionRecord]:
    """Yield mentions of figures in what was rewritten, each of a fact that its sentence told before."""
    for sentence in old.sentences:
        if any(stretch.moved(sentence.start, sentence.end) for stretch in kept):
            continue
        here = [one for one in old.mentions if sentence.start <= one.start < sentence.end]
        told = {one.fact for one in here}
        # Of two facts that are written alike the one that is not told any more is told anew.
        lost = {one.fact for one in here if not any(stretch.moved(one.start, one.end) for stretch in kept)}
        # The word before a bound is judged as a word.
        bound = {one.fact for one in here if old.text[one.start].isalpha()}
        low, high = _stretch(kept, sentence, len(text))
        for figure in spelled.figures(text[low:high]):
            span = (low + figure.start, low + figure.end)
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            options = [
                one for one in spelled.options(figure) if one.fact.id in told and (not one.bare or one.fact.id in bound)
            ]
            option = min(options, key=lambda one: one.fact.id not in lost, default=None)
            if option is not None:
                span = (low + figure.core if option.bare else span[0], span[1])
                taken.append(span)
                role = "time" if figure.kind in TIMES else base_style(option.style)
                yield MentionRecord(
                    path=sentence.path, start=span[0], end=span[1], fact=option.fact.id, style=option.style, role=role
                )


def _signed_for(
    path: str, text: str, taken: list[Span], spelled: Spelled, signed: frozenset[str]
) -> Iterator[MentionRecord]:
    """Yield mentions of what an editor signed for, which may be told anywhere beside the name of its source."""
    for figure in spelled.figures(text) if signed else ():
        if any(a < figure.end and figure.start < b for a, b in taken):
            continue
        option = next((one for one in spelled.options(figure) if one.fact.id in signed and not one.bare), None)
        if option is not None:
            role = "time" if figure.kind in TIMES else base_style(option.style)
            yield MentionRecord(
                path=path, start=figure.start, end=figure.end, fact=option.fact.id, style=option.style, role=role
            )


def _stretch(kept: tuple[Kept, ...], sentence: SentenceRecord, length: int) -> Span:
    """Return where an edited sentence stands now: from what was kept before it to what was kept behind it."""
    before = [one.place + min(one.end, sentence.start) - one.start for one in kept if one.start < sentence.start]
    behind = [one.place + max(one.start, sentence.end) - one.start for one in kept if one.end > sentence.end]
    return max(before, default=0), min(behind, default=length)
