"""Puts other sentences in the place of a draft's: what stands behind them moves, mentions and sentences alike."""

from collections.abc import Mapping
from typing import NamedTuple

from commentary.records.draft import Draft, MentionRecord, SentenceRecord, texts
from commentary.records.fields import with_text
from commentary.records.spelled import Mention


class Other(NamedTuple):
    """What stands in a sentence's place."""

    text: str
    mentions: tuple[Mention, ...]
    """Their offsets count from the sentence's start."""
    origin: str


def own_mentions(draft: Draft, sentence: SentenceRecord) -> tuple[Mention, ...]:
    """Return the mentions of a sentence in their order, with offsets that count from its start."""
    within = (
        one.mention._replace(start=one.start - sentence.start, end=one.end - sentence.start)
        for one in draft.mentions
        if one.path == sentence.path and sentence.start <= one.start < sentence.end
    )
    return tuple(sorted(within))


def exchanged(draft: Draft, others: Mapping[int, Other]) -> Draft:
    """Return a draft with other sentences, without its seal.

    Args:
        draft: the draft.
        others: by the number of the sentence in the draft's list.
    """
    fields = dict(texts(draft))
    by_path: dict[str, list[int]] = {}
    for i in others:
        by_path.setdefault(draft.sentences[i].path, []).append(i)
    changed = draft
    moved = {path: _Moved(draft, sorted(given, key=lambda i: draft.sentences[i].start), others)
             for path, given in by_path.items()}  # fmt: skip
    for path, one in moved.items():
        changed = with_text(changed, path, one.text(fields[path]))
    sentences = [
        one if one.path not in moved else moved[one.path].sentence(i, one) for i, one in enumerate(draft.sentences)
    ]
    mentions: list[MentionRecord] = []
    for record in draft.mentions:
        mentions += [record] if record.path not in moved else moved[record.path].mentions(record)
    update = {"mentions": tuple(mentions), "sentences": tuple(sentences), "sha256": "", "checks": None}
    return changed.model_copy(update=update)


class _Moved:
    """One field, some of whose sentences are exchanged.

    Args:
        draft: the draft.
        given: the numbers of the sentences, in the order in which they stand.
        others: what stands in their places.
    """

    def __init__(self, draft: Draft, given: list[int], others: Mapping[int, Other]) -> None:
        self._old = {i: draft.sentences[i] for i in given}
        self._others = others
        self._told: set[int] = set()

    def text(self, old: str) -> str:
        """Return the field's text with the other sentences."""
        written, at = "", 0
        for i, one in self._old.items():
            written += old[at : one.start] + self._others[i].text
            at = one.end
        return written + old[at:]

    def sentence(self, number: int, record: SentenceRecord) -> SentenceRecord:
        """Return a sentence of the field where it stands now."""
        start = record.start + self._shift(record.start)
        if number not in self._old:
            return record.model_copy(update={"start": start, "end": start + record.end - record.start})
        other = self._others[number]
        return record.model_copy(update={"start": start, "end": start + len(other.text), "origin": other.origin})

    def mentions(self, record: MentionRecord) -> list[MentionRecord]:
        """Return a mention where it stands now; for the first of an exchanged sentence, those of the other."""
        shift = self._shift(record.start)
        inside = next((i for i, one in self._old.items() if one.start <= record.start < one.end), None)
        if inside is None:
            return [record.model_copy(update={"start": record.start + shift, "end": record.end + shift})]
        if inside in self._told:
            return []
        self._told.add(inside)
        start = self._old[inside].start
        start += self._shift(start)
        return [
            MentionRecord(path=record.path, **one._replace(start=start + one.start, end=start + one.end)._asdict())
            for one in self._others[inside].mentions
        ]

    def _shift(self, at: int) -> int:
        """Return by how much a place moves that lies behind some of the sentences."""
        return sum(len(self._others[i].text) - (one.end - one.start) for i, one in self._old.items() if one.end <= at)
