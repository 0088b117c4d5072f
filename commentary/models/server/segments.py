"""A sentence as a list of segments, text and slots apart, and as the text that they make.

    {"segments": [{"t": "Funding reached "}, {"f": "RATE_A"}, {"t": "."}]}
    Funding reached [RATE_A].

With the names of the slots as an enumeration in its schema, a server that keeps to it cannot write one wrong.

Models carry the spaces between segments, or leave them out, or do both in one answer. So each seam is looked at:
where both sides bring a space, one stays; where neither does, one is put in between two words (a slot counts as
one) and between a mark that ends or parts (, . ; : ! ? and closing brackets and quotes) and a word or an opening
bracket. Elsewhere nothing is put in: after a hyphen, an apostrophe, an opening bracket, or before a mark; nor
beside letters of scripts that are written without spaces. The ends are stripped. Nothing else of a text is changed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

SLOT = re.compile(r"\[([A-Z]+_[A-Z]+)\]")
"""A slot in a text."""
_ENDING = frozenset(",.;:!?)]}”’»…%")
_OPENING = frozenset("([{“‘«")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, the Japanese syllabaries and Chinese characters (Unicode 16, blocks)."""


class Segment(NamedTuple):
    """A part of a sentence."""

    kind: Literal["t", "f"]
    """t: text. f: a slot."""
    content: str
    """Of a slot its name, without brackets."""

    @property
    def text(self) -> str:
        """Return it as it stands in the sentence."""
        return self.content if self.kind == "t" else f"[{self.content}]"


def read(answer: object) -> list[Segment] | None:
    """Return the segments of an answer; None where it has another form."""
    if not isinstance(answer, dict) or set(answer) != {"segments"} or not isinstance(answer["segments"], list):
        return None
    found = [_segment(each) for each in answer["segments"]]
    return None if None in found else [each for each in found if each is not None]


def _segment(part: object) -> Segment | None:
    match part:
        case {"t": str(content), **others} if not others:
            return Segment("t", content)
        case {"f": str(content), **others} if not others:
            # Models that are shown brackets write them here too.
            return Segment("f", content.removeprefix("[").removesuffix("]"))
    return None


def joined(segments: Iterable[Segment]) -> str:
    """Return the text that segments make."""
    text = ""
    for segment in segments:
        new = segment.text
        if text and new and text[-1].isspace() and new[0].isspace():
            new = new.lstrip()
        elif text and new and _needs_space(text[-1], new[0]):
            text += " "
        text += new
    return text.strip()


def _needs_space(left: str, right: str) -> bool:
    """Return whether a space belongs between two characters where segments meet; brackets are those of slots too."""
    if _UNSPACED.match(left) or _UNSPACED.match(right):
        return False
    return (left.isalnum() or left in _ENDING) and (right.isalnum() or right in _OPENING)


def parts_of(text: str) -> Iterator[dict[str, str]]:
    """Yield the segments of a text in the form in which they are asked for."""
    at = 0
    for slot in SLOT.finditer(text):
        if slot.start() > at:
            yield {"t": text[at : slot.start()]}
        yield {"f": slot[1]}
        at = slot.end()
    if at < len(text):
        yield {"t": text[at:]}


def schema(slots: Iterable[str]) -> dict[str, Any]:
    """Return the JSON Schema of an answer with these slots; it cannot say that each is there once."""
    names = sorted(set(slots))
    kinds: list[dict[str, Any]] = [_of_one("t", {"type": "string"})]
    if names:
        kinds.append(_of_one("f", {"type": "string", "enum": names}))
    segments = {"type": "array", "items": {"anyOf": kinds}}
    return _of_one("segments", segments)


def _of_one(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": False}
