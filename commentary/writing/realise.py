"""Claims become text: of each sentence a wording that fits its facts, and where each fact stands."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low

from commentary.errors import SpellingError, TemplateError
from commentary.languages.base import CAPITAL, Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.plan import Claim
from commentary.records.spelled import Kind, Mention, Passage, Sentence
from commentary.writing.dealing import AGAIN, Deal, Repeating, Wording
from commentary.writing.templates import Alternative, Say, Slot, begins

FRAME = "frame."


class Realiser:
    """Writes claims.

    Args:
        sayings: the templates by name.
        language: the language to write in.
        edition: the names and house style that facts are spelled in.
        deal: chooses among the wordings that fit.
    """

    def __init__(self, sayings: Mapping[str, Say], language: Language, edition: Edition, deal: Deal) -> None:
        self._sayings = sayings
        self._language = language
        self._edition = edition
        self._deal = deal
        # A plan asks of the same claims again and again; a fact is kept beside its key, so that no other takes its id.
        self._spelled: dict[tuple[int, str], tuple[Fact, str | None]] = {}
        self._found: dict[tuple[str, int, tuple[tuple[str, int], ...]], tuple[Claim, list[Wording]]] = {}

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

    def words(self, claim: Claim) -> int:
        """Return how many words a claim is told in, by the middle one of its wordings: whichever is dealt."""
        if claim.frame.startswith(FRAME):
            return len(self._sentence(claim)[0].split())
        wordings = self._wordings(self._sayings[claim.frame], claim)
        return median_low(len(one.text.split()) for one in wordings)

    def _sentence(self, claim: Claim) -> tuple[str, tuple[Mention, ...], str, Kind]:
        if claim.frame.startswith(FRAME):
            name = claim.frame.removeprefix(FRAME)
            try:
                return self._language.frames[name], (), f"frame@{name}", "definition"
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
        chosen = self._dealt(say, claim, wordings)
        return chosen.text, chosen.mentions, f"template@{say.name}#{chosen.number}", say.kind

    def _wordings(self, say: Say, claim: Claim) -> list[Wording]:
        """Return what can be said of the facts at hand; of those the wordings that use the most of them."""
        key = (say.name, claim.at_most, tuple((role, id(fact)) for role, fact in claim.roles))
        if key not in self._found:
            self._found[key] = claim, self._fitting(say, claim)
        return self._found[key][1]

    def _fitting(self, say: Say, claim: Claim) -> list[Wording]:
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
            fitting.append(Wording(i + 1, *filled))
        return fitting

    def _fill(self, alternative: Alternative, roles: Mapping[str, Fact]) -> tuple[str, tuple[Mention, ...]] | None:
        """Return the wording with its slots filled, or None where its words do not fit what the facts come out as."""
        text = ""
        mentions: list[Mention] = []
        for part in alternative.parts:
            if not isinstance(part, Slot):
                text += part
                continue
            fact = roles[part.role]
            style = f"{part.style}{CAPITAL}" if begins(text) else part.style
            spelled = self._spell(fact, style)
            if spelled is None:
                return None
            mentions.append(Mention(len(text), len(text) + len(spelled), fact.id, style, part.role))
            text += spelled
        return (text, tuple(mentions)) if self._language.reads(text) else None

    def _spell(self, fact: Fact, style: str) -> str | None:
        key = id(fact), style
        if key not in self._spelled:
            try:
                self._spelled[key] = fact, self._language.spell(fact, style, self._edition)
            except SpellingError:
                self._spelled[key] = fact, None
        return self._spelled[key][1]

    def _dealt(self, say: Say, claim: Claim, wordings: Sequence[Wording]) -> Wording:
        """Return the wording of a claim: of one that is said before, another than it has there, if there is one."""
        name = claim.frame
        if claim.turn and not isinstance(self._deal, Repeating):
            once = claim._replace(turn=0, at_most=0)
            said = self._dealt(say, once, self._wordings(say, once)).text
            wordings = [wording for wording in wordings if wording.text != said] or wordings
        if claim.turn:
            name = f"{name}{AGAIN}{claim.turn}"
        return self._deal(name, wordings, dict(claim.roles))
