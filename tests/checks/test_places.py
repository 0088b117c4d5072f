"""What is found in a sentence stands where the sentence stands: another before or behind it moves it, and no more."""

import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PATHS = [*sorted(HERE.glob("*.toml")), *sorted((HERE / "real").glob("*.toml"))]
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in PATHS}
BEFORE = "The note follows. "
BEHIND = " The note ends."


EACH = 8
"""Of so many cases one is tried by default, the others with the slow tests."""


def cases():
    # What an edit altered depends on all sentences of it, as does how a heading or a paragraph reads.
    for name in sorted(FILES.keys() - {"altered", "style"}):
        for i, case in enumerate(FILES[name]["fails"], 1):
            # A label line is one where it stands alone.
            if case.get("scope", "passage") == "passage" and case["code"] != "wording.label":
                yield pytest.param(case, id=f"{name}-{i}", marks=[pytest.mark.slow] if i % EACH else [])


def found(text, case, sheet, checker):
    facts = sheet(case["snapshot"], case.get("as_of"), case.get("label"))
    findings = checker(facts, case.get("packs", ())).check(text, "passage").findings
    return [(finding.code, finding.span, finding.text) for finding in findings]


@pytest.mark.parametrize("case", list(cases()))
def test_a_sentence_before_and_one_behind_move_what_is_found_and_no_more(case, sheet, checker):
    text = case["text"]
    start, end = len(BEFORE), len(BEFORE) + len(text)
    moved = [(code, (a + start, b + start), words) for code, (a, b), words in found(text, case, sheet, checker)]
    every = found(f"{BEFORE}{text}{BEHIND}", case, sheet, checker)
    # The two sentences are odd themselves.
    assert [one for one in every if start <= one[1][0] < end] == moved
