"""Measures of words: worked out by hand where that can be done, else as sacrebleu 2.6.0 gave them for such tokens."""

import pytest

from commentary.runs.measures.reading import reading
from commentary.runs.measures.syllables import syllables, syllables_aloud
from commentary.runs.measures.tokens import TOKENISER, tokens
from commentary.runs.measures.variety import bleu, distinct, pairwise_bleu, self_bleu

FIVE = [line.split() for line in ("a b c d e f", "a b c x e f", "q w a b c d z", "a b q", "x y z w v")]


def test_a_token_is_a_mask_a_word_or_a_sign():
    assert TOKENISER == "words-and-signs-1"
    text = "CoinGlass's <source> model: <level>, 24-hour."
    assert tokens(text) == ("coinglass's", "<source>", "model", ":", "<level>", ",", "24-hour", ".")


def test_a_text_is_as_alike_to_itself_as_can_be():
    assert bleu(FIVE[0], [FIVE[0]]) == pytest.approx(100)


def test_texts_without_a_word_in_common_are_not_alike():
    assert bleu(list("abcd"), [list("efgh")]) == 0
    assert bleu([], [FIVE[0]]) == 0
    assert bleu(FIVE[0], []) == 0


def test_a_short_text_is_held_to_its_length():
    # All of its n-grams stand in the reference, which is 6 long: 100 * exp(1 - 6/4).
    assert bleu(list("abcd"), [FIVE[0]]) == pytest.approx(100 * 2.718281828459045 ** (1 - 6 / 4))


def test_bleu_is_what_sacrebleu_gives():
    # BLEU(tokenize="none", smooth_method="exp", effective_order=True), each against the other four.
    given = [60.427508, 39.763536, 47.28708, 32.343252, 11.510153]
    found = [bleu(text, [other for j, other in enumerate(FIVE) if j != i]) for i, text in enumerate(FIVE)]
    assert found == pytest.approx(given, abs=1e-6)
    assert self_bleu(FIVE) == pytest.approx(38.266306006884605)
    assert pairwise_bleu(FIVE) == pytest.approx(17.370857675772463)


def test_one_text_is_like_no_other():
    assert self_bleu(FIVE[:1]) == pairwise_bleu(FIVE[:1]) == 0


def test_distinct_pairs_do_not_run_over_the_end_of_a_text():
    # ab bc | ab bd: four pairs, of which three differ.
    assert distinct([list("abc"), list("abd")]) == 0.75
    assert distinct([["a"], ["b"]]) == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("price", 1),
        ("closed", 1),
        ("called", 1),
        ("whole", 1),
        ("moves", 1),
        ("settled", 2),
        ("table", 2),
        ("million", 2),
        ("equal", 2),
        ("going", 2),
        ("prices", 2),
        ("CoinGlass's", 2),
        ("exchanges", 3),
        ("ratio", 3),
        ("idea", 3),
        ("actual", 3),
        ("liquidation", 4),
        ("unusual", 4),
        ("estimated", 4),
        ("four-hour", 2),
        ("$62,140", 1),
        ("", 1),
    ],
)
def test_syllables_are_counted_by_rule(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count", "read"),
    [
        ("$36.1", 7, "thirty-six point one dollars"),
        ("$62,140", 12, "sixty-two thousand one hundred forty dollars"),
        ("1918", 4, "nineteen eighteen, as Flesch reads it"),
        ("0.07%", 9, "zero point zero seven percent"),
        ("17", 3, "seventeen"),
        ("20", 2, "twenty"),
        ("1,000", 3, "one thousand"),
        ("05:05", 2, "five five"),
        ("BTC", 3, "by its letters"),
        ("CoinGlass", 2, "a word"),
        ("24-hour", 4, "twenty-four hour"),
        ("liquidation", 4, "a word"),
        ("", 1, "nothing is one syllable still"),
    ],
)
def test_figures_are_read_aloud(word, count, read):
    assert syllables_aloud(word) == count, read


def test_the_grade_is_flesch_and_kincaids():
    # Sentences of two and five words, each of one syllable.
    found = reading(["It fell. Price fell at noon then.", ""])
    assert (found.sentences, found.words, found.longest_sentence) == (2, 7, 5)
    assert found.mean_sentence == 3.5
    assert found.grade == found.grade_aloud == pytest.approx(0.39 * 3.5 + 11.8 * 1 - 15.59)


def test_the_grade_is_given_with_figures_as_one_syllable_and_read_aloud():
    # Five words: "Price", "fell", "7.5%" (sev-en point five per-cent: six), "at", "noon".
    found = reading(["Price fell 7.5% at noon."])
    assert found.grade == pytest.approx(0.39 * 5 + 11.8 * 5 / 5 - 15.59)
    assert found.grade_aloud == pytest.approx(0.39 * 5 + 11.8 * 10 / 5 - 15.59)


def test_no_text_has_no_grade():
    assert reading([]) == (0, 0, 0.0, 0, 0.0, 0.0)
