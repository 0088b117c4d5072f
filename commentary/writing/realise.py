"""Claims become text: chooses among wordings by seed and records where each fact stands."""

import hashlib
from collections.abc import Iterable, Mapping

from commentary.errors import SpellingError, TemplateError
from commentary.languages.base import CAPITAL, Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.plan import Claim
from commentary.records.spelled import Kind, Mention, Passage, Sentence
from commentary.writing.templates import Alternative, Say, Slot

FRAME = "frame."

Wording = tuple[int, str, list[Mention]]
"""Which alternative, its text, and where its facts stand."""


class Realiser:
    """Writes claims in one language, edition and seed."""

    def __init__(self, sayings: Mapping[str, Say], language: Language, edition: Edition, seed: int) -> None:
        self._sayings = sayings
        self._language = language
        self._edition = edition
        self._seed = seed

    def passage(self, claims: Iterable[Claim]) -> Passage:
        """Return the claims as sentences in one text field."""
        text = ""
        mentions: list[Mention] = []
        sentences: list[Sentence] = []
        for claim in claims:
            if text:
                text += " "
            start = len(text)
            piece, found, origin, kind = self._sentence(claim)
            mentions.extend(Mention(start + mention.start, start + mention.end, *mention[2:]) for mention in found)
            text += piece
            sentences.append(Sentence(start, len(text), origin, kind, claim.frame))
        return Passage(text, tuple(mentions), tuple(sentences))

    def states(self, mention: Mention) -> bool:
        """Return whether a mention states the value of its fact, and not its time, its source or its name."""
        return self._language.states(mention.style)

    def can_say(self, claim: Claim) -> bool:
        """Return whether a wording fits the facts that the claim has."""
        if claim.frame.startswith(FRAME):
            frame = self._language.frames.get(claim.frame.removeprefix(FRAME))
            return frame is not None and not 0 < claim.at_most < len(frame)
        say = self._sayings.get(claim.frame)
        return say is not None and bool(self._wordings(say, claim))

    def _sentence(self, claim: Claim) -> tuple[str, list[Mention], str, Kind]:
        if claim.frame.startswith(FRAME):
            name = claim.frame.removeprefix(FRAME)
            try:
                return self._language.frames[name], [], f"frame@{name}", "definition"
            except KeyError:
                raise TemplateError(f"languages/{self._language.code}/frames.toml has no frame {name!r}") from None
        try:
            say = self._sayings[claim.frame]
        except KeyError:
            raise TemplateError(f"no template has a say block {claim.frame!r}") from None
        wordings = self._wordings(say, claim)
        if not wordings:
            has = ", ".join(f"{role} ({fact.id})" for role, fact in claim.roles) or "none"
            raise TemplateError(f"{say.where}: no wording of {say.name!r} fits the facts {has}")
        index, text, mentions = self._dealt(say, claim, wordings)
        return text, mentions, f"template@{say.name}#{index + 1}", say.kind

    def _wordings(self, say: Say, claim: Claim) -> list[Wording]:
        """Return what can be said of the facts at hand; of those the wordings that use the most of them."""
        roles = dict(claim.roles)
        fitting: list[Wording] = []
        most = 0
        for i, alternative in enumerate(say.alternatives):
            used = len(alternative.roles)
            if used < most or not alternative.roles <= roles.keys():
                continue
            filled = self._fill(alternative, roles)
            if filled is None or (claim.at_most and len(filled[0]) > claim.at_most):
                continue
            if used > most:
                most, fitting = used, []
            fitting.append((i, *filled))
        return fitting

    def _fill(self, alternative: Alternative, roles: Mapping[str, Fact]) -> tuple[str, list[Mention]] | None:
        """Return the wording with its slots filled, or None where a style cannot spell its fact."""
        text = ""
        mentions: list[Mention] = []
        for part in alternative.parts:
            if not isinstance(part, Slot):
                text += part
                continue
            fact = roles[part.role]
            style = part.style if text else f"{part.style}{CAPITAL}"
            try:
                spelled = self._language.spell(fact, style, self._edition)
            except SpellingError:
                return None
            mentions.append(Mention(len(text), len(text) + len(spelled), fact.id, style, part.role))
            text += spelled
        return text, mentions

    def _dealt(self, say: Say, claim: Claim, wordings: list[Wording]) -> Wording:
        """Return the wording of a claim: of one that is said before, another than it has there, if there is one."""
        dealt = self._deal(claim.frame, len(wordings))
        if not claim.turn:
            return wordings[dealt]
        once = claim._replace(turn=0, at_most=0)
        said = self._dealt(say, once, self._wordings(say, once))[0]
        others = [wording for wording in wordings if wording[0] != said] or wordings
        return others[(dealt + claim.turn) % len(others)]

    def _deal(self, frame: str, count: int) -> int:
        digest = hashlib.sha256(f"{self._seed}|{frame}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % count
