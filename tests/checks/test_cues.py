"""The lists of words that checkers ask for are there, and a misspelled one is no silence."""

import tomllib
from pathlib import Path

import pytest

from commentary import checks
from commentary.checks.cues import cues
from commentary.checks.market_words import inflected, is_known
from commentary.checks.scene import Scene
from commentary.errors import ConfigError


def test_a_list_that_is_not_there_is_named_with_its_file():
    with pytest.raises(ConfigError, match=r"cues-en\.toml has no list 'conditonal'"):
        cues("en").said("conditonal", "if")


def test_no_list_holds_a_word_twice():
    (path,) = Path(checks.__file__).parent.glob("cues-*.toml")
    lists = {
        (table, name): words
        for table, held in tomllib.loads(path.read_text(encoding="utf-8")).items()
        for name, words in held.items()
        if isinstance(words, list)
    }
    twice = {where: word for where, words in lists.items() for word in words if words.count(word) > 1}
    assert (len(lists) > 100, twice) == (True, {})


def test_a_rule_that_asks_for_a_list_that_is_not_there_is_told():
    scene = Scene("Longs pay.", 0, 10, (), (), cues("en").names)
    assert scene.said("payers:") == []
    for name in ("conditonal", "knid:map"):
        with pytest.raises(ConfigError, match=name):
            scene.said(("denial", name))


def test_a_language_without_cues_is_named():
    with pytest.raises(ConfigError, match="cues-xx"):
        cues("xx")


@pytest.mark.parametrize(
    "word", ["climbs", "stopped", "steepest", "carried", "long's", "day-old", "heaviest", "shrank"]
)
def test_a_form_of_a_word_in_the_list_is_known(word):
    assert is_known(word, "en")


@pytest.mark.parametrize("word", ["protect", "lessons", "savers", "holiday", "outages", "day-trippers"])
def test_a_word_from_elsewhere_is_not(word):
    assert not is_known(word, "en")


def test_a_language_without_a_lexicon_is_named():
    with pytest.raises(ConfigError, match="market_words-xx"):
        is_known("price", "xx")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("climb", "climbs climbed climbing"),
        ("rise", "rises rised rising"),
        ("carry", "carries carried carrying"),
        ("stay", "stays stayed staying"),
        ("dip", "dips dipped dipping"),
        ("ebb", "ebbs ebbed ebbing"),
        ("droop", "droops drooped drooping"),
        ("sink", "sinks sinked sinking"),
        ("grow", "grows growed growing"),
        ("settle", "settles settled settling"),
        ("weaken", "weakens weakened weakening"),
        ("pass", "passes passed passing"),
        ("push", "pushes pushed pushing"),
        ("touch", "touches touched touching"),
        ("tax", "taxes taxed taxing"),
        ("buzz", "buzzes buzzed buzzing"),
        ("up", "ups uped uping"),
    ],
)
def test_the_regular_forms_of_a_verb(word, forms):
    assert inflected(word) == (word, *forms.split())


@pytest.mark.parametrize("word", ["traded", "trading", "price's", "longs'", "lower", "mostly", "long’s", "price-like"])
def test_more_forms_of_words_in_the_list(word):
    assert is_known(word, "en")


@pytest.mark.parametrize("word", ["ing", "ed", "s", "zzzed"])
def test_an_ending_alone_is_no_word(word):
    assert not is_known(word, "en")
