"""What a feed remembers of a draft: the skeletons of its sentences, but for those that read alike each day."""

from collections.abc import Iterator

from commentary.languages import language as load_language
from commentary.languages.skeletons import sentences_of, skeleton
from commentary.pipeline.materials import sayings
from commentary.records.draft import Draft, SentenceRecord, fact_records, texts

_ALIKE = frozenset({"definition", "boilerplate"})
"""Kinds that are worded once: what a term means, what the law or the house asks for."""
_HEADS = ("/heading", "/question")
_OF_OTHERS = ("/headlines/", "/variants/", "/conditions/")
"""Fields that say again what stands elsewhere in the draft, or that no reader of the article meets."""


def skeletons_of(draft: Draft) -> tuple[str, ...]:
    """Return the skeletons of a draft's sentences in reading order, those that count as its own."""
    return tuple(one for sentence, each in told(draft) if not is_exempt(sentence, draft.language) for one in each)


def told(draft: Draft) -> Iterator[tuple[SentenceRecord, tuple[str, ...]]]:
    """Yield each sentence of the article, its questions and its digest, with its skeletons."""
    language = load_language(draft.language)
    fields = dict(texts(draft))
    quantities = {record.id: record.quantity for record in fact_records(draft) if record.quantity is not None}
    for one in draft.sentences:
        if one.path.startswith(_OF_OTHERS):
            continue
        mentions = [record.mention for record in draft.mentions if record.path == one.path]
        bare = skeleton(fields[one.path], one.start, one.end, mentions, quantities, language)
        yield one, sentences_of(bare)


def is_exempt(sentence: SentenceRecord, language: str = "en") -> bool:
    """Say whether a sentence may read alike each day: a definition, a legal or plain line, a heading, a question."""
    return sentence.kind in _ALIKE or sentence.path.endswith(_HEADS) or _is_plain(sentence.origin, language)


def _is_plain(origin: str, language: str) -> bool:
    """Say whether the block that a sentence was worded by is marked as a price line or an attribution."""
    kind, _, name = origin.partition("@")
    ours = sayings(language, None)
    name = name.partition("#")[0]
    return kind == "template" and name in ours and ours[name].plain
