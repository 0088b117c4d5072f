"""An approved sentence that was changed: what the change says is vouched for by nothing.

Of approved wording it is known what it claims. Of what stands in its place only the words are known: the rule names
what they speak of, or what the words spoke of that were left out.

altered.figure: another figure, or a word of quantity.
altered.side, altered.payer, altered.direction, altered.comparison, altered.negation, altered.modality,
altered.evidence, altered.window, altered.time, altered.asset, altered.source, altered.unit, altered.order,
altered.range:
words of that kind were put in, left out or exchanged.
altered.cause, altered.prediction, altered.certainty, altered.advice, altered.intent, altered.record,
altered.foreign, altered.quote: words were put in that no fact is about.
altered.place: a sentence that points back, behind another one than in the draft (placed).
altered.answer: an approved answer below another question than its own.
altered.words: other words; an editor signs for them, or takes them out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from commentary.checks import checks
from commentary.checks.alike import changes
from commentary.checks.base import Document, Field
from commentary.checks.placed import misplaced
from commentary.checks.sentences import sentence_spans
from commentary.records.fact import Fact
from commentary.records.finding import Finding
from commentary.records.spelled import Altered

_NAME = re.compile(r"[A-Z]\w*[a-z]")
_OPENING = re.compile(r"(?:^|[.?!:]) ?[\"“(]?\Z")
_FOREIGN_MONEY = re.compile(r"[A-Z]{1,3}[$]|[£¥₩₹]")
_LETTERS = re.compile(r"\w+")
_QUESTION = re.compile(r"template@(.+)\.q#\d+")
_ANSWER = re.compile(r"template@(.+)\.a#\d+")
_ENDING = frozenset(".?!")
_JOINING = frozenset({"in", "of", "worth"})
_QUOTING = frozenset('“”"')
_ORDER = (
    ("figure", ("altered:figure", "signed")),
    ("payer", ("payers:", "altered:payer")),
    ("side", ("side:", "stand_ins", "altered:side")),
    ("direction", ("move:", "altered:direction")),
    ("comparison", ("comparisons:", "references:", "most_of", "least_of", "altered:comparison")),
    ("negation", ("denial", "denies", "taken_back", "altered:negation")),
    ("modality", ("conditional", "happened", "done", "unhedged", "altered:modality")),
    ("evidence", ("no_model", "counted", "kind:map", "altered:evidence")),
    ("window", ("window:", "loose_window", "altered:window")),
    ("time", ("aged", "altered:time")),
    ("range", ("left_open", "altered:range")),
    ("order", ("came_from", "altered:order")),
    ("unit", ("per_time", "altered:unit")),
    ("asset", ("asset:", "other_assets:", "all_coins", "altered:asset")),
    ("source", ("giver:", "every_exchange", "other_exchanges", "altered:source")),
    ("quote", ("speech", "altered:quote")),
    ("cause", ("beyond_facts:cause", "altered:cause")),
    ("prediction", ("beyond_facts:prediction", "altered:prediction")),
    ("certainty", ("beyond_facts:certainty", "altered:certainty")),
    ("advice", ("beyond_facts:advice", "altered:advice")),
    ("intent", ("beyond_facts:intent", "foreign:actors", "altered:intent")),
    ("record", ("beyond_facts:record", "altered:record")),
    ("foreign", ("foreign:", "unmeasured:", "altered:foreign")),
)
_SAME = ("side:", "move:", "window:", "asset:", "giver:", "payers:", "kind:")
"""Lists in which every word means the same."""
_BEYOND = (
    "quote",
    "cause",
    "prediction",
    "certainty",
    "advice",
    "intent",
    "record",
    "foreign",
    "modality",
    "direction",
)
"""What is told of a sentence that was put in whole; the rest of what it says is held against the facts."""
_WATCHED = {"cause": "cause", "prediction": "prediction", "advice": "advice", "certainty": "certainty",
            "superlative": "record", "intent": "intent", "quote": "quote"}  # fmt: skip
"""Categories of watched words, and the rule that names them."""


@checks.add("altered")
def altered(document: Document) -> Iterator[Finding]:
    """Yield what was changed in approved sentences and is not one of their facts in another spelling."""
    for field in document.fields:
        wholes = {change.whole: change for change in field.altered if change.approved}
        told = (one for whole in wholes.values() for one in changes(document, field.text, field.mentions, whole))
        for change in (*told, *(one for one in field.altered if not one.approved)):
            yield from _judged(document, field, change)
    yield from _answers(document)
    yield from misplaced(document)


def _answers(document: Document) -> Iterator[Finding]:
    """An approved answer stands below its own question; of a question in other words nothing is known."""
    asked: str | None = None
    for field in () if document.written else document.fields:
        told = next((one.origin for one in field.sentences if one.start == 0), "")
        question = _QUESTION.fullmatch(told)
        # "That is not known." begins several answers: what follows it says which one it is.
        answers = {found[1] for one in field.sentences if (found := _ANSWER.fullmatch(one.origin))}
        if question or field.part == "heading":
            asked = (question[1] if question else "") if told else None
            continue
        if _ANSWER.fullmatch(told) and asked is not None and not _answers_to(asked, answers):
            message = "this is the answer to another question; put it below its own"
            yield document.finding("altered.answer", "error", field, (0, len(field.text)), message)
        asked = asked if field.part == "aside" else None


def _is_figure_put_in(field: Field, change: Altered) -> bool:
    """Say whether what was put in is a figure with no more than a word that joins it: "$573m in"."""
    within = [one for one in field.mentions if change.start <= one.start and one.end <= change.end]
    left = field.text[change.start : change.end]
    for one in within:
        left = left.replace(field.text[one.start : one.end], " ", 1)
    return bool(within) and set(left.split()) <= _JOINING


def _answers_to(asked: str, answers: Iterable[str]) -> bool:
    """Say whether an answer is to a question: "faq.funding.kind.settled" is one of those to "faq.funding.kind"."""
    return any(one == asked or (asked and one.startswith(f"{asked}.")) for one in answers)


def _judged(document: Document, field: Field, change: Altered) -> Iterator[Finding]:
    told = [
        one for one in field.mentions if one.start <= change.start and change.end <= one.end and one.start < change.end
    ]
    now, then = field.text[change.start : change.end], change.approved[slice(*change.was)]
    if not then and (told or _is_figure_put_in(field, change)):
        # A figure that was put in is judged by the rules.
        return
    span = (change.start, change.end)
    if not now.strip():
        # Words were left out: what stands there now is shown.
        span = _around(field.text, change.start)
    cut = _left_out(field.text, change)
    kinds = [] if cut else _kinds(document, field, change)
    if any(fact.is_signed for fact in _facts(document, field, change)):
        # An editor answers for the figure and its words; what no fact is about stays an error.
        kinds = [kind for kind in kinds if kind in _BEYOND[:-2]]
        if not kinds:
            return
    # A bound that is another figure's too, "over $410 million" for "over $411 million", is a changed figure.
    figures = _figure(field.text[change.start :]), _figure(change.approved[change.was[0] :])
    if (told or (kinds == ["comparison"] and all(figures) and figures[0] != figures[1])) and "figure" not in kinds:
        kinds.insert(0, "figure")
    if _FOREIGN_MONEY.search(field.text[change.start : change.end + 1]) and "unit" not in kinds:
        kinds.append("unit")
    for kind in kinds or ["words"]:
        yield document.finding(
            f"altered.{kind}",
            "error",
            field,
            span,
            _message(kind, now, then, cut, approved=bool(change.approved)),
            change.facts,
        )


def _figure(text: str) -> str:
    """Return the digits of the figure that a text begins with, behind a word at most."""
    match = re.match(r"\W*(?:\w+ )?[$€]?([0-9][0-9.,]*)", text)
    return match[1] if match else ""


def _left_out(text: str, change: Altered) -> str:
    """Return the whole sentences that were left out, where nothing else was: what is left says what it said before."""
    if change.start != change.end:
        return ""
    spans = list(sentence_spans(change.approved))
    begins, ends = {start for start, _ in spans}, {end for _, end in spans}
    for low, high in _alike(text[: change.start], change):
        while low < high and (change.approved[low].isspace() or change.approved[low] in _ENDING):
            low += 1
        while low < high and change.approved[high - 1].isspace():
            high -= 1
        while high < len(change.approved) and change.approved[high] in _ENDING:
            high += 1
        if low in begins and high in ends:
            return change.approved[low:high]
    return ""


def _alike(before: str, change: Altered) -> Iterator[tuple[int, int]]:
    """Yield the stretches without which a text reads the same: "The sum. [The ]" is as good as "[The sum. ]The".

    Args:
        before: what stands before the change now; a word that says nothing can stand there and be kept.
        change: what was left out.
    """
    approved, (low, high) = change.approved, change.was
    yield low, high
    kept = 0
    while kept < high - low and before[-kept - 1 :][:1] == approved[high - kept - 1]:
        kept += 1
        yield low, high - kept
        yield max(0, low - kept), high - kept
    while high < len(approved) and approved[low] == approved[high]:
        low, high = low + 1, high + 1
        yield low, high


def _facts(document: Document, field: Field, change: Altered) -> Iterator[Fact]:
    """Yield the facts that a stretch tells."""
    for mention in field.mentions:
        if change.start <= mention.start < change.end and mention.fact in document.sheet:
            yield document.sheet[mention.fact]


def _message(kind: str, now: str, then: str, cut: str, *, approved: bool) -> str:
    if kind == "words" and then.strip() and not now.strip():
        out = f"the sentence “{cut}”" if cut else f"“{then.strip()}”"
        return f"at these words {out} was taken out; put it back, or sign for the cut with name and reason"
    if kind == "words":
        stood = f", where the approved sentence says {then.strip()!r}" if then.strip() else ""
        return f"no rule can say what these words claim{stood}; sign for them with name and reason, or take them out"
    if not approved:
        return "no approved sentence says this and no fact vouches for it; sign for it, or take it out"
    stood = f"the approved sentence says {then.strip()!r}" if then.strip() else "the approved sentence is without it"
    return f"{stood}, and no fact vouches for {'the change' if now.strip() else 'leaving it out'}; take it back"


def _around(text: str, at: int) -> tuple[int, int]:
    """Return the words on both sides of a place; at the end of a sentence, the last one of it."""
    stop = len(text[:at].rstrip())
    start = max(text.rfind(" ", 0, stop) + 1, 0)
    if text[stop - 1 : stop] in _ENDING:
        return start, stop
    end = text.find(" ", at + len(text[at:]) - len(text[at:].lstrip()))
    return start, end if end > at else len(text)


def _kinds(document: Document, field: Field, change: Altered) -> list[str]:
    """Return what the words speak of that were put in or left out."""
    new = _spoken(document, field.text, (change.start, change.end))
    old = _spoken(document, change.approved, change.was)
    differ = {*(new - old), *(old - new)}
    found = [kind for kind, names in _ORDER if any(_named(name, names) for name in differ)]
    if not change.approved and _is_sentence(field.text[change.start : change.end]):
        loose = any(_named(name, ("loose_window",)) for name in new)
        found = [kind for kind in found if kind in _BEYOND or (kind == "window" and loose)]
    first = _LETTERS.search(field.text, change.start, change.end)
    opening = document.vocabulary.words(field.text) if first and change.was[0] == change.was[1] else ()
    if any(mark.name == "altered:cause_first" and mark.start == first.start() for mark in opening if first):
        found.append("cause")
    if any(_NAME.match(word) for word in _strangers(field.text, change)):
        found.append("source")
    if _QUOTING & set(field.text[change.start : change.end]) and "quote" not in found:
        found.append("quote")
    return list(dict.fromkeys(found))


def _strangers(text: str, change: Altered) -> set[str]:
    """Return the words that were put in and begin with a capital where no sentence begins."""
    words = _LETTERS.finditer(text, change.start, change.end)
    inside = {match[0] for match in words if not _OPENING.search(text, 0, match.start())}
    return inside - set(_LETTERS.findall(change.approved))


def _is_sentence(text: str) -> bool:
    return text.rstrip("\"')”’ ").endswith((".", "!", "?"))


def _named(name: str, names: tuple[str, ...]) -> bool:
    name = name.partition("=")[0]
    return any(name.startswith(one) if one.endswith(":") else name == one for one in names)


def _spoken(document: Document, text: str, span: tuple[int, int]) -> Counter[str]:
    """Count what the words in a stretch speak of: of lists in which words differ in meaning, each word."""
    low, high = span
    found = Counter(
        mark.name if mark.name.startswith(_SAME) else f"{mark.name}={text[mark.start : mark.end].casefold()}"
        for mark in document.vocabulary.words(text)
        if mark.start < high and low < mark.end
    )
    found.update(
        f"altered:{_WATCHED[category]}={text[start:end].casefold()}"
        for start, end, category in document.language.watched(text)
        if category in _WATCHED and start < high and low < end
    )
    if any(start < high and low < end for start, end in document.language.quantities(text)):
        found[f"altered:figure={text[low:high]}"] += 1
    return found
