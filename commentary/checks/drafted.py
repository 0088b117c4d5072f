"""A draft as the checkers see it: its text fields with what was recorded when they were written."""

from collections.abc import Mapping

from commentary.checks.base import Document, Field, Part
from commentary.checks.vocabulary import Vocabulary
from commentary.config.packs import pack_names
from commentary.config.style_rules import HouseRules
from commentary.languages.base import Language
from commentary.records.draft import Draft, texts
from commentary.records.edition import Edition
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Altered, Mention, Sentence

_PARTS: tuple[tuple[str, Part], ...] = (
    ("/headline", "headline"),
    ("/standfirst", "standfirst"),
    ("/sections", "body"),
    ("/unknowns", "unknowns"),
    ("/faq", "faq"),
    ("/digest", "digest"),
    ("/sentiment", "sentiment"),
)


def document_of(
    draft: Draft,
    sheet: FactSheet,
    language: Language,
    edition: Edition,
    vocabulary: Vocabulary,
    proved: Mapping[str, tuple[tuple[int, int], ...]],
    altered: Mapping[str, tuple[Altered, ...]],
    rules: HouseRules | None = None,
) -> Document:
    """Return a draft as the checkers see it.

    Args:
        draft: the draft.
        sheet: its facts.
        language: the language of its text.
        edition: the names and house style that it is written in.
        vocabulary: the words that mean something to the checks.
        proved: by path, the sentences that are as an approved claim has them.
        altered: by path, where the text was edited.
        rules: the house's own rules of style, where they are known.
    """
    mentions: dict[str, list[Mention]] = {}
    for record in draft.mentions:
        mentions.setdefault(record.path, []).append(record.mention)
    sentences: dict[str, list[Sentence]] = {}
    for entry in draft.sentences:
        sentence = Sentence(entry.start, entry.end, entry.origin, entry.kind, entry.claim)
        sentences.setdefault(entry.path, []).append(sentence)
    fields = tuple(
        Field(
            path,
            text,
            tuple(sorted(mentions.get(path, ()))),
            tuple(sentences.get(path, ())),
            _part(path),
            proved=proved.get(path, ()),
            altered=altered.get(path, ()),
        )
        for path, text in texts(draft)
    )
    disclaimer = bool(draft.disclaimer.strip())
    return Document(
        fields,
        sheet,
        language,
        edition,
        "article",
        len(draft.unknowns),
        disclaimer,
        True,
        vocabulary,
        packs=tuple(name for name in draft.packs if name in pack_names()),
        involvement=draft.ai_involvement,
        rules=rules or HouseRules(),
    )


def _part(path: str) -> Part:
    if path.endswith("/heading"):
        return "heading"
    return next((part for beginning, part in _PARTS if path.startswith(beginning)), "other")
