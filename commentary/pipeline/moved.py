"""What stands elsewhere in an edited text than on the page of its draft, and so says something else.

An answer is bound to its question, a paragraph to its heading, an unknown to the unknowns, and headings to their order.
Paragraphs under one heading may change places, unless one points back: "over those hours" is bound to what stood
before it, if nothing within it is what it points to.
"""

from collections.abc import Iterator, Mapping, Sequence

from commentary.checks.sentences import sentence_spans
from commentary.checks.vocabulary import Vocabulary
from commentary.languages.base import Language
from commentary.pipeline.laid import Laid, rising

Place = tuple[int, int]
"""The paragraph of the text, and where in it."""

_ASIDE = ("byline", "notice")
_SECTIONS = ("headline", "heading")
_POINTING = ("standfirst", "text", "item")
_SHOWN = 60
_NAMING = ("giver:", "asset:", "kind:", "side:")
_TIMES = ("moment", "date")


class Pointing:
    """Tells paragraphs that point back to what stands before them.

    Args:
        vocabulary: the words that mean something to the checks.
        language: the language of the text.
    """

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._vocabulary = vocabulary
        self._language = language

    def word(self, text: str) -> str:
        """Return the word of a paragraph's first sentence that points to something before it, or nothing."""
        end = next((high for _, high in sentence_spans(text)), 0)
        figures = self._language.figures(text[:end])
        marks = self._vocabulary.words(text[:end])
        times = [one.start for one in figures if one.kind in _TIMES]
        values = [one.start for one in figures if one.kind not in _TIMES]
        named = [mark.start for mark in marks if mark.name.startswith(_NAMING)]
        found = {
            "points_to_time": times,
            "points_to_figure": values,
            "points_to_thing": [*times, *values, *named],
        }
        for mark in marks:
            if mark.name in found and not any(start < mark.start for start in found[mark.name]):
                return text[mark.start : mark.end]
        return ""


def moved(laid: Sequence[Laid], places: Mapping[int, Place], pointing: Pointing) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that stand where they say something else, each with what is wrong.

    Args:
        laid: the page as it was laid out.
        places: where each of its paragraphs stands now; those that were left out are not bound to anything.
        pointing: tells what points back.
    """
    before = [i for i in sorted(places) if laid[i].kind not in _ASIDE]
    now = sorted(before, key=places.__getitem__)
    heads_before, heads_now = _heads(laid, before), _heads(laid, now)
    sections = [i for i in now if laid[i].kind in _SECTIONS]
    kept = {sections[at] for at in rising(sections)}
    elsewhere = {i for i in before if heads_now[i] != heads_before[i] or (i in sections and i not in kept)}
    # Of what was told to stand elsewhere it is not told again that others stand before or behind it.
    bound = [i for i in before if i not in elsewhere]
    follows_before, follows_now = _follows(bound), _follows([i for i in now if i not in elsewhere])
    for i in before:
        if heads_now[i] != heads_before[i]:
            yield i, f"it stood {_under(laid, heads_before[i])} and stands {_under(laid, heads_now[i])}"
        elif i in elsewhere:
            yield i, "it stands among other headings than it stood among"
        elif laid[i].kind in _POINTING and follows_now[i] != follows_before[i] and (word := pointing.word(laid[i].own)):
            stood = f"{_behind(laid, follows_before[i])} and stands {_behind(laid, follows_now[i])}"
            yield i, f"{word!r} points to what stands before it, and it stood {stood}"


def head_of(laid: Sequence[Laid], places: Mapping[int, Place], place: Place) -> int | None:
    """Return the heading that a place of the text is under."""
    above = [i for i in places if laid[i].kind not in _ASIDE and places[i] < place]
    return max((i for i in above if _heads_something(laid[i])), key=places.__getitem__, default=None)


def _heads(laid: Sequence[Laid], order: Sequence[int]) -> dict[int, int | None]:
    """Return the heading, question or lead that each paragraph stands under."""
    found: dict[int, int | None] = {}
    section: int | None = None
    head: int | None = None
    last = next((i for i in reversed(order) if laid[i].kind != "small"), None)
    for i in order:
        kind = laid[i].kind
        if kind in _SECTIONS:
            found[i] = None
            section = head = i
        elif kind == "question":
            found[i], head = section, i
        elif kind == "small":
            # What stands below a page stands below all of it.
            found[i] = last if last is not None and order.index(last) > order.index(i) else None
        else:
            found[i] = head
            head = i if kind == "lead" else head
    return found


def _heads_something(one: Laid) -> bool:
    return one.kind in (*_SECTIONS, "question", "lead")


def _follows(order: Sequence[int]) -> dict[int, int | None]:
    return dict(zip(order, (None, *order), strict=False))


def _under(laid: Sequence[Laid], i: int | None) -> str:
    return "above everything" if i is None else f"under “{shown(laid[i].text)}”"


def _behind(laid: Sequence[Laid], i: int | None) -> str:
    return "at the beginning" if i is None else f"behind “{shown(laid[i].text)}”"


def shown(text: str) -> str:
    """Return a text for a message, cut where it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
