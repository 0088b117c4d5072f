"""The sentences of a draft that a model may reword: those marked open in the templates, where it helps."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from commentary.config import Settings
from commentary.languages import language
from commentary.pipeline.exchanging import own_mentions
from commentary.pipeline.materials import sayings
from commentary.records.draft import Draft, SentenceRecord, texts
from commentary.rewording.slots import OpenSentence, opened
from commentary.writing.templates import Say

MODEL = "model"
"""The kind of origin that a model's sentences have in a draft: model@name."""
_PLACES = re.compile(r"/sections/\d+/paragraphs/\d+|/faq/\d+/answer")
"""Fields in which a model helps: never headlines, digests, labels, tests, short forms or legal lines."""
_TEMPLATE = re.compile(r"template@([^#]+)#([1-9]\d{0,3})")


class Open(NamedTuple):
    """A sentence of a draft that a model may reword."""

    number: int
    """In the draft's list of sentences."""
    record: SentenceRecord
    text: str
    """With its figures."""
    sentence: OpenSentence


class Origin(NamedTuple):
    """The wording that a sentence is of."""

    say: Say
    number: int
    """From one."""


def open_sentences(draft: Draft, settings: Settings) -> Iterator[Open]:
    """Yield the sentences that a model may reword, in the draft's order.

    Raises:
        ConfigError: a slot of one of them has a style that no slot's word is of.
    """
    spoken = language(draft.language)
    known = sayings(draft.language, settings.template_folder)
    fields = dict(texts(draft))
    for i, record in enumerate(draft.sentences):
        origin = open_origin(record.path, record.origin, known)
        if origin is None:
            continue
        text = fields[record.path][record.start : record.end]
        sentence = opened(text, own_mentions(draft, record), origin.say, origin.number, spoken)
        yield Open(i, record, text, sentence)


def open_origin(path: str, origin: str, known: Mapping[str, Say]) -> Origin | None:
    """Return the wording of an origin, if it is open and stands where a model may reword it.

    Args:
        path: the field that the sentence stands in.
        origin: template@name#number.
        known: the templates.
    """
    found = _TEMPLATE.fullmatch(origin)
    if found is None or not _PLACES.fullmatch(path):
        return None
    say, number = known.get(found[1]), int(found[2])
    if say is None or not say.open or number > len(say.alternatives):
        return None
    return Origin(say, number)
