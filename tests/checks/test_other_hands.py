"""Sentences by other hands, labelled by people who did not see the rules: what was right about one stays right.

`not_yet.toml` numbers, from one, the sentences of each file that are not judged as labelled yet: false ones that pass,
and true ones that are refused. One that is judged as labelled after all fails here, until its number is taken out.
"""

import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "other_hands"
NOT_YET = tomllib.loads((FOLDER / "not_yet.toml").read_text(encoding="utf-8"))
EACH = 8
"""Of so many sentences one is judged by default, the others with the slow tests."""


def sentences():
    for name, numbers in NOT_YET.items():
        table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        for number, sentence in enumerate(table["sentence"], 1):
            marks = [pytest.mark.slow] if number % EACH else []
            if number in numbers:
                marks.append(pytest.mark.xfail(reason="not judged as labelled yet", raises=AssertionError, strict=True))
            yield pytest.param(sentence, id=f"{name}-{number}", marks=marks)


@pytest.mark.parametrize("sentence", list(sentences()))
def test_a_sentence_is_judged_as_it_was_labelled(sentence, sheet, checker):
    found = checker(sheet(sentence["snapshot"])).check(sentence["text"], "passage").findings
    errors = [f"{each.code}: {each.text!r}" for each in found if each.severity == "error"]
    assert bool(errors) is not sentence["true"], (sentence["why"], errors)
