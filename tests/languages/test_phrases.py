"""Phrases of lists are found as whole words, the longest of a list, wherever two lists overlap."""

import pytest

from commentary.languages.phrases import Phrases, named, words_of

LISTS = {"move": ["up", "up to", "built up"], "kind": ["open interest", "interest"], "name": ["Binance", "A.B dollar"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Up it goes", [("move", "Up")]),
        ("up to five", [("move", "up to")]),
        ("up-to-date", [("move", "up-to")]),
        ("up  to", [("move", "up")]),
        ("up, to", [("move", "up")]),
        ("built up to it", [("move", "built up")]),
        ("up up", [("move", "up"), ("move", "up")]),
        ("upper setup", []),
        ("open interest", [("kind", "open interest")]),
        ("Open-Interest and interest", [("kind", "Open-Interest"), ("kind", "interest")]),
        ("Binance's price, BINANCE’S", [("name", "Binance"), ("name", "BINANCE")]),
        ("in a.b dollar terms", [("name", "a.b dollar")]),
        ("İ up", [("move", "up")]),
        ("_up_", [("move", "up")]),
        ("", []),
    ],
)
def test_a_text_holds_these_phrases(text, found):
    assert [(mark.name, text[mark.start : mark.end]) for mark in Phrases(LISTS).find(text)] == found


def test_phrases_of_two_lists_may_overlap():
    found = Phrases({"a": ["one two"], "b": ["two", "one"], "c": ["one two"]}).find("one two")
    assert sorted((mark.name, mark.start, mark.end) for mark in found) == [
        ("a", 0, 7), ("b", 0, 3), ("b", 4, 7), ("c", 0, 7)
    ]  # fmt: skip


def test_a_phrase_without_a_word_is_refused():
    assert words_of("Coin's A.B don’t") == ["coin", "s", "a.b", "don't"]
    with pytest.raises(ValueError, match="holds no word"):
        words_of("…")


@pytest.mark.parametrize(
    ("name", "text", "is_there"),
    [("Acme", "Acme said", True), ("Acme", "by Acme", True), ("Acme", "Acmes", False), ("Acme", "XAcme", False),
     ("acme", "Acme", False), ("A.B", "A.B!", True), ("A.B", "AxB", False)],
)  # fmt: skip
def test_a_name_stands_in_a_text_whole(name, text, is_there):
    assert named(name, text) is is_there
