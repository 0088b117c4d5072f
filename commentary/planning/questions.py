"""Questions that a text leaves open, from one bank for all stories.

data/faq/<topic>.toml holds one table a question:

    ["oi.two_sides"]
    question = "faq.oi.two_sides.q"
    answer = ["faq.oi.two_sides.a"]
    about = ["oi"]
    weight = 4
    repeats = ["frame.open_interest.definition"]

`question` and each sentence of `answer` name a claim of data/claims, or several of which the first that the facts
carry is taken ("faq.cluster.sold.q | faq.map.sold.q"). A question that names a figure asks of one that the text tells.
`when` holds conditions (commentary/records/query.py).
`about` names the families of metrics of which the text has to tell before anybody would ask ("oi" takes in
oi_coin); without it the question is asked of any text. A question is left out where the text has a sentence that
`repeats` names, since the answer would only say it again ("funding.baseline.*" names all of those), and where it
has a sentence of the answer. `weight`, 1 to 9, says how much the question presses; `only_full` keeps it for the
long form. Of several that press alike the seed chooses, and what was asked of late stands behind all others.
"""

import hashlib
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from commentary.errors import ConfigError
from commentary.records.fact import Fact
from commentary.records.plan import Claim, Length, PlannedAnswer

AT_MOST: dict[Length, int] = {"brief": 0, "standard": 2, "full": 4}
"""How many questions a text of each length has."""
_KEYS = {"question", "answer", "when", "about", "weight", "repeats", "only_full"}
_WEIGHTS = range(1, 10)
_SAME_TOPIC = 2
"""What a question loses in weight for each one of its topic that is asked before it."""
_SAME_FACTS = 1
"""The same where its answer has no figure that an answer before it does not have."""

First = Callable[[str], Claim | None]
"""Makes the claim of an entry; None where the facts do not carry it."""


class Question(NamedTuple):
    """One question of the bank."""

    name: str
    topic: str
    """Its file's name."""
    question: str
    answer: tuple[str, ...]
    when: tuple[str, ...]
    about: tuple[str, ...]
    weight: int
    repeats: tuple[str, ...]
    only_full: bool


class Asking(NamedTuple):
    """What the choice of questions depends on besides the facts and the text."""

    bank: tuple[Question, ...] = ()
    asked: Container[str] = ()
    """Frames of questions that this feed asked of late, as `sentences[].claim` of a draft names them."""
    seed: int = 0
    every: bool = False
    """Take every question that could be asked, to try its wordings."""


class Text(NamedTuple):
    """What is asked about: the text without its questions."""

    frames: frozenset[str]
    """Its sentences."""
    metrics: frozenset[str]
    """What its facts measure."""
    facts: frozenset[str]
    """Their ids."""
    about: tuple[str, ...] = ()
    """The families of metrics that its readers ask of; all, where none is named."""


class Chosen(NamedTuple):
    """The questions of a text, and why others are not asked."""

    answers: tuple[PlannedAnswer, ...]
    left_out: tuple[tuple[str, str], ...]
    """Question and reason."""
    asked: tuple[str, ...]
    """Frames that stood behind the others since they were asked of late."""


class _Candidate(NamedTuple):
    """A question that could be asked."""

    entry: Question
    planned: PlannedAnswer
    is_asked: bool
    facts: frozenset[str]
    """The facts of its answer."""


def load_questions(folder: Path) -> tuple[Question, ...]:
    """Read the bank: every file of `folder`.

    Raises:
        ConfigError: a table has unknown keys, lacks one, or two have one name.
    """
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise ConfigError(f"data/faq/{path.name}: {name!r} is asked twice")
            found[name] = _question(name, path, table)
    return tuple(found.values())


def _question(name: str, path: Path, table: dict[str, Any]) -> Question:
    unknown, lacks = sorted(set(table) - _KEYS), sorted({"question", "answer"} - set(table))
    if unknown or lacks:
        said = f"has {unknown[0]!r}, not known" if unknown else f"has no {lacks[0]!r}"
        raise ConfigError(f"data/faq/{path.name}: {name!r} {said}")
    weight = table.get("weight", 5)
    if weight not in _WEIGHTS:
        raise ConfigError(f"data/faq/{path.name}: {name!r} has weight {weight!r}; write 1 to 9")
    return Question(
        name,
        path.stem,
        table["question"],
        tuple(table["answer"]),
        tuple(table.get("when", ())),
        tuple(table.get("about", ())),
        weight,
        tuple(table.get("repeats", ())),
        table.get("only_full", False),
    )


def choose(
    asking: Asking,
    length: Length,
    text: Text,
    before: Iterable[PlannedAnswer],
    first: First,
    judge: Callable[[str], str],
) -> Chosen:
    """Return the questions of a text: those that its story always asks, then those of the bank that press most.

    Args:
        asking: the bank, and what was asked of late.
        length: the length of the text.
        text: what is asked about.
        before: the questions that the story always asks.
        first: what makes the claim of an entry.
        judge: what says why a condition fails; nothing where it holds.
    """
    most = AT_MOST[length]
    answers = list(before)[: None if asking.every else most]
    if not most:
        return Chosen((), (), ())
    left_out: list[tuple[str, str]] = []
    open_ones: list[_Candidate] = []
    for entry in asking.bank:
        made = _candidate(asking, length, entry, text, first, judge)
        if isinstance(made, str):
            left_out.append((entry.name, made))
        else:
            open_ones.append(made)
    asked = tuple(one.planned.question.frame for one in open_ones if one.is_asked)
    taken = list(_taken(asking, open_ones, answers, len(open_ones) if asking.every else most - len(answers)))
    answers += [one.planned for one in taken]
    chosen = {one.entry.name for one in taken}
    left_out += [(one.entry.name, "others press more") for one in open_ones if one.entry.name not in chosen]
    return Chosen(tuple(answers), tuple((f"faq {name}", why) for name, why in left_out), asked)


def _candidate(
    asking: Asking, length: Length, entry: Question, text: Text, first: First, judge: Callable[[str], str]
) -> _Candidate | str:
    """Return a question with its answer, or why it is not asked."""
    if entry.only_full and length != "full":
        return "it is asked in the long form only"
    if entry.about and not any(_is_of(metric, entry.about) for metric in text.metrics):
        return "the text does not tell of it"
    if text.about and not any(_is_of(family, entry.about) for family in text.about):
        return "the story is not about it"
    if why := next(filter(None, map(judge, entry.when)), ""):
        return why
    if said := next((frame for frame in sorted(text.frames) if _names(entry.repeats, frame)), None):
        return f"{said} answers it"
    question = first(entry.question)
    answer = tuple(first(sentence) for sentence in entry.answer)
    claims = tuple(claim for claim in answer if claim is not None)
    if question is None or len(claims) < len(answer):
        return "the facts do not carry it"
    if said := next((claim.frame for claim in claims if claim.frame in text.frames), None):
        return f"{said} answers it"
    if new := next((fact.id for _, fact in question.roles if _is_figure(fact) and fact.id not in text.facts), None):
        return f"the text does not tell {new}, of which it asks"
    frames = {question.frame, *(frame.strip() for frame in entry.question.split("|"))}
    facts = frozenset(fact.id for claim in claims for _, fact in claim.roles)
    return _Candidate(entry, PlannedAnswer(question, claims), any(frame in asking.asked for frame in frames), facts)


def _taken(
    asking: Asking, open_ones: list[_Candidate], before: list[PlannedAnswer], count: int
) -> Iterator[_Candidate]:
    """Yield the questions to ask, the most pressing first; each is weighed against those that are taken."""
    frames = {claim.frame for item in before for claim in (item.question, *item.answer)}
    facts = {fact.id for item in before for claim in item.answer for _, fact in claim.roles}
    topics: list[str] = []
    left = list(open_ones)

    def pressing(one: _Candidate) -> tuple[bool, int, bytes]:
        weight = one.entry.weight - _SAME_TOPIC * topics.count(one.entry.topic)
        if one.facts and one.facts <= facts:
            weight -= _SAME_FACTS
        return one.is_asked, -weight, hashlib.sha256(f"{asking.seed}|{one.entry.name}".encode()).digest()

    while left and count > 0:
        one = min(left, key=pressing)
        left.remove(one)
        own = {claim.frame for claim in (one.planned.question, *one.planned.answer)}
        if own & frames or any(_names(one.entry.repeats, frame) for frame in frames):
            continue
        yield one
        count -= 1
        frames |= own
        facts |= one.facts
        topics.append(one.entry.topic)


def _is_figure(fact: Fact) -> bool:
    return fact.unit not in ("name", "time")


def _is_of(metric: str, families: Iterable[str]) -> bool:
    """Say whether a metric is of a family: oi_coin is of "oi"."""
    return any(metric == family or metric.startswith(f"{family}_") for family in families)


def _names(patterns: Iterable[str], frame: str) -> bool:
    return any(fnmatchcase(frame, pattern) for pattern in patterns)
