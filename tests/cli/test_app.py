"""The program as a whole: start-up, help, exit codes, pipes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import Result

from commentary.cli.app import Commands
from commentary.errors import ConflictError, NotPermittedError, RemoteError

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
COMMANDS = sorted(path.stem for path in (ROOT / "commentary" / "cli" / "commands").glob("[!_]*.py"))

GROUPS = ("alerts", "bench", "snapshot", "store")
"""Commands of commands, each of which has its own help."""


def _python(code: str, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False, timeout=60
    )


HEAVY = {"pandas", "numpy", "jinja2", "rich", "httpx", "httpcore", "torch", "textual", "platformdirs"}


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], HEAVY | {"pydantic", "json", "commentary.config", "commentary.records.draft"}),
        # typer itself reads a command's options with pydantic.
        (["draft", "--help"], HEAVY),
        (["check"], HEAVY),
    ],
)
def test_help_and_usage_load_nothing_heavy(arguments: list[str], heavy: set[str]) -> None:
    code = (
        f"import sys, atexit\nheavy = {heavy!r}\n"
        "atexit.register(lambda: print('loaded:', sorted(heavy & set(sys.modules))))\n"
        f"sys.argv = ['commentary', *{arguments!r}]\n"
        "from commentary.cli import main\n"
        "main()\n"
    )
    assert "loaded: []" in _python(code).stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output or command in GROUPS
    assert "--quiet" in result.output or command in GROUPS


def test_help_names_every_command_in_one_line_each(run: Run) -> None:
    shown = run("--help").output
    for command in COMMANDS:
        assert f"\n  {command} " in shown


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["draft", "--length", "endless"], ["check"], ["schema", "nothing"], ["draft", "--nothing"]],
)
def test_usage_errors_exit_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_refused_option_is_told_in_plain_words(run: Run) -> None:
    said = run("draft", "--length", "long").output
    assert "Invalid value for '--length': 'long' is not one of 'brief', 'standard', 'full'" in said


def test_a_mistyped_command_is_told_the_right_one(run: Run) -> None:
    assert "did you mean 'draft'?" in run("drfat").stderr


@pytest.mark.parametrize(("error", "code"), [(ConflictError, 3), (NotPermittedError, 4), (RemoteError, 5)])
def test_an_error_is_one_sentence_and_its_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: type[Exception], code: int
) -> None:
    def fail(*_: object) -> None:
        raise error("it did not go")

    monkeypatch.setattr(Commands, "get_command", fail)
    result = run("draft")
    assert (result.exit_code, result.stderr, result.stdout) == (code, "commentary: it did not go\n", "")


def test_an_interrupt_exits_130(run: Run, stages: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["commentary.pipeline"], "draft_snapshots", interrupt)
    Path("s.json").write_text("{}")
    result = run("draft", "s.json")
    assert result.exit_code == 130
    assert "Traceback" not in result.stderr


def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    script = "import sys; sys.argv = ['commentary', 'schema', 'draft']\nfrom commentary.cli import main\nmain()"
    shell = f'{{ "{sys.executable}" -c "$SCRIPT"; echo "code $?" >&2; }} | true'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCRIPT": script}
    result = subprocess.run(shell, shell=True, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert result.stderr == "code 0\n"
