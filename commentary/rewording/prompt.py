"""What a model is told: rules, two worked examples, a sentence in slots with what each stands for; never a figure."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from commentary.records.canonical import sha256_of
from commentary.records.writer import Message, Task
from commentary.resources import folder
from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.form import longest
from commentary.rewording.slots import SLOT, OpenSentence, glosses

_LONGEST = 2000
"""So much of an answer, in characters, a model is shown again: one without an end would fill its memory."""
_MOST = 5
"""So many faults it is told of at once."""


class Example(NamedTuple):
    """An approved wording and an answer that may stand for it."""

    say: str
    """The template that the wording is of."""
    number: int
    """Of the wording, from one."""
    sentence: str
    answer: str


class Prompt(NamedTuple):
    """What a model is told in one language."""

    rules: str
    sentence: str
    """Stands before the sentence, on its line."""
    repair: str
    """Stands above what is wrong with an answer."""
    again: str
    """Stands below it."""
    examples: tuple[Example, ...]


@cache
def prompt(code: str) -> Prompt:
    """Return what a model is told in a language."""
    table = tomllib.loads((folder("data") / "rewording" / f"prompt-{code}.toml").read_text(encoding="utf-8"))
    examples = tuple(Example(**entry) for entry in table.pop("examples"))
    return Prompt(**{name: text.strip() for name, text in table.items()}, examples=examples)


def task_of(sentence: OpenSentence, code: str, seed: int) -> Task:
    """Return what asks a model to reword a sentence.

    Args:
        sentence: the sentence.
        code: the language that it is written in.
        seed: of the call.
    """
    told = prompt(code)
    messages = [Message("system", told.rules)]
    for one in told.examples:
        messages += [Message("user", _asked(one.sentence, told, code)), Message("assistant", one.answer)]
    messages.append(Message("user", _asked(sentence.text, told, code)))
    slots = tuple(place.name for place in sentence.places)
    return Task(tuple(messages), slots, seed, longest(sentence, code))


def repair_of(task: Task, returned: str, faults: Sequence[Fault], code: str, seed: int) -> Task:
    """Return what asks a model to write a sentence again, with what is wrong with its answer.

    Args:
        task: what it was asked.
        returned: its answer.
        faults: what is wrong with that.
        code: the language.
        seed: of the call.
    """
    told = prompt(code)
    lines = (told.repair, *(f"- {_fault(one)}" for one in faults[:_MOST]), told.again)
    answer = Message("assistant", returned[:_LONGEST])
    return task._replace(messages=(*task.messages, answer, Message("user", "\n".join(lines))), seed=seed)


def prompt_sha256(messages: Iterable[Message]) -> str:
    """Return the hash of what a model was told, over role and words of each message."""
    return sha256_of([[one.role, one.content] for one in messages])


def _asked(text: str, told: Prompt, code: str) -> str:
    """Return a sentence on its line, and what each slot stands for, never what it holds."""
    says = glosses(code)
    slots = (f"[{name}]: {says[name.rpartition('_')[0]]}" for name in SLOT.findall(text))
    return "\n".join((f"{told.sentence} {text}", *slots))


def _fault(fault: Fault) -> str:
    """Return a fault in one line: what a model wrote is shown without its breaks, which could begin another."""
    text = " ".join(fault.text.split())
    message = " ".join(fault.message.split())
    return message if not text or text in message else f"{message} (“{text[:80]}”)"
