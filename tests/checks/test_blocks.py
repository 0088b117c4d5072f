"""A plain text taken apart: what is a heading, an item, a paragraph, and where each character stood."""

import pytest

from commentary.checks.blocks import blocks

READ = [
    # what, text, [level, words] of each block
    ("a paragraph over lines", "One\n  two\n\nThree\n", [(0, "One two"), (0, "Three")]),
    ("headings by signs", "# One\ntwo\n###### Six\n#none\n", [(1, "One"), (0, "two"), (6, "Six"), (0, "#none")]),
    ("seven signs are none", "####### Seven", [(0, "####### Seven")]),
    ("a line below makes a title", "One\n===\nTwo\n---\n", [(1, "One"), (2, "Two")]),
    ("two strokes do not", "Two\n--\n", [(0, "Two --")]),
    ("one equals sign does", "One\n=\n", [(1, "One")]),
    ("a line below nothing is words", "===\nOne", [(0, "=== One")]),
    ("items of three signs", "- One\n* Two\n• Three\n", [(0, "One"), (0, "Two"), (0, "Three")]),
    ("a sign without a space is none", "One\n-two\n", [(0, "One -two")]),
    ("an item ends a paragraph and goes on", "One\n- Two\n  more\n", [(0, "One"), (0, "Two more")]),
    ("a list counts on from one", "1. One\n2) Two\n3. Three\n", [(0, "One"), (0, "Two"), (0, "Three")]),
    (
        "a number that does not count on is a word",
        "It ended on Nov.\n22. November",
        [(0, "It ended on Nov. 22. November")],
    ),
    ("nor one before a small letter", "One\n1. two", [(0, "One 1. two")]),
    ("a number at the beginning is an item", "22. Two", [(0, "Two")]),
    ("a list begins anew behind an empty line", "1. One\n\n1. Two\n2. Three", [(0, "One"), (0, "Two"), (0, "Three")]),
    ("a list does not go on at the same number", "1. One\n1. Two", [(0, "One 1. Two")]),
    ("a quotation", "> One\n> two\n", [(0, "One two")]),
    ("emphasis", "*One* **two** ***three*** _four_ five_six 7 * 8 $1.**07**", None),
    ("strokes before signs", r"\*One\* 5\% \# two", [(0, r"*One* 5\% # two")]),
    ("spaces of every kind", " One \t two\r\n\vthree ", [(0, "One two three")]),
    ("nothing", " \n\n\t\n", []),
]


@pytest.mark.parametrize(
    ("text", "read"), [row[1:] for row in READ if row[2] is not None], ids=[r[0] for r in READ if r[2] is not None]
)
def test_a_text_has_these_blocks(text, read):
    assert [(block.level, block.text) for block in blocks(text)] == read


@pytest.mark.parametrize("text", [row[1] for row in READ], ids=[row[0] for row in READ])
def test_each_character_knows_where_it_stood(text):
    for block in blocks(text):
        assert len(block.text) == len(block.places)
        assert list(block.places) == sorted(set(block.places))
        for character, at in zip(block.text, block.places, strict=True):
            assert character == text[at] or (character == " " and text[at].isspace())


def test_signs_around_words_are_dropped_and_those_within_a_figure_are_not():
    (block,) = blocks("*One* **two** _four_ five_six 7 * 8 ($9) *ten*.")
    assert block.text == "One two four five_six 7 * 8 ($9) ten."
