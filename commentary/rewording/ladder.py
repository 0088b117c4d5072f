"""The ladder of a sentence: a model's first words, these repaired, others written anew, or the template's.

Sentences climb together, round by round, so that a writer can take them at once. Round one asks for all. Two rounds
of repair tell the model what is wrong with its answer. One round asks anew with another seed for what is still refused
or never came. Whatever happens, each sentence has an end: a text that passed every check, or none.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from commentary.records.writer import Failed, Returned, Task, Writer
from commentary.rewording.judge.base import Fault
from commentary.rewording.prompt import prompt_sha256, repair_of, task_of
from commentary.rewording.slots import OpenSentence

Judge = Callable[[OpenSentence, str], Sequence[Fault]]
"""Says what is wrong with a text in slots; nothing where it may stand."""
Accept = Callable[[Mapping[int, str], Mapping[int, str]], Mapping[int, Sequence[Fault]]]
"""Given the texts that stand, by the number of their sentence, and new ones, says what is wrong with some of the new in
their article, filled with figures."""
Step = Literal["first", "repair", "resample"]
How = Literal["first", "repair", "resample", "template"]
_ROUNDS: tuple[Step, ...] = ("first", "repair", "repair", "resample")
_BROKEN = 3
"""After so many failures of transport nothing is asked any more."""
_SEEDS = 2**31
"""Seeds are below it, as servers take whole numbers of 32 bits."""


def _unheard(count: int) -> None:
    """Take what nobody asked to be told."""


class Limits(NamedTuple):
    """How long a model may take."""

    call_s: float
    """Seconds for one sentence."""
    budget_s: float
    """Seconds for all of it."""


class Refused(NamedTuple):
    """An answer that may not stand."""

    text: str
    """In slots."""
    faults: tuple[Fault, ...]
    by: Literal["judge", "check"]
    """Who found them: the judge, in the sentence alone, or the check, in its article."""


class Climbed(NamedTuple):
    """What became of one sentence."""

    text: str | None
    """The model's, in slots; None where the template's stays."""
    how: How
    """At which step it was accepted."""
    attempts: int
    """So many answers or failures there were."""
    met: tuple[str, ...]
    """Codes of the faults and kinds of the failures on the way, in their order."""
    seed: int
    """Of the call whose text was accepted; of a sentence that fell back, of the last."""
    prompt_sha256: str
    """Of what that call told the model; empty where none was made."""
    tokens: int
    """Of all its answers, as far as they were counted."""
    seconds: float
    """From the start until it was decided."""
    same: bool = False
    """The model gave the template's own words."""
    refused: tuple[Refused, ...] = ()
    """Answers on the way, in their order."""


class Summary(NamedTuple):
    """What became of many sentences."""

    sentences: int
    first: int
    """So many were accepted as they came,"""
    repair: int
    """after a repair,"""
    resample: int
    """written anew,"""
    template: int
    """or kept as the template has them."""
    same: int
    """So many of those accepted are the template's own words."""
    why: Mapping[str, int]
    """By rule or kind of failure, how many of the last fell back for it."""
    calls: int
    tokens: int
    seconds: float

    @property
    def accepted(self) -> int:
        """How many of the model's texts may stand."""
        return self.first + self.repair + self.resample


class Ladder(NamedTuple):
    """The ends of all sentences, in their order."""

    climbed: tuple[Climbed, ...]
    seconds: float

    def summary(self) -> Summary:
        """Return the counts."""
        counts = Counter(one.how for one in self.climbed)
        return Summary(
            len(self.climbed),
            counts["first"],
            counts["repair"],
            counts["resample"],
            counts["template"],
            sum(one.same for one in self.climbed),
            dict(Counter(why_of(one) for one in self.climbed if one.text is None).most_common()),
            sum(one.attempts for one in self.climbed),
            sum(one.tokens for one in self.climbed),
            self.seconds,
        )


def why_of(climbed: Climbed) -> str:
    """Return the rule, or the kind of failure, for which a sentence was given up: "slots" of "slots.missing"."""
    return climbed.met[-1].partition(".")[0] if climbed.met else "budget"


def seed_for(place: str, turn: int) -> int:
    """Return the seed of a call: another for each sentence and turn, the same whenever it is made again."""
    digest = hashlib.sha256(f"{place}|{turn}".encode()).digest()
    return int.from_bytes(digest[:8]) % _SEEDS


class _Rung:
    """A sentence on its way."""

    def __init__(self, sentence: OpenSentence, place: str) -> None:
        self.sentence = sentence
        self.place = place
        self.task: Task | None = None
        self.answer: str | None = None
        self.faults: tuple[Fault, ...] = ()
        self.text: str | None = None
        self.how: How = "template"
        self.attempts = 0
        self.met: list[str] = []
        self.refused: list[Refused] = []
        self.tokens = 0
        self.seconds = 0.0

    def ended(self) -> Climbed:
        task = self.task
        return Climbed(
            self.text,
            self.how,
            self.attempts,
            tuple(self.met),
            task.seed if task else 0,
            prompt_sha256(task.messages) if task else "",
            self.tokens,
            self.seconds,
            self.text == self.sentence.text,
            tuple(self.refused),
        )

    def refuse(self, faults: Sequence[Fault], by: Literal["judge", "check"]) -> None:
        """Keep what is wrong with the answer at hand; nothing where nothing is."""
        self.faults = tuple(faults)
        self.met += dict.fromkeys(one.code for one in self.faults)
        if self.faults:
            self.refused.append(Refused(self.answer or "", self.faults, by))


def reword(
    sentences: Sequence[OpenSentence],
    places: Sequence[str],
    writer: Writer,
    *,
    code: str,
    limits: Limits,
    judge: Judge,
    accept: Accept,
    clock: Callable[[], float],
    done: Callable[[int], None] = _unheard,
) -> Ladder:
    """Return what became of sentences that a model was asked to reword.

    Args:
        sentences: the sentences.
        places: what each is called, for the seeds of its calls: the same place asks for the same.
        writer: the model.
        code: the language.
        limits: how long it may take.
        judge: says what is wrong with a text in slots.
        accept: says what is wrong with it in its article.
        clock: seconds that only go forward.
        done: told how many more sentences had their first answer, for a progress bar.
    """
    begun = clock()
    rungs = [_Rung(sentence, place) for sentence, place in zip(sentences, places, strict=True)]
    broken = 0
    for turn, step in enumerate(_ROUNDS):
        asked = [i for i, one in enumerate(rungs) if one.text is None and _climbs(one, step)]
        if not asked:
            continue
        left = limits.budget_s - (clock() - begun)
        if left <= 0 or broken >= _BROKEN:
            why = "budget" if left <= 0 else "transport"
            for i in asked:
                if not rungs[i].met or rungs[i].met[-1] != why:
                    rungs[i].met.append(why)
            break
        tasks = [_task(rungs[i], step, code, seed_for(rungs[i].place, turn)) for i in asked]
        heard = done if step == "first" else _unheard
        results = writer.write(tasks, call_s=limits.call_s, total_s=left, done=heard)
        lost = _take(rungs, asked, tasks, results, judge)
        broken = _BROKEN if lost == len(asked) else broken + lost
        _accept(rungs, asked, accept, step)
        now = clock() - begun
        for i in asked:
            rungs[i].seconds = now
    return Ladder(tuple(one.ended() for one in rungs), clock() - begun)


def _climbs(rung: _Rung, step: Step) -> bool:
    """Say whether a sentence takes a step: only an answer can be repaired."""
    return step != "repair" or rung.answer is not None


def _task(rung: _Rung, step: Step, code: str, seed: int) -> Task:
    if step == "repair" and rung.task is not None and rung.answer is not None:
        return repair_of(rung.task, rung.answer, rung.faults, code, seed)
    return task_of(rung.sentence, code, seed)


def _take(
    rungs: Sequence[_Rung],
    asked: Sequence[int],
    tasks: Sequence[Task],
    results: Sequence[Returned | Failed],
    judge: Judge,
) -> int:
    """Put answers to their sentences, judged, and return how many were lost on the way to or from the model."""
    lost = 0
    for i, task, result in zip(asked, tasks, results, strict=True):
        rung = rungs[i]
        if isinstance(result, Failed):
            rung.answer, rung.faults = None, ()
            rung.met.append(result.kind)
            lost += result.kind == "transport"
            if result.kind != "budget":
                rung.task, rung.attempts = task, rung.attempts + 1
            continue
        rung.task, rung.attempts = task, rung.attempts + 1
        rung.tokens += result.tokens
        rung.answer = result.text.strip()
        rung.refuse(judge(rung.sentence, rung.answer), "judge")
    return lost


def _accept(rungs: Sequence[_Rung], asked: Sequence[int], accept: Accept, step: Step) -> None:
    """Let the answers stand that are as good in their article, beside all that stand there already."""
    new = {i: answer for i in asked if (answer := rungs[i].answer) is not None and not rungs[i].faults}
    if not new:
        return
    standing = {i: one.text for i, one in enumerate(rungs) if one.text is not None}
    refused = accept(standing, new)
    for i, text in new.items():
        rung = rungs[i]
        rung.refuse(refused.get(i, ()), "check")
        if not rung.faults:
            rung.text, rung.how = text, step
