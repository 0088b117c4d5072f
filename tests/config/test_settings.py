"""commentary.toml: what may stand in it, where it is looked for, and what its hash covers."""

from decimal import Decimal
from pathlib import Path

import pytest

from commentary.config import Settings, load_settings, read_settings
from commentary.config import settings as config
from commentary.errors import BadInputError, ConfigError

FULL = """
template_folder = "house"
packs = ["eu", "global"]
[publisher]
name = "Harbour Wire"
responsible_person = "A. Editor"
[style]
billions = "$1.07bn"
[thresholds.calm]
largest_move = 1.50
[sources]
from = ["coinglass", "binance"]
allow_hosts = ["127.0.0.1:8123"]
[sources.base_urls]
binance = "http://127.0.0.1:8123/binance"
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMENTARY_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    stories = tmp_path / "data" / "stories"
    stories.mkdir(parents=True)
    (stories / "calm.toml").write_text("")
    monkeypatch.setattr(config, "folder", lambda name: tmp_path / name)
    monkeypatch.setattr(config, "pack_names", lambda: ("global", "eu"))


def _write(text: str, name: str = "commentary.toml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_without_a_file_every_value_is_a_default() -> None:
    assert load_settings() == Settings()
    assert {origin for _, _, origin in load_settings().effective()} == {"default"}


def test_each_value_says_where_it_comes_from() -> None:
    Path("house").mkdir()
    settings = read_settings(_write(FULL))
    found = {name: (value, origin) for name, value, origin in settings.effective()}
    assert found["publisher.name"] == ("Harbour Wire", "commentary.toml")
    assert found["publisher.byline"] == ("", "default")
    assert found["thresholds.calm.largest_move"] == (Decimal("1.50"), "commentary.toml")
    assert found["packs"] == (("global", "eu"), "commentary.toml")
    assert found["sources.from"] == (("coinglass", "binance"), "commentary.toml")
    assert found["sources.allow_hosts"] == (("127.0.0.1:8123",), "commentary.toml")
    assert found["sources.base_urls.binance"] == ("http://127.0.0.1:8123/binance", "commentary.toml")
    assert settings.style.billions == "$1.07bn"
    assert settings.template_folder == Path("house")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sources = ['binance']", "sources: ['binance'] cannot be used; write it as a table, [sources]"),
        (
            "[sources]\nkey = 'secret'",
            "sources.key: 'secret' cannot be used; [sources] has from, allow_hosts, calls_a_minute, base_urls",
        ),
        ("[sources]\nfrom = 'binance'", "sources.from: 'binance' cannot be used; write a list of names"),
        (
            "[sources.calls_a_minute]\ncoinglass = 0",
            "sources.calls_a_minute.coinglass: 0 cannot be used; write a whole",
        ),
        ("[sources.base_urls]\nbinance = 'ftp://x'", "write an address such as https://fapi.binance.com"),
        ("[sources.base_urls]\nbinance = 'https://a:b@x.org'", "keys stand in the environment"),
        ("[sources.base_urls]\nbinance = 'https://x.org:99999'", "write an address such as"),
    ],
)
def test_a_source_that_cannot_be_asked_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(_write(text))
    assert words in str(caught.value)


def test_where_data_is_fetched_from_is_no_part_of_what_changes_a_text() -> None:
    assert read_settings(_write("[sources]\nfrom = ['binance']")).sha256 == Settings().sha256


def test_the_option_wins_over_the_variable_and_the_variable_over_the_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def named(name: str) -> str:
        return f'[publisher]\nname = "{name}"'

    option, variable = (_write(named(name), f"{name}.toml") for name in ("option", "variable"))
    own = _write(named("own"), "xdg/commentary/commentary.toml")
    assert load_settings().publisher.name == "own"
    assert load_settings().path == own.resolve()
    _write(named("here"))
    assert load_settings().publisher.name == "here"
    monkeypatch.setenv("COMMENTARY_CONFIG", str(variable))
    assert load_settings().publisher.name == "variable"
    assert load_settings(option).publisher.name == "option"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("colour = 'red'", "colour is not a setting"),
        ("[publisher]\nnmae = 'x'", "publisher.nmae is not a setting"),
        ("[publisher]\nname = 5", "publisher.name: 5"),
        ("[style]\nbillions = '$1.07B'", "style.billions: '$1.07B'"),
        ("[thresholds.calmm]\nx = 1", "thresholds.calmm is not a setting"),
        ("[thresholds.calm]\nprice_percent = -3", "write a number of the same sign as ours"),
        ("[thresholds.calm]\nx = true", "thresholds.calm.x: True"),
        ("[thresholds.calm]\nx = nan", "thresholds.calm.x: "),
        ("packs = 'global'", "packs: 'global'"),
        ("packs = ['global', 'mars']", "packs: 'mars' cannot be used; there are global, eu"),
        ("packs = ['eu']", 'write packs = ["global", "eu"]'),
        ("packs = []", "'global' is the floor of every pack"),
        ("[style.rules]\nsentence = 30", "style.rules.sentence: 30 cannot be used; there are sentence_words"),
        (
            "[style.rules]\nsentence_words = 3",
            "style.rules.sentence_words: 3 cannot be used; write a whole number from 8",
        ),
        ("[style.rules]\nheadline_characters = true", "style.rules.headline_characters: True"),
        ("[style.rules]\ninstead = ['x']", "style.rules.instead: ['x']"),
        ("[style.rules.instead]\nhuge = 5", "style.rules.instead.huge: 5"),
        ("[style.rules.instead]\nhuge = '5 times'", "style.rules.instead.huge: '5 times'"),
        ("[style.rules.instead]\n'...' = ''", "style.rules.instead....: '...'"),
        ("[style.rules.instead]\nhuge = 'Huge'", "the word would stand in its own place"),
        ("style = 'us'", "style: 'us'"),
        ("template_folder = 'nowhere'", "template_folder: 'nowhere'"),
        ("packs = [", "not a TOML file"),
    ],
)
def test_a_mistake_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(_write(text))
    assert "commentary.toml: " in str(caught.value)
    assert place in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[style]\nspelling = 'uk'", "style.spelling: 'uk' cannot be used; write 'us'"),
    ],
)
def test_a_setting_without_effect_is_refused(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(_write(text))
    assert words in str(caught.value)


def test_a_house_has_rules_of_style_beside_its_forms() -> None:
    text = "[style]\ndates = '22 November'\n[style.rules]\nsentence_words = 30\n[style.rules.instead]\nmassive = ''\n"
    settings = read_settings(_write(text))
    assert (settings.style.dates, settings.rules.sentence_words) == ("22 November", 30)
    assert settings.rules.instead == (("massive", ""),)
    found = {name: (value, origin) for name, value, origin in settings.effective()}
    assert found["style.rules.sentence_words"] == (30, "commentary.toml")
    assert found["style.rules.instead.massive"] == ("", "commentary.toml")
    assert found["style.rules.headline_characters"] == (None, "default")
    assert settings.sha256 != Settings().sha256


def test_a_named_file_must_exist() -> None:
    with pytest.raises(BadInputError, match="--config"):
        load_settings(Path("missing.toml"))


def test_the_hash_covers_values_and_overlay_templates_but_not_the_place_of_the_file() -> None:
    Path("house").mkdir()
    Path("b/house").mkdir(parents=True)
    one = read_settings(_write(FULL))
    two = read_settings(_write(FULL, "b/commentary.toml"))
    assert one.sha256 == two.sha256 != Settings().sha256
    assert read_settings(_write(FULL.replace("1.50", "1.5"))).sha256 == one.sha256
    Path("b/house/lead.j2").write_text("new wording")
    assert two.sha256 != one.sha256
