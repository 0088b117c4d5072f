"""README.md: its commands run as printed, from top to bottom, and its settings are read."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commentary.cli.app import app
from commentary.config import read_settings
from commentary.runs.fake_market.server import FakeMarket

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMENTARY_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))


LIVE = re.search(r"^## Live data\n.*?^## ", README, re.DOTALL | re.MULTILINE)[0]  # type: ignore[index]
"""The section whose commands ask real servers."""
MINUTES = ("eval", "bench")
"""Commands that measure over many drafts."""


def commands(text: str) -> list[list[str]]:
    """Return the arguments of our commands in the fences of a text."""
    # The end of a fence of another language is not taken for the beginning of one without.
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    lines = [line for language, body in fences if not language for line in body.splitlines()]
    each = [part.strip() for line in lines for part in line.split("&&")]
    return [shlex.split(command)[1:] for command in each if command.startswith("commentary ")]


@pytest.mark.slow
def test_the_live_commands_run_as_printed_where_the_addresses_are_those_of_a_fake_market(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`watch` would go on: it is told to look once."""
    monkeypatch.setenv("COMMENTARY_STORE", str(tmp_path / "desk.sqlite"))
    with FakeMarket(seed=1) as market:
        urls = "\n".join(f'{name} = "{url}"' for name, url in market.base_urls.items())
        host = market.url.removeprefix("http://")
        Path("commentary.toml").write_text(f'[sources]\nallow_hosts = ["{host}"]\n[sources.base_urls]\n{urls}\n')
        told = commands(LIVE)
        assert [arguments[0] for arguments in told] == ["doctor", "fetch", "draft", "watch", "alerts", "store"]
        for arguments in told:
            once = ["--once"] if arguments[0] == "watch" else []
            result = CliRunner().invoke(app, [*arguments, *once])
            assert result.exit_code == 0, (arguments, result.output)


@pytest.mark.parametrize("long", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_commands_run_as_printed(tmp_path: Path, long: bool) -> None:
    for name in ("data", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    told = [arguments for arguments in commands(README.replace(LIVE, "")) if (arguments[0] in MINUTES) is long]
    assert len(told) > (2 if long else 7)
    for arguments in told:
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (arguments, result.output)


def test_the_python_lines_run_as_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    (lines,) = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    page = ["draft", "data/snapshots/btc-flush.json", "--format", "html", "--output", "page.html"]
    assert CliRunner().invoke(app, page).exit_code == 0
    exec(compile(lines, "README.md", "exec"), {})
    assert capsys.readouterr().out == "True\n"


def test_the_sample_settings_are_read_and_each_has_an_effect(tmp_path: Path) -> None:
    (sample,) = re.findall(r"^```toml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    (tmp_path / "commentary.toml").write_text(sample)
    settings = read_settings(tmp_path / "commentary.toml")
    assert settings.written >= {"publisher.byline", "style.billions", "thresholds.liquidation_map.floor_usd"}
    result = CliRunner().invoke(app, ["draft"])
    assert result.exit_code == 0
    assert "By the desk · Harbour Wire · Responsible editor: A. Editor" in result.stdout
    assert "$1.07bn" in result.stdout
    assert "$1.07B" not in result.stdout
    assert "22 November" in result.stdout


def test_the_template_folder_of_the_sample_is_one_line_to_take_into_use(tmp_path: Path) -> None:
    (sample,) = re.findall(r"^```toml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    (tmp_path / "our-templates").mkdir()
    (tmp_path / "commentary.toml").write_text(sample.replace("# template_folder", "template_folder"))
    assert read_settings(tmp_path / "commentary.toml").template_folder == tmp_path / "our-templates"
