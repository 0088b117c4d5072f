"""Operators: each makes one kind of wrong edit in a sentence. A file is a class of error, found by its name."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from commentary.registry import Registry
from commentary.runs.check_bench.mutant import Edit, Mutant
from commentary.runs.check_bench.target import Target

Make = Callable[[Target, Random], Edit | None]


class Operator(NamedTuple):
    """One way to get a sentence wrong."""

    kind: str
    """Its class, the name of its file."""
    name: str
    make: Make

    def __call__(self, target: Target, chance: Random) -> Mutant | None:
        """Return the mutant of a sentence, or nothing where the operator has no hold on it."""
        edit = self.make(target, chance)
        if edit is None:
            return None
        text = target.text[: edit.start] + edit.new + target.text[edit.end :]
        if text == target.text:
            return None
        grown = len(text) - len(target.text)
        cut = [told for told in target.told if told.start < edit.end and edit.start < told.end]
        return Mutant(
            self.kind,
            self.name,
            target.path,
            edit.start,
            edit.end,
            edit.new,
            text,
            target.text,
            (target.start, max(target.end + grown, edit.start + len(edit.new))),
            edit.claims,
            edit.markup,
            edit.start - min((edit.start, *(told.start for told in cut))),
            max((edit.end, *(told.end for told in cut))) - edit.end,
        )


operators: Registry[Operator] = Registry("commentary.runs.check_bench.operators")


def operator(name: str) -> Callable[[Make], Make]:
    """Return a decorator that registers an operator; its class is the file that it stands in."""

    def register(make: Make) -> Make:
        operators.add(name)(Operator(make.__module__.rpartition(".")[2], name, make))
        return make

    return register


def by_class() -> dict[str, tuple[Operator, ...]]:
    """Return the operators of each class, by name."""
    classes: dict[str, list[Operator]] = {}
    for name in operators:
        each = operators[name]
        classes.setdefault(each.kind, []).append(each)
    return {kind: tuple(classes[kind]) for kind in sorted(classes)}
