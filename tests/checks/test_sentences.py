"""Where a sentence ends, and where a clause does."""

import pytest

from commentary.checks.scene import Scene
from commentary.checks.sentences import clause_span, sentence_spans
from commentary.languages.phrases import Mark

ENDS = [
    ("One.", ["One."]),
    ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
    ("It was $1.07 billion. More.", ["It was $1.07 billion.", "More."]),
    ("On Nov. 22 it fell. On Dec. 1 too.", ["On Nov. 22 it fell.", "On Dec. 1 too."]),
    ("It fell on 22 Nov.", ["It fell on 22 Nov."]),
    ("It fell in Nov. ", ["It fell in Nov."]),
    ("Dino. Two.", ["Dino.", "Two."]),
    ("At 9 a.m. it fell, vs. 8 p.m. before.", ["At 9 a.m. it fell, vs. 8 p.m. before."]),
    ("One\nTwo\n\nThree", ["One", "Two", "Three"]),
    ("One.\n", ["One."]),
    ("\n \n", []),
    ("One.   Two", ["One.", "Two"]),
    ("e.g.this", ["e.g.this"]),
]


@pytest.mark.parametrize(("text", "sentences"), ENDS)
def test_a_text_has_these_sentences(text, sentences):
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@pytest.mark.parametrize(
    "text", ["He said “so.” Then more.", 'He said "so." Then', "One (two.) Three", "It’s ‘so.’ Two"]
)
def test_a_stop_before_a_closing_sign_ends_a_sentence(text):
    assert len(list(sentence_spans(text))) == 2


CLAUSES = [
    # text, a word in it, its clause, its clause as the rules see it
    ("Price fell; open interest rose", "rose", "open interest rose", "open interest rose"),
    ("Price fell: longs paid", "fell", "Price fell", "Price fell"),
    ("Price fell – longs paid – and rose", "paid", "longs paid", "longs paid"),
    ("Price fell—longs paid", "paid", "Price fell—longs paid", "longs paid"),
    ("Price (a mark) fell", "mark", "Price (a mark) fell", "a mark"),
    ("Price (a mark) fell", "Price", "Price (a mark) fell", "Price"),
    ("Price (a mark) fell", "fell", "Price (a mark) fell", " fell"),
    ("Price fell, and longs paid", "paid", "and longs paid", "and longs paid"),
    ("Price fell, longs paid", "paid", "Price fell, longs paid", "Price fell, longs paid"),
    ("Price fell while longs paid", "paid", "longs paid", "longs paid"),
    ("Price fell, or longs paid", "paid", "Price fell, or longs paid", "or longs paid"),
    ("Price fell, taking longs", "taking", "Price fell, taking longs", "taking longs"),
    ("Price fell yet longs paid", "paid", "Price fell yet longs paid", "longs paid"),
    ("Price has yet to fall", "fall", "Price has yet to fall", "Price has yet to fall"),
    ("Price fell although longs paid", "paid", "Price fell although longs paid", "longs paid"),
]


@pytest.mark.parametrize(("text", "word", "plain", "seen"), CLAUSES)
def test_a_word_stands_in_this_clause(text, word, plain, seen):
    at = text.index(word)
    assert text[slice(*clause_span(text, at))] == plain
    scene = Scene(text, 0, len(text), (), (), ())
    assert text[slice(*scene.clause(at))] == seen


TEXT = "So it was. From $5 to $6, longs paid $7; shorts did not pay $8. So."
"""Its second sentence begins at 11 and ends at 63."""


@pytest.fixture
def scene():
    names = {"pays": "paid", "side:long": "longs", "side:short": "shorts", "kind:money": "$5", "denial": "not pay"}
    marks = sorted(Mark(TEXT.index(word), TEXT.index(word) + len(word), name) for name, word in names.items())
    marks.insert(0, Mark(0, 2, "denial"))
    marks.append(Mark(64, 66, "denial"))
    at = TEXT.index("pay $8")
    marks.insert(-1, Mark(at, at + 3, "pays"))
    figures = tuple((TEXT.index(one), TEXT.index(one) + 2) for one in ("$5", "$6", "$7", "$8"))
    return Scene(TEXT, 11, 63, sorted(marks), figures, {"pays", "side:", "kind:", "denial"})


def test_marks_are_those_of_the_sentence_and_none_within_a_figure(scene):
    assert [scene.word(mark) for mark in scene.said("denial")] == ["not pay"]
    assert scene.said("kind:") == []
    assert [scene.word(mark) for mark in scene.said("side:")] == ["longs", "shorts"]
    assert [scene.word(mark) for mark in scene.said(("side:short", "pays"))] == ["paid", "shorts", "pay"]


def test_marks_of_a_stretch_stand_in_it_whole(scene):
    (longs,) = scene.said("side:long")
    assert scene.said("side:", (longs.start, longs.end)) == [longs]
    assert scene.said("side:", (longs.start + 1, longs.end)) == []
    assert scene.said("side:", (longs.start, longs.end - 1)) == []


def test_of_marks_that_overlap_the_longest_counts(scene):
    assert [scene.word(mark) for mark in scene.longest(("pays", "denial"))] == ["paid", "not pay"]
    assert [scene.word(mark) for mark in scene.longest("pays")] == ["paid", "pay"]


@pytest.mark.parametrize(
    ("figure", "before", "behind"),
    [
        ("$5", "From ", " to "),
        ("$6", " to ", ", longs paid "),
        ("$7", ", longs paid ", ""),
        ("$8", "shorts did not pay ", "."),
    ],
)
def test_what_stands_between_a_figure_and_those_beside_it(scene, figure, before, behind):
    span = (TEXT.index(figure), TEXT.index(figure) + 2)
    assert TEXT[slice(*scene.before(span))] == before
    assert TEXT[slice(*scene.behind(span))] == behind
