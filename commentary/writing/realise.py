"""Claims become text: chooses among wordings by seed and records where each fact stands."""

import hashlib
from collections.abc import Iterable, Mapping

from commentary.errors import TemplateError
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.plan import Claim
from commentary.records.spelled import Kind, Mention, Passage, Sentence
from commentary.writing.templates import Alternative, Say, Slot

FRAME = "frame."


class Realiser:
    """Writes claims in one language, edition and seed; remembers which wordings it has used."""

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
            mentions.extend(
                Mention(start + mention.start, start + mention.end, *mention[2:]) for mention in found
            )
            text += piece
            sentences.append(Sentence(start, len(text), origin, kind, claim.frame))
        return Passage(text, tuple(mentions), tuple(sentences))

    def can_say(self, claim: Claim) -> bool:
        """Return whether a wording fits the roles that the claim has."""
        if claim.frame.startswith(FRAME):
            return claim.frame.removeprefix(FRAME) in self._language.frames
        say = self._sayings.get(claim.frame)
        return say is not None and bool(_fitting(say, claim))

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
        fitting = _fitting(say, claim)
        if not fitting:
            has = ", ".join(role for role, _ in claim.roles) or "none"
            raise TemplateError(f"{say.where}: no wording of {say.name!r} fits the roles {has}")
        index, alternative = fitting[self._deal(claim.frame, len(fitting))]
        text, mentions = self._fill(alternative, dict(claim.roles))
        return text, mentions, f"template@{say.name}#{index + 1}", say.kind

    def _fill(self, alternative: Alternative, roles: Mapping[str, object]) -> tuple[str, list[Mention]]:
        text = ""
        mentions: list[Mention] = []
        for part in alternative.parts:
            if isinstance(part, Slot):
                fact = roles[part.role]
                style = f"{part.style}^" if not text else part.style
                spelled = self._language.spell(fact, style, self._edition)  # type: ignore[arg-type]
                mentions.append(
                    Mention(len(text), len(text) + len(spelled), fact.id, style, part.role)  # type: ignore[attr-defined]
                )
                text += spelled
            else:
                text += part
        return text, mentions

    def _deal(self, frame: str, count: int) -> int:
        digest = hashlib.sha256(f"{self._seed}|{frame}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % count


def _fitting(say: Say, claim: Claim) -> list[tuple[int, Alternative]]:
    """Return the wordings whose roles the claim has, of those the ones that use the most."""
    have = {role for role, _ in claim.roles}
    fitting = [(i, alternative) for i, alternative in enumerate(say.alternatives) if alternative.roles <= have]
    most = max((len(alternative.roles) for _, alternative in fitting), default=0)
    return [(i, alternative) for i, alternative in fitting if len(alternative.roles) == most]
