"""A draft with a model's sentences, as its templates wrote it: each of them judged and filled again, without the model.

draft.reworded: a sentence is not what the record of its rewording makes, or may not be a model's.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from commentary.config import Settings
from commentary.errors import SpellingError
from commentary.languages import language
from commentary.languages.base import CAPITAL, Language
from commentary.pipeline.exchanging import Other, exchanged, own_mentions
from commentary.pipeline.materials import sayings
from commentary.pipeline.open_sentences import MODEL, open_origin
from commentary.records.draft import Draft, SentenceRecord, texts
from commentary.records.edition import Edition
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention
from commentary.records.worded import Reworded
from commentary.rewording.judge import faults
from commentary.rewording.slots import filled, opened
from commentary.writing.templates import Alternative, Slot, begins

_RECORD = "/reworded"


class Restored(NamedTuple):
    """A draft as its templates wrote it, as far as its record says."""

    draft: Draft
    findings: tuple[Finding, ...]
    """What is wrong with the record."""
    sound: tuple[int, ...]
    """The numbers of the rewordings in which nothing is."""


class _WrongError(Exception):
    """A rewording that its record does not bear out; the message says why."""


def restored(draft: Draft, sheet: FactSheet, edition: Edition, settings: Settings) -> Restored:
    """Return a draft with the templates' sentences in place of a model's, and what is wrong with the record of these.

    Args:
        draft: the draft.
        sheet: the facts that it carries.
        edition: the names and house style that it is written in.
        settings: those that it was made with: its templates may be the newsroom's own.
    """
    restorer = _Restorer(draft, sheet, edition, settings)
    found = list(_strays(draft))
    others: dict[int, Other] = {}
    sound = []
    for i, one in enumerate(draft.reworded):
        number = _number(draft, one)
        try:
            if number is None or number in others:
                raise _WrongError("no sentence of the draft stands there, or another rewording has it")
            others[number] = restorer.template(one, draft.sentences[number])
            restorer.judge(one, draft.sentences[number], others[number])
            sound.append(i)
        except _WrongError as wrong:
            found.append(_finding(draft, i, one, str(wrong)))
    return Restored(exchanged(draft, others).model_copy(update={"reworded": ()}), tuple(found), tuple(sound))


def _strays(draft: Draft) -> Iterator[Finding]:
    """Yield sentences that are said to be a model's without a record of it, and a model or records with none."""
    recorded = {(one.path, one.start, one.end) for one in draft.reworded}
    fields = dict(texts(draft))
    for one in draft.sentences:
        if one.origin.partition("@")[0] == MODEL and (one.path, one.start, one.end) not in recorded:
            said = "the sentence is said to be a model's, and the draft has no record of its rewording"
            yield _error(one.path, (one.start, one.end), fields.get(one.path, "")[one.start : one.end], said)
    if draft.writer.kind == "model" and not draft.reworded:
        yield _error(_RECORD, (0, 0), "", "the draft names a model, and none of its sentences is one's")
    if draft.writer.kind == "template" and draft.reworded:
        yield _error(_RECORD, (0, 0), "", "the draft is said to be the templates', and has sentences of a model's")


def _number(draft: Draft, one: Reworded) -> int | None:
    """Return the number of the sentence that a rewording is of."""
    place = (one.path, one.start, one.end)
    return next((i for i, each in enumerate(draft.sentences) if (each.path, each.start, each.end) == place), None)


class _Restorer:
    def __init__(self, draft: Draft, sheet: FactSheet, edition: Edition, settings: Settings) -> None:
        self._draft = draft
        self._sheet = sheet
        self._edition = edition
        self._language: Language = language(draft.language)
        self._known = sayings(draft.language, settings.template_folder)
        self._fields = dict(texts(draft))

    def template(self, one: Reworded, record: SentenceRecord) -> Other:
        """Return the sentence of the template's that a rewording stands for, written of the facts that it mentions."""
        if record.origin != f"{MODEL}@{self._draft.writer.name}":
            raise _WrongError(f"its origin is {record.origin}, and the draft's model is {self._draft.writer.name}")
        origin = open_origin(one.path, one.template, self._known)
        if origin is None:
            raise _WrongError(f"{one.template} is no wording that a model may reword in this place")
        facts: dict[str, str] = {}
        for mention in own_mentions(self._draft, record):
            if facts.setdefault(mention.role, mention.fact) != mention.fact:
                raise _WrongError(f"two facts have the role {mention.role}")
        alternative = origin.say.alternatives[origin.number - 1]
        text, mentions = self._written(alternative, facts)
        if text != one.instead_of:
            raise _WrongError(f"of these facts {one.template} writes “{text}”, and the record another sentence")
        return Other(text, mentions, one.template)

    def judge(self, one: Reworded, record: SentenceRecord, template: Other) -> None:
        """Judge what a model returned in a template's place, and that the sentence is that, filled."""
        origin = open_origin(one.path, one.template, self._known)
        if origin is None:
            raise _WrongError(f"{one.template} is no wording that a model may reword in this place")
        sentence = opened(template.text, template.mentions, origin.say, origin.number, self._language)
        if wrong := faults(sentence, one.returned, self._draft.language):
            raise _WrongError("; ".join(each.message for each in wrong))
        fill = filled(one.returned, sentence, self._sheet, self._language, self._edition)
        text = self._fields.get(one.path, "")[one.start : one.end]
        if fill is None or fill.text != text or fill.mentions != own_mentions(self._draft, record):
            raise _WrongError("it is not what the model's words come out as with the figures of the facts")

    def _written(self, alternative: Alternative, facts: Mapping[str, str]) -> tuple[str, tuple[Mention, ...]]:
        """Return a wording with its slots filled by the facts of their roles."""
        text = ""
        mentions: list[Mention] = []
        for part in alternative.parts:
            if not isinstance(part, Slot):
                text += part
                continue
            fact = facts.get(part.role, "")
            if fact not in self._sheet:
                raise _WrongError(f"no fact has the role {part.role}, which the template's sentence tells")
            style = f"{part.style}{CAPITAL}" if begins(text) else part.style
            try:
                spelled = self._language.spell(self._sheet[fact], style, self._edition)
            except SpellingError as error:
                raise _WrongError(f"{fact} cannot stand in the template's sentence: {error}") from error
            mentions.append(Mention(len(text), len(text) + len(spelled), fact, style, part.role))
            text += spelled
        return text, tuple(mentions)


def _finding(draft: Draft, i: int, one: Reworded, said: str) -> Finding:
    field = dict(texts(draft)).get(one.path)
    if field is None or not 0 <= one.start < one.end <= len(field):
        return _error(f"{_RECORD}/{i}", (0, 0), "", said)
    return _error(one.path, (one.start, one.end), field[one.start : one.end], said)


def _error(path: str, span: tuple[int, int], text: str, said: str) -> Finding:
    message = f"{said}; make the draft again, or put the template's sentence back"
    return Finding(code="draft.reworded", severity="error", path=path, span=span, text=text, message=message)
