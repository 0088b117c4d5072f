"""A sentence as a model is shown it: what facts spell is a slot, named in letters.

    CoinGlass models $1.07 billion of bitcoin longs down to $60,593.
    [SOURCE_A] models [MONEY_A] of [ASSET_A] [SIDE_A] [TOWARDS_A] [PRICE_A].

A model never sees a figure, a name or a direction, so that it can neither round, swap nor leak one.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from commentary.errors import ConfigError, SpellingError
from commentary.languages.base import CAPITAL, FORM, Language
from commentary.records.edition import Edition
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention
from commentary.resources import folder
from commentary.writing.templates import Alternative, Say, Slot, begins

SLOT = re.compile(r"\[([A-Z]+_[A-Z]+)\]")
"""A slot in a text."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Place(NamedTuple):
    """One slot of a sentence."""

    name: str
    """Such as MONEY_A."""
    concept: str
    """Such as MONEY: how it stands in a sentence."""
    fact: str
    """The id of the fact that it spells."""
    style: str
    """Without the mark of a capital."""
    role: str


class OpenSentence(NamedTuple):
    """A sentence that a model may reword."""

    text: str
    """With its slots in brackets."""
    places: tuple[Place, ...]
    """In the order in which they stand."""
    say: Say
    """The template that it is of, with its other wordings."""
    number: int
    """Of the wording that it is, from one."""


class Filled(NamedTuple):
    """A sentence with its figures."""

    text: str
    mentions: tuple[Mention, ...]
    """Their offsets count from the sentence's start."""


@cache
def glosses(code: str) -> dict[str, str]:
    """Return by slot word what a model is told of it."""
    return {word: entry["says"] for word, entry in _table(code)["slots"].items()}


@cache
def _concepts(code: str) -> dict[str, str]:
    """Return by style the word of its slots."""
    return {style: word for word, entry in _table(code)["slots"].items() for style in entry["styles"]}


@cache
def _table(code: str) -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads((folder("data") / "rewording" / f"{code}.toml").read_text(encoding="utf-8"))


def concept_of(style: str, code: str) -> str:
    """Return the word of the slots that a style fills.

    Raises:
        ConfigError: the style has none.
    """
    base = style.removesuffix(CAPITAL).partition(FORM)[0].rpartition(":")[2]
    try:
        return _concepts(code)[base]
    except KeyError:
        raise ConfigError(
            f"data/rewording/{code}.toml: no slot has the style {base!r}; add it to the word that it stands like, or "
            "take open=true off the sentence"
        ) from None


def opened(text: str, mentions: Iterable[Mention], say: Say, number: int, language: Language) -> OpenSentence:
    """Return a sentence with its mentions as slots.

    Args:
        text: the sentence.
        mentions: its own, in their order, with offsets that count from its start.
        say: its template.
        number: the wording that it is, from one.
        language: what it is written in.
    """
    named = _named([mention.style for mention in mentions], language.code)
    shown, at = "", 0
    places = []
    for mention, (name, concept) in zip(mentions, named, strict=True):
        shown += f"{text[at : mention.start]}[{name}]"
        at = mention.end
        places.append(Place(name, concept, mention.fact, mention.style.removesuffix(CAPITAL), mention.role))
    return OpenSentence(shown + text[at:], tuple(places), say, number)


def _named(styles: Sequence[str], code: str) -> list[tuple[str, str]]:
    """Return name and concept of the slots of a sentence: MONEY_A, MONEY_B, … in their order."""
    counts: Counter[str] = Counter()
    named = []
    for style in styles:
        concept = concept_of(style, code)
        named.append((f"{concept}_{_LETTERS[counts[concept]]}", concept))
        counts[concept] += 1
    return named


def wording_of(alternative: Alternative, code: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a wording with slots named as in a sentence of it, and role and concept of each."""
    slots = [part for part in alternative.parts if isinstance(part, Slot)]
    named = iter(_named([slot.style for slot in slots], code))
    names = [next(named) for _ in slots]
    left = iter(names)
    text = "".join(f"[{next(left)[0]}]" if isinstance(part, Slot) else part for part in alternative.parts)
    return text, tuple((slot.role, concept) for slot, (_, concept) in zip(slots, names, strict=True))


def filled(text: str, sentence: OpenSentence, sheet: FactSheet, language: Language, edition: Edition) -> Filled | None:
    """Return a text with its slots filled by what the facts spell; None where one cannot be spelled there.

    Args:
        text: what came back: each of the sentence's slots once, and no other.
        sentence: the sentence.
        sheet: the facts.
        language: what it is written in.
        edition: the names and house style.
    """
    places = {place.name: place for place in sentence.places}
    written, at = "", 0
    mentions = []
    for match in SLOT.finditer(text):
        place = places[match[1]]
        written += text[at : match.start()]
        at = match.end()
        style = f"{place.style}{CAPITAL}" if begins(written) else place.style
        try:
            spelled = language.spell(sheet[place.fact], style, edition)
        except SpellingError:
            return None
        mentions.append(Mention(len(written), len(written) + len(spelled), place.fact, style, place.role))
        written += spelled
    written += text[at:]
    return Filled(written, tuple(mentions)) if language.reads(written) else None
