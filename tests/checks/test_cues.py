"""The lists of words that checkers ask for are there, and a misspelled one is no silence."""

import re
from pathlib import Path

import pytest

import commentary.checks
from commentary.checks.cues import cues
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
