"""Sentences about our own estimate, and about what a source did not give, are judged as they are labelled.

`ours.toml` names the figures by what they are, so that a sample that is made anew changes no sentence.
"""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from commentary.languages import language
from commentary.records.edition import Edition
from commentary.records.sheet import FactSheet

FILE = tomllib.loads((Path(__file__).parent / "ours.toml").read_text(encoding="utf-8"))
KEYS = {"text", "snapshot", "kind", "held_out", "open", "why"}
LIST = {"longs": "long", "shorts": "short"}
STYLES = {"usd": "usd", "price": "level", "percent": "percent", "ratio": "ratio", "coin": "coin"}


def cases(kind):
    for i, case in enumerate(FILE[kind], 1):
        marks = [pytest.mark.xfail(strict=True, reason=case["why"])] if case.get("open") else []
        yield pytest.param(case, id=f"{case['kind']}-{i}", marks=marks)


def spelled(sheet, name):
    """Write the figure of a name: `FILE["figures"]` has the metric, and where it has to be told apart, at what."""
    words = name.split()
    end = f"_{words.pop()}" if words[-1] in ("low", "high") else ""
    venue = words.pop(0) if words[0] in ("OKX", "Binance") else "Binance"
    side = next((LIST[word] for word in words if word in LIST), None)
    own = FILE["figures"][" ".join("SIDE" if word in LIST else word for word in words)]
    fact = sheet.get(own["metric"] + end, side=side, venue=venue, at=own.get("at"))
    assert fact is not None, name
    if fact.unit == "time":
        return f"{fact.value:%B %Y}"
    text = language("en").spell(fact, STYLES[fact.unit], Edition(sheet.as_of))
    return text.lstrip("-")


@pytest.fixture
def errors(sheet, checker):
    """Return a function: a case in, its text with the figures written out and the errors found in it out."""

    def found(case):
        facts = sheet(case["snapshot"])
        text = re.sub(r"\{([^}]+)\}", lambda match: spelled(facts, match[1]), case["text"])
        found = checker(facts).check(text, "passage").findings
        return text, [f"{one.code}: {one.text!r}" for one in found if one.severity == "error"]

    return found


@pytest.mark.parametrize("case", list(cases("fails")))
def test_a_false_sentence_is_refused(case, errors):
    text, found = errors(case)
    assert found != [], text


@pytest.mark.parametrize("case", list(cases("passes")))
def test_a_true_sentence_is_passed(case, errors):
    text, found = errors(case)
    assert found == [], text


SAID = {
    "no answer": "Bybit did not answer, so its funding is left out.",
    "refused": "Bybit refused to answer, so its funding is left out.",
    "unreadable": "What Bybit sent could not be read, so its funding is left out.",
    "clock": "Bybit's clock is off, so its funding is left out.",
    "no key": "Bybit was not asked for want of a key, so its funding is left out.",
}


@pytest.mark.parametrize("reason", SAID)
def test_of_what_a_source_did_only_its_own_reason_is_told(reason, sheet, checker):
    held = sheet("btc-own-map")
    facts = tuple(replace(one, value=reason) if one.subject.metric == "gap_reason" else one for one in held)
    check = checker(FactSheet(held.asset, held.as_of, facts, held.missing, held.flags)).check
    wrong = {
        why for why, text in SAID.items() if any(one.code == "roles.gap" for one in check(text, "passage").findings)
    }
    assert wrong == SAID.keys() - {reason}


def test_there_are_enough_sentences_of_each_kind_and_none_stands_twice():
    assert len(FILE["fails"]) >= 60
    assert len(FILE["passes"]) >= 40
    every = [*FILE["fails"], *FILE["passes"]]
    assert [
        text for text, count in Counter(case["text"] + case["snapshot"] for case in every).items() if count > 1
    ] == []
    assert {key for case in every for key in case} <= KEYS
    assert all(("why" in case) is case.get("open", False) for case in every)
