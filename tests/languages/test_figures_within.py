"""A figure is read alike wherever it stands in a text, and so is whatever looks like a quantity."""

import tomllib
from pathlib import Path

import pytest

from commentary.languages.en import residue

CASES = tomllib.loads((Path(__file__).parent / "residue.toml").read_text(encoding="utf-8"))
TEXTS = [text for text in [*(text for text, _ in CASES["finds"]), *CASES["passes"]] if " " in text]
BEFORE = "So it goes. "
BEHIND = " So it went."


@pytest.mark.parametrize("text", TEXTS)
def test_figures_move_with_their_sentence(english, text):
    n = len(BEFORE)
    alone = [one._replace(start=one.start + n, end=one.end + n, core=one.core + n) for one in english.figures(text)]
    assert list(english.figures(f"{BEFORE}{text}{BEHIND}")) == alone


@pytest.mark.parametrize("text", TEXTS)
def test_quantities_and_watched_words_move_with_their_sentence(text):
    n = len(BEFORE)
    within = f"{BEFORE}{text}{BEHIND}"
    assert list(residue.quantities(within)) == [(start + n, end + n) for start, end in residue.quantities(text)]
    moved = [(start + n, end + n, category) for start, end, category in residue.watched(text)]
    assert list(residue.watched(within)) == moved
