"""Skeletons: what is left of a sentence when its facts are taken out.

The sentence in lower case, each mention replaced by its quantity ("<rate>", "<delta>") and each name by its type
("<source>", "<asset>"). Two sentences with one skeleton read alike, whatever their figures; a feed that deals its
wordings keeps them apart.
"""

import re
from collections.abc import Iterable, Mapping

from commentary.languages.base import CAPITAL, FORM, Language
from commentary.records.fact import Quantity
from commentary.records.spelled import Mention

_END = re.compile(r"(?<=[.?!])(?<!\bno\.) ")
_INFLECTED = re.compile(r"(?:_s|_lower)$")
"""Endings of the styles that write one name in other forms: "Bitcoin", "bitcoin", "Bitcoin's"."""


def skeleton(
    text: str, start: int, end: int, mentions: Iterable[Mention], quantities: Mapping[str, Quantity], language: Language
) -> str:
    """Return the skeleton of the stretch of a text from `start` to `end`.

    Args:
        text: the whole field.
        start: where the sentence begins.
        end: where it ends.
        mentions: those of the field; the ones outside the sentence are passed over.
        quantities: those of the facts that the mentions spell, by the facts' ids.
        language: whose styles they are spelled in.
    """
    parts: list[str] = []
    at = start
    for mention in sorted(mentions, key=lambda one: one.start):
        if start <= mention.start and mention.end <= end:
            parts += [text[at : mention.start].lower(), masked(quantities[mention.fact], mention.style, language)]
            at = mention.end
    return "".join((*parts, text[at:end].lower()))


def masked(quantity: Quantity, style: str, language: Language) -> str:
    """Return what stands for a mention: "<delta>" for "fell 9.2%", "<source>" for "CoinGlass"."""
    name = style.removesuffix(CAPITAL).partition(FORM)[0].rpartition(":")[2]
    if language.styles[name].numeric:
        return f"<{quantity}>"
    return f"<{_INFLECTED.sub('', name)}>"


def sentences_of(skeleton: str) -> tuple[str, ...]:
    """Return the sentences of a skeleton; an answer that is one word leads its sentence."""
    return tuple(_END.split(skeleton))
