"""An editor's own figure: told beside the name of its source, and as the words say that it is taken from.

What such a figure measures no metric of ours knows. The words that the editor signed for are all that is known of
it: what they do not speak of, a text may not make it a figure of.
"""

from collections.abc import Iterator

from commentary.checks.fit.reading import Objection, Reading
from commentary.languages.phrases import named
from commentary.records.editor_fact import Signature
from commentary.records.fact import Fact

_CLAIMS = {
    "kind:": ("roles.metric", "no figure of"),
    "side:": ("roles.side", "not of"),
    "move:": ("direction.sign", "not said to go"),
    "asset:": ("roles.asset", "not of"),
    "window:": ("roles.window", "not of"),
}
"""Groups of words that say what a figure is, with the finding that a wrong one is."""


def signed(reading: Reading) -> Iterator[Objection]:
    """Yield what speaks against an editor's fact being what a figure states."""
    fact = reading.fact
    if not fact.is_signed:
        return
    signature = reading.vocabulary.signature(fact.id)
    if signature is None:
        message = f"nobody signed for {fact.id}; give it as an editor's fact with source, quote and signer"
        yield Objection("roles.attribution", reading.span, message)
        return
    yield from _attributed(reading, signature)
    yield from _worded(reading, signature)
    yield from _left_open(reading, signature)


def _attributed(reading: Reading, signature: Signature) -> Iterator[Objection]:
    scene = reading.scene
    if not named(signature.source, scene.text[scene.start : scene.end]):
        message = f"this is {signature.source}'s figure, not ours; name {signature.source} in the same sentence"
        yield Objection("roles.attribution", reading.span, message)
        return
    own = {signature.source, signature.speaker}
    for stretch in (scene.before(reading.span), scene.behind(reading.span)):
        marks = scene.said("giver:", stretch)
        if marks and not {mark.name.removeprefix("giver:") for mark in marks} & own:
            # Behind a figure whose source stands before it, another figure's may be named.
            if stretch[0] >= reading.span[1] and scene.said("giver:", scene.before(reading.span)):
                return
            message = f"{reading.fact.id} is {signature.source}'s, not {scene.word(marks[0])}'s; name whose it is"
            yield Objection("roles.source", (marks[0].start, marks[0].end), message)
            return


def _worded(reading: Reading, signature: Signature) -> Iterator[Objection]:
    """Beside the figure stands no word of a measure, side, way, asset or window that the source does not use."""
    scene, fact = reading.scene, reading.fact
    known = {mark.name for mark in reading.vocabulary.marks(signature.quote)} | _subject(fact)
    around = (scene.before(reading.span)[0], scene.behind(reading.span)[1])
    for group, (code, words) in _CLAIMS.items():
        for mark in scene.longest(group, around):
            if mark.name not in known:
                said = scene.word(mark)
                message = f"{signature.source}'s figure is {words} {said!r}; its words are “{signature.quote}”"
                yield Objection(code, (mark.start, mark.end), message)
                break


def _subject(fact: Fact) -> set[str]:
    """Return the marks of the words that the editor's own fields allow."""
    subject = fact.subject
    found = {f"asset:{subject.asset}"}
    if subject.side:
        found.add(f"side:{subject.side}")
    if subject.window_hours is not None:
        found.add(f"window:{subject.window_hours:f}")
    if fact.unit == "price":
        found.add("kind:price")
    return found


def _left_open(reading: Reading, signature: Signature) -> Iterator[Objection]:
    """What the source denies is denied, what it supposes is supposed, and what it rounds is not told as exact."""
    cues = reading.vocabulary.cues
    if cues.said("denial", signature.quote) != reading.said("denial"):
        message = f"{signature.source} does not say so; its words are “{signature.quote}”"
        yield Objection("roles.denied", reading.span, message)
    if cues.said("conditional", signature.quote) and not reading.scene.said("conditional"):
        message = f"{signature.source} says it under a condition; its words are “{signature.quote}”"
        yield Objection("wording.modality", reading.span, message)
    hedge = next((one.hedge for one in reading.vocabulary.figures(signature.quote) if one.hedge), "")
    start, end = reading.span
    own = (one for one in reading.vocabulary.figures(reading.scene.text) if one.start < end and start < one.end)
    if hedge and not any(one.hedge for one in own):
        message = f"{signature.source} says {hedge!r} before it; say so too"
        yield Objection("numbers.qualified", reading.span, message)
