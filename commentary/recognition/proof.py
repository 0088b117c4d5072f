"""Proves a drafted sentence: its claim can be made of its facts, and is written so, character for character."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from commentary.errors import SpellingError
from commentary.languages.base import CAPITAL, Language
from commentary.planning.claims import ClaimSpec
from commentary.recognition.casting import Casting
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention
from commentary.writing.templates import Say, Slot, begins


class Wording(NamedTuple):
    """One wording of a template, and the claims that it words."""

    parts: tuple[str | Slot, ...]
    specs: tuple[ClaimSpec, ...]


class Prover:
    """Proves sentences of one draft.

    Args:
        sayings: the templates by name.
        specs: the claims by the name of the template that words them.
        casting: what hands out the roles of claims to the facts.
        sheet: the facts.
        language: the language of the text.
        edition: the names and house style that facts are spelled in.
    """

    def __init__(
        self,
        sayings: Mapping[str, Say],
        specs: Mapping[str, tuple[ClaimSpec, ...]],
        casting: Casting,
        sheet: FactSheet,
        language: Language,
        edition: Edition,
    ) -> None:
        self._sayings = sayings
        self._specs = specs
        self._casting = casting
        self._sheet = sheet
        self._language = language
        self._edition = edition

    def proves(self, text: str, start: int, end: int, origin: str, mentions: Sequence[Mention]) -> bool:
        """Say whether a stretch of a text is the wording that it names as its origin, of the facts that it mentions.

        Args:
            text: the field's text.
            start: where the sentence begins.
            end: where it ends.
            origin: "template@name#number".
            mentions: those of the stretch, in their order.
        """
        wording = self._wording(origin)
        if wording is None:
            return False
        cast = self._cast(wording, text, start, end, mentions)
        return cast is not None and any(self._can_be_made(spec, cast) for spec in wording.specs)

    def _wording(self, origin: str) -> Wording | None:
        kind, _, name = origin.partition("@")
        name, _, number = name.partition("#")
        if kind != "template" or name not in self._sayings or not number.isdecimal():
            return None
        alternatives = self._sayings[name].alternatives
        if not 0 < int(number) <= len(alternatives):
            return None
        return Wording(alternatives[int(number) - 1].parts, self._specs.get(name, ()))

    def _cast(
        self, wording: Wording, text: str, start: int, end: int, mentions: Sequence[Mention]
    ) -> dict[str, Fact] | None:
        """Return the fact that each role has in a stretch that is written as a wording; None where it is not."""
        cast: dict[str, Fact] = {}
        at = start
        left = iter(mentions)
        for part in wording.parts:
            if isinstance(part, str):
                if not text.startswith(part, at):
                    return None
                at += len(part)
                continue
            mention = next(left, None)
            style = f"{part.style}{CAPITAL}" if begins(text[start:at]) else part.style
            if mention is None or (mention.start, mention.style, mention.role) != (at, style, part.role):
                return None
            if mention.fact not in self._sheet:
                return None
            fact = self._sheet[mention.fact]
            if cast.setdefault(part.role, fact) is not fact:
                return None
            try:
                spelled = self._language.spell(fact, style, self._edition)
            except SpellingError:
                return None
            if not text.startswith(spelled, at):
                return None
            at += len(spelled)
            if mention.end != at:
                return None
        return cast if at == end and next(left, None) is None else None

    def _can_be_made(self, spec: ClaimSpec, cast: Mapping[str, Fact]) -> bool:
        def own(role: str, facts: list[Fact]) -> list[Fact]:
            return facts if role not in cast else [fact for fact in facts if fact is cast[role]]

        casts = self._casting.casts(spec, frozenset(cast), own)
        return any(all(one.roles[role] is fact for role, fact in cast.items()) for one in casts)
