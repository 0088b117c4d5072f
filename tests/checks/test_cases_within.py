"""An honest sentence passes behind another too. How an error stands there: tests/checks/test_places.py."""

import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
BEFORE = "That was so. "
# Those of whole articles, and of what stands around a sentence.
ELSEWHERE = ("agreement", "altered", "completeness", "style")


def cases():
    for path in sorted(HERE.glob("*.toml")):
        for i, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["passes"], 1):
            alone = "\n" not in case["text"] and not case["text"].startswith(("#", "-")) and "scope" not in case
            if alone and path.stem not in ELSEWHERE:
                yield pytest.param(case, id=f"{path.stem}-{i}")


@pytest.mark.parametrize("case", list(cases()))
def test_an_honest_sentence_passes_behind_another(case, sheet, checker):
    facts = sheet(case["snapshot"], case.get("as_of"), case.get("label"))
    found = checker(facts, case.get("packs", ())).check(BEFORE + case["text"], "passage").findings
    assert {one.code for one in found if one.severity == "error"} <= set(case.get("also", []))
