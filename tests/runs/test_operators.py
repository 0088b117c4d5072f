"""Operators of the benchmark of the check, on made-up sentences: operators.toml holds the cases."""

import re
import tomllib
from pathlib import Path
from random import Random

import pytest

from commentary.runs.check_bench.classes import CODES
from commentary.runs.check_bench.operators import by_class, operators

CASES = tomllib.loads((Path(__file__).parent / "operators.toml").read_text(encoding="utf-8"))["case"]
TRIES = 40
LEXICAL = ("cause", "prediction", "certainty", "advice", "intent", "superlative", "quote", "source")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['operator']}-{i}" for i, case in enumerate(CASES)])
def test_an_operator_makes_the_edit_it_is_named_for(case, make_target):
    target, make = make_target(case["text"], case["facts"]), operators[case["operator"]]
    made = [mutant for seed in range(TRIES) if (mutant := make(target, Random(seed)))]
    if case.get("never"):
        assert made == []
        return
    assert made
    for mutant in made:
        assert re.fullmatch(case["becomes"], mutant.text, re.DOTALL), mutant.text
        assert mutant.text != case["text"]
        assert mutant.text == case["text"][: mutant.start] + mutant.replacement + case["text"][mutant.end :]
        start, end = mutant.changed
        assert start < end <= len(mutant.text)
        assert mutant.claims


@pytest.mark.parametrize("kind", sorted(CODES))
def test_a_class_has_its_operators_and_a_case(kind):
    names = {operator.name for operator in by_class()[kind]}
    assert names & {case["operator"] for case in CASES} or kind in ("certainty", "intent", "superlative", "foreign")


def test_every_class_says_which_findings_are_its_own():
    assert set(CODES) == set(by_class())
    assert sum(map(len, by_class().values())) >= 24


@pytest.mark.parametrize("kind", LEXICAL)
def test_a_class_of_words_has_a_dozen_wordings(kind, make_target):
    target = make_target("Price fell 5.4% to $60,480. It is a sum.", [["fell 5.4%", "moved", "fall"]])
    words = {
        mutant.replacement
        for operator in by_class()[kind]
        for seed in range(200)
        if (mutant := operator(target, Random(seed)))
    }
    assert len(words) >= 24


def test_the_same_random_numbers_give_the_same_edit(make_target):
    target = make_target("It has $1.07 billion of longs.", [["$1.07 billion", "usd", "longs"]])
    for name in operators:
        assert operators[name](target, Random(7)) == operators[name](target, Random(7))


def test_what_was_changed_is_the_whole_figure(make_target):
    text = "Funding settled at 0.0024% per eight hours."
    target = make_target(text, [["0.0024% per eight hours", "rate_per", "rate"]])
    mutant = operators["another interval"](target, Random(1))
    start, end = mutant.changed
    assert mutant.text[start:end].startswith("0.0024% ")
    assert mutant.text[end:] == "."
