"""Every checker against the cases of its file: passes have no error, nor a finding of their own checker, but those
that the case names under `also`; fails have the one named.
"""

import tomllib
from pathlib import Path

import pytest

from commentary.checks import checks

HERE = Path(__file__).parent
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))}
KEYS = {"text", "snapshot", "scope", "as_of", "label", "packs", "code", "found", "known_error", "also"}
MANY = ("numbers", "roles", "direction", "wording")


def cases(kind):
    for name, file in FILES.items():
        for i, case in enumerate(file[kind], 1):
            yield pytest.param(name, case, id=f"{name}-{kind}-{i}")


@pytest.fixture
def findings(sheet, checker):
    """Return a function: a case in, what is found in its text out."""

    def found(case):
        facts = sheet(case["snapshot"], case.get("as_of"), case.get("label"))
        return checker(facts, case.get("packs", ())).check(case["text"], case.get("scope", "passage")).findings

    return found


@pytest.mark.parametrize(("name", "case"), list(cases("passes")))
def test_an_honest_text_passes(name, case, findings):
    found = findings(case)
    # A warning of another checker may stand beside it, and an error only where the case says which.
    own = [one for one in found if one.code.startswith(f"{name}.") or one.severity == "error"]
    assert sorted({one.code for one in own}) == case.get("also", []), [(one.code, one.text) for one in own]
    assert case.keys() <= KEYS - {"code", "found"}


@pytest.mark.parametrize(("name", "case"), list(cases("fails")))
def test_an_error_is_found(name, case, findings):
    found = [(finding.code, finding.text) for finding in findings(case)]
    assert case["code"] in {code for code, _ in found}, found
    assert case["code"].startswith(f"{name}.")
    if "found" in case:
        assert (case["code"], case["found"]) in found
    assert case.keys() <= KEYS


def test_every_checker_has_a_file_of_cases():
    assert set(FILES) == set(checks)


@pytest.mark.parametrize("name", MANY)
def test_a_checker_of_words_has_a_dozen_cases_of_each_kind(name):
    assert min(len(FILES[name]["passes"]), len(FILES[name]["fails"])) >= 12
