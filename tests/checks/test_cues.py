"""The lists of words that checkers ask for are there, and a misspelled one is no silence."""

import re
from pathlib import Path

import pytest

import commentary.checks
from commentary.checks.cues import cues
from commentary.checks.market_words import is_known
from commentary.errors import ConfigError


def test_a_list_that_is_not_there_is_named_with_its_file():
    with pytest.raises(ConfigError, match=r"cues-en\.toml has no list 'conditonal'"):
        cues("en").said("conditonal", "if")


def test_every_list_that_a_checker_names_is_there():
    code = "".join(path.read_text() for path in Path(commentary.checks.__file__).parent.glob("*.py"))
    named = re.findall(r"""(?:said\(|cues\[|said\[)["'](\w+)["']""", code)
    assert len(named) > 40
    for name in named:
        assert cues("en")[name]


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
