"""A sentence is true as far as the facts go: with a value on each side of every bound, all else alike."""

import tomllib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from commentary.records.sheet import FactSheet

CASES = tomllib.loads((Path(__file__).parent / "bounds.toml").read_text(encoding="utf-8"))["case"]


def values(kind):
    for case in CASES:
        for changes in case[kind]:
            shown = ", ".join(f"{name} {value}" for name, value in changes.items())
            yield pytest.param(case, changes, id=f"{case['text']} {shown}")


def begins(fact, name):
    """Say whether a fact's id begins so, with its asset or without it."""
    return fact.id.startswith(name) or fact.id.partition("/")[2].startswith(name)


def changed(sheet, changes):
    """Return a sheet in which some facts have another value, or another time."""
    facts = list(sheet)
    for name, value in changes.items():
        is_time = name.endswith(" at")
        own = [i for i, fact in enumerate(facts) if begins(fact, name.removesuffix(" at"))]
        own = [i for i in own if is_time or not isinstance(facts[i].value, datetime)]
        assert own, name
        for i in own:
            given = {"as_of": datetime.fromisoformat(value)} if is_time else {"value": Decimal(str(value))}
            facts[i] = replace(facts[i], **given)
    return FactSheet(sheet.asset, sheet.as_of, tuple(facts), sheet.missing, sheet.flags)


def codes(case, changes, sheet, checker):
    facts = changed(sheet(case["snapshot"]), changes)
    found = checker(facts).check(case["text"], "passage").findings
    return {one.code for one in found if one.severity == "error"}


@pytest.mark.parametrize(("case", "changes"), list(values("true")))
def test_with_this_value_the_sentence_is_so(case, changes, sheet, checker):
    assert case["code"] not in codes(case, changes, sheet, checker)


@pytest.mark.parametrize(("case", "changes"), list(values("false")))
def test_with_this_value_it_is_not(case, changes, sheet, checker):
    assert case["code"] in codes(case, changes, sheet, checker)
