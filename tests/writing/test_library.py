"""Templates are read block by block, and nothing is said that was not linted."""

import pytest

from commentary.errors import TemplateError
from commentary.languages import language
from commentary.resources import folder
from commentary.writing.library import Library
from commentary.writing.templates import load_folder

EN = language("en")
GOOD = "{# what #}\n{% say 'a' kind='fact' %}\nIt was {{ price | price }}.\n{% endsay %}\n"
BAD = "{% say 'b' kind='fact' %}\nIt was $5.\n{% endsay %}\n"


@pytest.fixture
def ours(tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "good.j2").write_text(GOOD)
    return tmp_path / "ours"


def test_every_shipped_block_is_read_the_same_whole_or_alone():
    ours = folder("templates") / "en"
    assert dict(Library(ours, (), EN)) == dict(load_folder((ours,), EN))


def test_a_block_that_breaks_a_rule_is_refused_when_it_is_asked_for_with_its_line(ours):
    (ours / "bad.j2").write_text("\n\n" + BAD)
    library = Library(ours, (), EN)
    assert library["a"].alternatives
    with pytest.raises(TemplateError, match=r"bad\.j2, line 3: 'b' writes '\$5'"):
        library["b"]


def test_a_newsrooms_own_block_is_refused_at_once_and_replaces_ours_if_it_is_sound(ours, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.j2").write_text(GOOD.replace("It was", "Price was"))
    assert Library(ours, (own,), EN)["a"].alternatives[0].parts[0] == "Price was "
    (own / "bad.j2").write_text(BAD)
    with pytest.raises(TemplateError, match=r"bad\.j2, line 1"):
        Library(ours, (own,), EN)


def test_text_outside_a_block_and_a_name_given_twice_are_refused(ours):
    (ours / "twice.j2").write_text(GOOD)
    with pytest.raises(TemplateError, match="'a' stands also in good"):
        Library(ours, (), EN)
    (ours / "twice.j2").write_text("Some text.\n" + GOOD.replace("'a'", "'c'"))
    with pytest.raises(TemplateError, match="only say blocks"):
        Library(ours, (), EN)


def test_a_sentence_that_is_not_there_is_not_made_up(ours):
    library = Library(ours, (), EN)
    assert (len(library), list(library), library.get("z")) == (1, ["a"], None)
