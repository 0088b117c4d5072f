"""A draft whose text was edited, held against its own facts.

A mention that the edit left alone keeps its fact. What was written anew is matched within the claim of its
sentence: only the facts that the sentence told before may be told again, in any legal spelling; a figure that is
none of them stays without a fact, which is an error.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from commentary.checks.base import base_style
from commentary.checks.cues import cues
from commentary.checks.spelled import TIMES, Spelled
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.pipeline.checking import check_draft, house_of, sheet_of
from commentary.records.draft import Draft, MentionRecord, SentenceRecord, texts
from commentary.records.edition import Edition
from commentary.records.finding import Finding, Findings

_TOKEN = re.compile(r"\w+|\W")
_JOINING = frozenset(".,;:-–—()'’")
"""Marks that join words and claim nothing; a question mark or a quotation mark changes what a sentence is."""
Span = tuple[int, int]
Placed = TypeVar("Placed", MentionRecord, SentenceRecord)


def check_edit(draft: Draft, edits: Mapping[str, str]) -> Findings:
    """Check a draft some of whose fields were rewritten; spans of the findings are those of the new texts.

    Args:
        draft: the draft as it was made.
        edits: the new text of each rewritten field, by its JSON Pointer, such as "/sections/0/paragraphs/1".

    Raises:
        BadInputError: the draft has no field of that path.
    """
    changed = edited(draft, edits)
    found = check_draft(changed)
    unvouched = [
        finding
        for path, text in edits.items()
        for finding in _unvouched(dict(texts(draft))[path], text, path, changed)
        if not any(_overlaps(finding, other) for other in found.findings)
    ]
    return Findings(ok=found.ok and not unvouched, findings=(*found.findings, *unvouched))


def _overlaps(one: Finding, other: Finding) -> bool:
    same = one.path == other.path and other.severity == "error" and other.code.startswith("numbers.")
    return same and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _unvouched(old: str, text: str, path: str, changed: Draft) -> Iterator[Finding]:
    """Yield the words of an edit that no rule can vouch for: an editor signs for them, or takes them out.

    Rules know what many words claim, and not what all do. Of approved wording it is known that it claims nothing
    beyond its mentions; of what is put into it, or left out of it, only where the words are harmless.
    """
    harmless = cues(changed.language).harmless
    told = [(one.start, one.end) for one in changed.mentions if one.path == path]
    before, after = ([match[0] for match in _TOKEN.finditer(one)] for one in (old, text))
    places = [*(match.start() for match in _TOKEN.finditer(text)), len(text)]
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        start, end = places[c], places[d]
        # Nothing that was only left out lies in the mention that it stood beside.
        inside = any((low <= start and end <= high) if start < end else low < start < high for low, high in told)
        tokens = [token for token in (*before[a:b], *after[c:d]) if not token.isspace()]
        if what == "equal" or inside or all(token.casefold() in harmless or token in _JOINING for token in tokens):
            continue
        if start == end:
            # Words were left out: what stands there now is shown.
            start, end = places[max(c - 1, 0)], places[min(d + 1, len(after))]
        yield Finding(
            code="wording.unvouched",
            severity="error",
            path=path,
            span=(start, end),
            text=text[start:end],
            message="no rule can say what these words claim; sign for them with name and reason, or take them out",
        )


def edited(draft: Draft, edits: Mapping[str, str]) -> Draft:
    """Return a draft with other texts, unsealed: mentions moved, dropped and found anew.

    Raises:
        BadInputError: the draft has no field of that path.
    """
    fields = dict(texts(draft))
    sheet = sheet_of(draft)
    edition = Edition(draft.as_of, tuple(draft.names.items()), house_of(draft))
    spelled = Spelled(sheet, load_language(draft.language), edition)
    changed: object = draft
    mentions: list[MentionRecord] = []
    sentences: list[SentenceRecord] = []
    for path, text in edits.items():
        if path not in fields:
            raise BadInputError(path, text, "the draft has no field of this path; name one that it has")
        old = _Old(
            fields[path],
            tuple(one for one in draft.mentions if one.path == path),
            tuple(one for one in draft.sentences if one.path == path),
        )
        kept = _kept(old.text, text)
        mentions += _carried(kept, old.mentions)
        sentences += _carried(kept, old.sentences)
        mentions += _written_anew(
            old, text, kept, [(one.start, one.end) for one in mentions if one.path == path], spelled
        )
        changed = _put(changed, path.strip("/").split("/"), text)
    if not isinstance(changed, Draft):
        raise TypeError(f"{changed!r} is no draft")
    mentions += [one for one in draft.mentions if one.path not in edits]
    sentences += [one for one in draft.sentences if one.path not in edits]
    update = {"mentions": tuple(mentions), "sentences": tuple(sentences), "sha256": "", "checks": None}
    return changed.model_copy(update=update)


class _Old(NamedTuple):
    """A field before its edit."""

    text: str
    mentions: tuple[MentionRecord, ...]
    sentences: tuple[SentenceRecord, ...]


class _Kept(NamedTuple):
    """A stretch of the old text that stands in the new one."""

    start: int
    end: int
    place: int
    """Where it begins now."""

    def moved(self, start: int, end: int) -> Span | None:
        """Return where a part of it stands now; None where it is no part."""
        if self.start <= start and end <= self.end:
            return self.place + start - self.start, self.place + end - self.start
        return None


def _kept(old: str, new: str) -> list[_Kept]:
    before, after = ([match[0] for match in _TOKEN.finditer(text)] for text in (old, new))
    starts, places = ([match.start() for match in _TOKEN.finditer(text)] for text in (old, new))
    starts.append(len(old))
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [_Kept(starts[a], starts[a + size], places[b]) for a, b, size in blocks if size]


def _carried(kept: list[_Kept], placed: tuple[Placed, ...]) -> list[Placed]:
    """Return what the edit left alone, at its new place."""
    found = []
    for one in placed:
        span = next((span for stretch in kept if (span := stretch.moved(one.start, one.end)) is not None), None)
        if span is not None:
            found.append(one.model_copy(update={"start": span[0], "end": span[1]}))
    return found


def _written_anew(
    old: _Old, text: str, kept: list[_Kept], taken: list[Span], spelled: Spelled
) -> Iterator[MentionRecord]:
    """Yield mentions of figures in what was rewritten, each of a fact that its sentence told before."""
    for sentence in old.sentences:
        if any(stretch.moved(sentence.start, sentence.end) for stretch in kept):
            continue
        told = {one.fact for one in old.mentions if sentence.start <= one.start < sentence.end}
        low, high = _stretch(kept, sentence, len(text))
        for figure in spelled.figures(text[low:high]):
            span = (low + figure.start, low + figure.end)
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            option = next((one for one in spelled.options(figure) if one.fact.id in told and not one.bare), None)
            if option is not None:
                taken.append(span)
                role = "time" if figure.kind in TIMES else base_style(option.style)
                yield MentionRecord(
                    path=sentence.path, start=span[0], end=span[1], fact=option.fact.id, style=option.style, role=role
                )


def _stretch(kept: list[_Kept], sentence: SentenceRecord, length: int) -> Span:
    """Return where an edited sentence stands now: from what was kept before it to what was kept behind it."""
    before = [one.place + min(one.end, sentence.start) - one.start for one in kept if one.start < sentence.start]
    behind = [one.place + max(one.start, sentence.end) - one.start for one in kept if one.end > sentence.end]
    return max(before, default=0), min(behind, default=length)


def _put(value: object, keys: list[str], text: str) -> object:
    """Return a record, or a row of them, with another text at the place that the keys lead to."""
    if not keys:
        return text
    first, rest = keys[0], keys[1:]
    if isinstance(value, tuple):
        i = int(first)
        return (*value[:i], _put(value[i], rest, text), *value[i + 1 :])
    if isinstance(value, BaseModel):
        return value.model_copy(update={first: _put(getattr(value, first), rest, text)})
    raise TypeError(f"{value!r} has no part {first!r}")
