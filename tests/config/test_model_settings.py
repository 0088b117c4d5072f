"""[model] of commentary.toml."""

from pathlib import Path

import pytest

from commentary.config import Settings
from commentary.config.model_settings import ModelSettings
from commentary.config.settings import read_settings
from commentary.errors import ConfigError

FULL = """
[model]
where = "http://127.0.0.1:8080/v1"
name = "small"
temperature = 0.3
call_seconds = 5
budget_seconds = 60
concurrency = 2
batch = 8
device = "cuda:1"
allowed_hosts = ["10.0.0.5:8080"]
"""


def read(text: str, tmp_path: Path) -> Settings:
    path = tmp_path / "commentary.toml"
    path.write_text(text)
    return read_settings(path)


def test_every_setting_is_read_and_shown_with_its_place(tmp_path):
    settings = read(FULL, tmp_path)
    assert settings.model == ModelSettings(
        "http://127.0.0.1:8080/v1", "small", 0.3, 5.0, 60.0, 2, 8, "cuda:1", ("10.0.0.5:8080",)
    )
    shown = {name: (value, origin) for name, value, origin in settings.effective()}
    assert shown["model.temperature"] == (0.3, str(tmp_path / "commentary.toml"))
    assert {name: origin for name, (_, origin) in shown.items() if name.startswith("model.")} == dict.fromkeys(
        (f"model.{name}" for name in ModelSettings._fields), str(tmp_path / "commentary.toml")
    )


def test_without_the_section_texts_are_the_templates():
    assert Settings().model.where == ""
    assert ("model.budget_seconds", 120.0, "default") in list(Settings().effective())


def test_a_model_is_no_part_of_the_hash_as_a_draft_is_verified_without_it(tmp_path):
    assert read(FULL, tmp_path).sha256 == Settings().sha256


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("were = 'x'", "model.were"),
        ("where = 'models/small'", "write a folder with its whole path"),
        ("where = 'ftp://x/y'", "write an address such as"),
        ("where = 'http://:80/'", "write an address such as"),
        ("where = 'http://host:99999/'", "write an address such as"),
        ("where = 'http://me:secret@host/v1'", "write the address alone"),
        ("where = 5", "write text"),
        ("temperature = -1", "write a number from 0 to 2"),
        ("temperature = nan", "write a number from 0 to 2"),
        ("temperature = true", "write a number from 0 to 2"),
        ("temperature = 2020-01-01", "write a number from 0 to 2"),
        ("call_seconds = 0", "write a number from 0.1 to 3600"),
        ("budget_seconds = '9'", "write a number from 0.1 to 3600"),
        ("concurrency = 0", "write a whole number from 1 to 256"),
        ("batch = 1.5", "write a whole number from 1 to 256"),
        ("device = 'gpu'", "model.device"),
        ("allowed_hosts = 'host'", "write a list of hosts"),
    ],
)
def test_a_mistake_is_refused_with_its_place(tmp_path, line, said):
    with pytest.raises(ConfigError) as caught:
        read(f"[model]\n{line}\n", tmp_path)
    assert f"commentary.toml: model.{line.partition(' ')[0]}: " in str(caught.value)
    assert said in str(caught.value)
