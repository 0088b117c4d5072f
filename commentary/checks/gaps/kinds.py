"""Which data are told as missing, or as at hand, of a source that gave none."""

import re
from collections.abc import Iterator

from commentary.checks import patterns
from commentary.checks.base import Document, Statement
from commentary.checks.gaps.states import told_of
from commentary.checks.gaps_held import OTHERS, held
from commentary.checks.scene import Span
from commentary.checks.shapes.parts import parts
from commentary.checks.shapes.saying import error
from commentary.records.finding import Finding

_FILE = "gaps"
_OWN = re.compile(r"['’]s?(?= )")
_ITS = re.compile(r"\b(?:its|their|that exchange['’]s)\b", re.I)
_NOT = re.compile(r"\b(?:not|nor|never|no|without|\w+n['’]t|missing|left out|absent)\b", re.I)


def lacking(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is told as missing of a source is what its gap is of."""
    gaps = held(document.sheet)
    for name, part in _of_sources(document, statement):
        if name not in gaps or not patterns.pattern(_FILE, "lacks", "words").search(statement.field.text, *part):
            continue
        own = gaps[name].kinds
        for span, kind in _kinds(statement, part):
            if kind not in own and OTHERS not in own:
                why = f"what {name} left out is {', '.join(sorted(own))}; write that"
                yield error(document, statement, "roles.gap", span, why, *gaps[name].facts[:1])
                return


def present(document: Document, statement: Statement) -> Iterator[Finding]:
    """What a source left out is not told as part of the figures."""
    gaps = held(document.sheet)
    text = statement.field.text
    for name, part in _of_sources(document, statement):
        if name not in gaps:
            continue
        gave = patterns.pattern(_FILE, "lacks", "gave").search(text, *part)
        match = None if _NOT.search(text, *part) else patterns.pattern(_FILE, "lacks", "present").search(text, *part)
        # "Sent us its funding but not its open interest": the first is said to be given.
        told = _kinds(statement, part) if match else _kinds(statement, (gave.end(), part[1]))[:1] if gave else []
        for span, kind in told:
            if kind in gaps[name].kinds:
                why = f"{name} gave no {kind}; say that it is missing"
                yield error(document, statement, "roles.gap", span, why, *gaps[name].facts[:1])
                return


def _of_sources(document: Document, statement: Statement) -> Iterator[tuple[str, Span]]:
    """Yield the parts of a sentence that tell of a source's data, with the source."""
    scene = statement.scene
    told = list(told_of(document.vocabulary, scene))
    for part in parts(scene):
        owners = [mark for mark in scene.said("giver:", part) if _OWN.match(scene.text, mark.end)]
        if owners:
            yield owners[0].name.removeprefix("giver:"), part
            continue
        of_it = [name for one in told for name in one.names]
        its = _ITS.search(scene.text, *part)
        here = [mark.name.removeprefix("giver:") for mark in scene.said("giver:") if its and mark.end <= its.start()]
        if its and (of_it or here):
            yield (of_it or here[-1:])[0], part


def _kinds(statement: Statement, part: Span) -> list[tuple[Span, str]]:
    """Return the kinds of data that a part names, the longest name at each place."""
    found = sorted(
        (match.start(), -match.end(), kind)
        for kind in patterns.tables(_FILE)["kinds"]
        for match in patterns.pattern(_FILE, "kinds", kind).finditer(statement.field.text, *part)
    )
    kept: list[tuple[Span, str]] = []
    for low, high, kind in found:
        if not kept or low >= kept[-1][0][1]:
            kept.append(((low, -high), kind))
    return kept
