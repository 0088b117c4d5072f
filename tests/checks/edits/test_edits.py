"""What was changed in approved sentences is named by what it speaks of, and a change of words alone is none."""

import tomllib
from pathlib import Path

import pytest

from commentary import Settings, check_text

TABLES = tomllib.loads((Path(__file__).parent / "edits.toml").read_text(encoding="utf-8"))
ARTICLE = TABLES["article"].strip().replace("\n", " ")


def altered(text, sheet):
    found = check_text(text, sheet("btc-long-side"), settings=Settings(), scope="passage").findings
    return sorted([one.code.removeprefix("altered."), one.text] for one in found if one.code.startswith("altered."))


def edited(old, new):
    assert old in ARTICLE
    return ARTICLE.replace(old, new, 1)


def test_the_article_itself_is_as_it_was_approved(sheet):
    assert check_text(ARTICLE, sheet("btc-long-side"), settings=Settings(), scope="passage").findings == ()


@pytest.mark.parametrize(("old", "new"), TABLES["same"])
def test_what_says_the_same_is_no_change(old, new, sheet):
    assert altered(edited(old, new), sheet) == []


@pytest.mark.parametrize(("old", "new", "found"), TABLES["changed"])
def test_a_change_is_named_by_what_it_speaks_of(old, new, found, sheet):
    assert altered(edited(old, new), sheet) == found
