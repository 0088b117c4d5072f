"""What the residue finds and what it lets pass, from residue.toml; and that it never misses a digit."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.languages.en import residue

CASES = tomllib.loads((Path(__file__).parent / "residue.toml").read_text(encoding="utf-8"))
DIGITS = "0123456789０５٣٩३๓߃½¾²₄ⅣⅬ三億〇①"


@pytest.mark.parametrize(("text", "spans"), CASES["finds"])
def test_a_quantity_is_found(text, spans):
    assert [text[a:b] for a, b in residue.quantities(text)] == spans


@pytest.mark.parametrize("text", CASES["passes"])
def test_honest_english_passes(text):
    assert [text[a:b] for a, b in residue.quantities(text)] == []


@pytest.mark.parametrize("case", CASES["watched"], ids=lambda case: case["text"])
def test_a_watched_word_is_found_with_its_category(case):
    found = residue.watched(case["text"])
    assert [[case["text"][a:b], category] for a, b, category in found] == case["finds"]


@given(before=st.text(max_size=12), digit=st.sampled_from(DIGITS), after=st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_no_digit_of_any_script_is_missed(before, digit, after):
    text = f"{before}{digit}{after}"
    place = len(before)
    assert any(a <= place < b for a, b in residue.quantities(text))


@given(before=st.text(max_size=12), sign=st.sampled_from("$€£¥₩₿%‰٪"), after=st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_no_sign_of_money_or_percent_is_missed(before, sign, after):
    text = f"{before}{sign}{after}"
    assert any(a <= len(before) < b for a, b in residue.quantities(text))


def test_an_exemption_hides_no_figure():
    for phrase in residue.LEXICON["exemptions"]["phrases"]:
        assert not any(character.isnumeric() for character in phrase), phrase


def test_no_word_is_watched_under_two_directions_or_two_sides():
    for name in ("direction", "side"):
        words = [word for words in residue.LEXICON[name].values() for word in words]
        assert len(words) == len(set(words))
