"""A figure that traces to no fact comes with what was probably meant, and nothing is offered that would be refused."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from commentary import Settings, check_text
from commentary.pipeline.fixing import fix

FILE = Path(__file__).parent / "suggestions" / "slips.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


def checked(text, facts):
    return check_text(text, facts, settings=Settings(), scope="passage")


@pytest.fixture(params=[pytest.param(case, id=case["found"]) for case in CASES])
def case(request):
    return request.param


def test_what_was_probably_meant_is_offered_in_the_form_of_the_text(sheet, case):
    found = checked(case["text"], sheet(case["snapshot"])).findings
    offered = [(one.text, list(one.suggest)) for one in found if one.code == "numbers.untraced"]
    assert offered == [(case["found"], case["suggest"])]


def test_what_is_offered_is_not_refused(sheet, case):
    facts = sheet(case["snapshot"])
    before = Counter(one.code for one in checked(case["text"], facts).findings if one.severity == "error")
    for wording in case["suggest"]:
        found = checked(case["text"].replace(case["found"], wording), facts).findings
        now = Counter(one.code for one in found if one.severity == "error")
        assert now["numbers.untraced"] < before["numbers.untraced"]
        assert not now - before
        # An approved sentence is no longer altered where its figure is put right; what else was wrong stays.
        rest = {code for code in before if code != "numbers.untraced" and not code.startswith("altered.")}
        assert {code: now[code] for code in rest} == {code: before[code] for code in rest}


def test_a_slip_is_mended_where_no_other_fits(sheet, case):
    facts = sheet(case["snapshot"])
    mended = fix(case["text"], lambda text: checked(text, facts))
    meant = case["text"].replace(case["found"], case["suggest"][0]) if case["mended"] else case["text"]
    assert mended.content == meant
    assert len(mended.changes) == case["mended"]


def test_a_wording_keeps_the_capital_that_begins_the_sentence(sheet):
    text = "Some $1.3 billion of Solana positions were recorded by CoinGlass as liquidated in the past day."
    (found,) = [one for one in checked(text, sheet("sol-liquidations")).findings if one.severity == "error"]
    assert found.suggest == ("Some $130 million",)


def test_what_stands_above_a_sentence_says_what_its_figure_is_of(sheet):
    text = "# Bitcoin's open interest on all exchanges\n\nIt came to $16.08 billion."
    found = checked(text, sheet("btc-long-side")).findings
    assert [one.suggest for one in found if one.code == "numbers.untraced"] == [("$16.8 billion",)]
