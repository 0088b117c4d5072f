"""A text is read character by character; what cannot become a sentence with each slot once is impossible."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.models.in_process.alphabet import allowed
from commentary.models.in_process.walk import State, advance

NAMES = frozenset({"MONEY_A", "MONEY_B"})


@pytest.mark.parametrize("character", "09٣५Ⅷ½²①𝟏一%‰‱٪％﹪؉$€£¥₿＄﹩¢\n\r\t\0\x7f\u200b\u00a0\u2028[]［］+<>=|°™�")
def test_no_figure_sign_line_break_or_bracket_stands_outside_slots(character):
    assert not allowed(character)


@pytest.mark.parametrize("character", "aZéñж東 .,;:!?'’\"“”«»()—–-&/")
def test_prose_may_be_written(character):
    assert allowed(character)


@given(st.characters())
def test_what_is_allowed_spells_no_number_and_no_currency_in_any_compatible_form(character):
    if allowed(character):
        for form in (character, unicodedata.normalize("NFKC", character)):
            assert not any(unicodedata.category(each) in {"Nd", "Nl", "No", "Sc"} or each.isdigit() for each in form)


@pytest.mark.parametrize(
    "text",
    [
        "[PRICE_A]",  # no slot of this sentence
        "[MONEY_A] and [MONEY_A]",
        "[MONEY_A] [MONEY_B] [",
        "[MONEY]",
        "[MONEY_A [",
        "[ MONEY_A]",
        "[money_a]",
        "MONEY_A]",
        "[MONEY_A] of 5",
    ],
)
def test_no_other_slot_no_slot_twice_and_no_broken_slot(text):
    assert advance(State(NAMES), text) is None


def test_words_are_counted_without_slots_and_what_is_glued_to_them():
    state = advance(State(NAMES), "Of [MONEY_A], ([MONEY_B]'s) are longs.")
    assert state == State(frozenset(), None, words=4, glued=True, stopped=True)  # Of, (, are, longs.
    assert state.complete


@given(st.text(alphabet="[]MONEY_AB of.5", max_size=30), st.integers(0, 30))
def test_how_a_text_is_cut_makes_no_difference(text, cut):
    whole = advance(State(NAMES), text)
    first = advance(State(NAMES), text[:cut])
    assert whole == (None if first is None else advance(first, text[cut:]))
