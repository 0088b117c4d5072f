"""Disclosure packs: what their files hold, and that of several the strictest wins. None of it is legal advice."""

from datetime import date

import pytest

from commentary.config import packs as module
from commentary.config.packs import FLOOR, pack, pack_names, pack_rules, read_pack
from commentary.errors import ConfigError

NAMES = pack_names()
WHOLE = """
title = "Mars"
version = "1"
effective = 2026-01-01
note = "Not legal advice."
sources = [{ name = "A rule", where = "A book", read = 2026-01-02, gives = "what it asks" }]
"""


def test_the_floor_comes_first():
    assert NAMES == ("global", "eu", "uk", "us")


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_says_what_it_is_read_in_and_that_it_is_no_legal_advice(name):
    one = pack(name)
    assert one.note.startswith("Not legal advice")
    assert one.sources
    for source in one.sources:
        assert source.name
        assert source.where
        assert source.gives
        assert date(2026, 1, 1) <= source.read <= date(2026, 12, 31)
    assert all(block.why for block in one.blocks)
    assert all(ban.message for ban in one.banned)


@pytest.mark.parametrize("name", NAMES)
def test_a_phrase_that_is_spared_holds_words_that_are_banned(name):
    for ban in pack(name).banned:
        words = {word.casefold() for phrase in ban.words for word in phrase.replace("-", " ").split()}
        for phrase in ban.unless:
            assert words & set(phrase.casefold().replace("-", " ").split()), (ban.name, phrase)


def test_without_another_pack_the_floor_alone_holds():
    assert [one.name for one in pack_rules(()).packs] == [FLOOR]
    assert pack_rules(()) == pack_rules((FLOOR,))


def test_of_two_packs_the_strictest_wins():
    floor = {block.name: block for block in pack_rules((FLOOR,)).blocks}
    both = {block.name: block for block in pack_rules((FLOOR, "eu")).blocks}
    # Printed where they are known, and asked for in the Union.
    for name in ("responsible", "interests"):
        assert (floor[name].required, both[name].required) == (False, True)
        assert both[name].packs == ("eu",)
    assert both["corrections"].required is False
    assert both["ai_label"].packs == (FLOOR, "eu")
    assert {need.fact for need in pack_rules((FLOOR, "eu")).needs} == {"publisher", "data_as_of"}


def _made(tmp_path, text, name="mars"):
    path = tmp_path / f"{name}.toml"
    path.write_text(WHOLE + text)
    return read_pack(path)


def test_a_stricter_place_severity_and_condition_win(tmp_path, monkeypatch):
    one = _made(
        tmp_path,
        '[[blocks]]\nname = "x"\nplace = "below"\nsay = "a"\nwhen = ["has price"]\nwhy = "it is"\n'
        '[[banned]]\nname = "y"\nwords = ["a"]\nunless = ["not a", "no a"]\nmessage = "m"\nseverity = "warning"\n',
        FLOOR,
    )
    other = _made(
        tmp_path,
        '[[blocks]]\nname = "x"\nplace = "above"\nsay = "a"\nwhy = "it is"\n'
        '[[banned]]\nname = "y"\nwords = ["b"]\nunless = ["no a"]\nmessage = "m"\n',
        "mars",
    )
    monkeypatch.setattr(module, "pack", {FLOOR: one, "mars": other}.__getitem__)
    pack_rules.cache_clear()
    rules = pack_rules((FLOOR, "mars"))
    pack_rules.cache_clear()
    assert (rules.blocks[0].place, rules.blocks[0].when) == ("above", ())
    ban = rules.banned[0]
    assert (ban.words, ban.unless, ban.severity) == (("a", "b"), ("no a",), "error")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('colour = "red"', "'colour' is no part of a pack"),
        ('[[blocks]]\nname = "x"\nplace = "left"\nsay = "a"\nwhy = "w"', "block 'x' stands 'left'"),
        ('[[blocks]]\nname = "x"\nplace = "above"\nwhy = "w"', "block 'x' says nothing"),
        ('[[blocks]]\nname = "x"\nplace = "above"\nsay = "a"', "'why' is missing"),
        ("[[blocks]]\nsize = 1", "a block has 'size'"),
        ('[[banned]]\nname = "x"\nwords = ["!"]\nunless = []\nmessage = "m"', "holds '!', which is no word"),
        (
            '[[banned]]\nname = "x"\nwords = []\nunless = []\nmessage = "m"\nseverity = "fatal"',
            "write error or warning",
        ),
        ("[[needs]]\nfacts = 1", "a need has 'facts'"),
        ("[", "not a TOML file"),
    ],
)
def test_a_mistake_in_a_pack_is_named(tmp_path, text, words):
    with pytest.raises(ConfigError) as caught:
        _made(tmp_path, text)
    assert words in str(caught.value)
    assert "data/packs/mars.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ('title = "Mars"', "title = 5", "title is 5"),
        ("effective = 2026-01-01", 'effective = "2026-01-01"', "write a day"),
        ("read = 2026-01-02", 'read = "soon"', "read, of 'A rule'"),
    ],
)
def test_what_a_pack_is_has_its_form(tmp_path, was, now, words):
    path = tmp_path / "mars.toml"
    path.write_text(WHOLE.replace(was, now))
    with pytest.raises(ConfigError, match=words):
        read_pack(path)


def test_there_is_no_other_pack():
    with pytest.raises(ConfigError, match="there are global, eu, uk, us"):
        pack("mars")
