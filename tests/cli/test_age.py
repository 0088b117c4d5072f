"""The remark on a snapshot that is old by the clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
WORDS = "give --now to judge its age by the clock"


def snapshot(run: Run, age: timedelta) -> str:
    as_of = (datetime.now(UTC) - age).isoformat()
    given = ["--price", "62140", "--below", "60593=1.07B", "--source", "CoinGlass", "--as-of", as_of]
    assert run("snapshot", "new", *given, "--output", "s.json").exit_code == 0
    return "s.json"


@pytest.mark.parametrize("command", ["draft", "facts", "stories"])
def test_an_old_snapshot_is_remarked_on_in_one_line_beside_the_result(run: Run, command: str) -> None:
    result = run(command, snapshot(run, timedelta(days=104, minutes=5)))
    assert f"this snapshot is 104 days old; {WORDS}\n" in result.stderr
    assert WORDS not in result.stdout
    assert WORDS not in run(command, "s.json", "--quiet").stderr
    assert WORDS not in run(command, "s.json", "--now", datetime.now(UTC).isoformat()).stderr


def test_a_snapshot_of_today_is_not(run: Run) -> None:
    assert WORDS not in run("facts", snapshot(run, timedelta(hours=23))).stderr
    Path("s.json").unlink()
    assert "this snapshot is 1 day old" in run("facts", snapshot(run, timedelta(hours=25))).stderr
