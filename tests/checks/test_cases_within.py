"""What is found in a sentence does not depend on where in a text it stands: behind another it is found there."""

import tomllib
from pathlib import Path

import pytest

from commentary import Settings, check_text

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
BEFORE = "That was so. "
# Those of whole articles, and of what stands around a sentence.
ELSEWHERE = ("agreement", "altered", "completeness", "style")


def cases(kind):
    for path in sorted(HERE.glob("*.toml")):
        for i, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))[kind], 1):
            alone = "\n" not in case["text"] and not case["text"].startswith(("#", "-")) and "scope" not in case
            if alone and path.stem not in ELSEWHERE:
                yield pytest.param(case, id=f"{path.stem}-{kind}-{i}")


def found(text, case, sheet):
    facts = sheet(case["snapshot"], case.get("as_of"), case.get("label"))
    settings = Settings(packs=("global", *case.get("packs", ())))
    return check_text(text, facts, settings=settings, scope="passage").findings


@pytest.mark.parametrize("case", list(cases("fails")))
def test_an_error_is_found_where_it_stands(case, sheet):
    n = len(BEFORE)
    alone = [(one.code, one.text, one.span[0] + n, one.span[1] + n) for one in found(case["text"], case, sheet)]
    behind = [(one.code, one.text, *one.span) for one in found(BEFORE + case["text"], case, sheet)]
    assert behind == alone


@pytest.mark.parametrize("case", list(cases("passes")))
def test_an_honest_sentence_passes_behind_another(case, sheet):
    errors = {one.code for one in found(BEFORE + case["text"], case, sheet) if one.severity == "error"}
    assert errors <= set(case.get("also", []))
