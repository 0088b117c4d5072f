"""commentary check --batch: a line out for a line in, whatever the line is."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from commentary.cli import batch
from commentary.pipeline import TextChecker
from commentary.resources import folder

Run = Callable[..., Result]
LONG = folder("data") / "snapshots" / "btc-long-side.json"
TRUE = "CoinGlass's seven-day model puts $1.07 billion of bitcoin longs between $62,140 and $60,593."
FALSE = TRUE.replace("1.07", "1.09")


def _lines(*lines: object) -> str:
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)


def _answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_and_one_error_makes_the_batch_fail(run: Run) -> None:
    Path("l.jsonl").write_text(_lines({"id": "a", "text": TRUE}, {"id": 2, "text": FALSE}))
    result = run("check", "--batch", "l.jsonl", "--facts", str(LONG))
    first, second = _answers(result)
    assert first == {"id": "a", "ok": True, "findings": []}
    assert (second["id"], second["ok"]) == (2, False)
    assert [(one["code"], one["text"]) for one in second["findings"]] == [("numbers.untraced", "$1.09 billion")]
    assert (result.exit_code, result.stderr) == (1, "2 checked, 1 with errors\n")


def test_a_line_that_is_too_long_to_be_read_is_not_ok(run: Run) -> None:
    endless = "Bitcoin will crash to $10, and shorts paid longs $999, so sell now; " * 50
    result = run("check", "--batch", "-", "--facts", str(LONG), "-q", text=_lines({"id": 1, "text": endless}))
    (answer,) = _answers(result)
    assert ("completeness.unread", "error") in [(one["code"], one["severity"]) for one in answer["findings"]]
    assert (answer["ok"], result.exit_code) == (False, 1)


def test_a_batch_without_errors_exits_0(run: Run) -> None:
    result = run("check", "--batch", "-", "--facts", str(LONG), "-q", text=_lines({"id": 1, "text": TRUE}, "", "  "))
    assert (result.exit_code, len(_answers(result)), result.stderr) == (0, 1, "")


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("nope", None, "line 1, column 1: it is not JSON"),
        ('{"id": 1, "text": "a"', 1, "line 1, column 22: it is not JSON"),
        ('{"id": 1, "text": "a"} b', 1, "goes on behind the object"),
        ("[1]", None, "an object is asked for"),
        ("[" * 100_000, None, "line 1"),
        ('{"id": 1, "a": ' + "[" * 100_000, 1, "nested too deeply"),
        ({"text": "a"}, None, "line 1/id: write an id"),
        ({"id": None, "text": "a"}, None, "line 1/id"),
        ({"id": True, "text": "a"}, None, "line 1/id"),
        ({"id": [1], "text": "a"}, None, "line 1/id"),
        ({"id": 1}, 1, "line 1/text"),
        ({"id": 1, "text": 5}, 1, "line 1/text"),
        ({"id": 1, "text": " \n"}, 1, "line 1/text: there is no word in it to check; give the text itself"),
        ('{"id": 1, "text": "\\ud800"}', 1, "half a character"),
        (
            {"id": 1, "text": "a", "facts": "b"},
            1,
            "line 1/facts: 'facts' cannot be used; a line has id, text, snapshot",
        ),
        ('{"id": 1, "text": "a", "text": "b"}', 1, "stands twice"),
        ({"id": 1, "text": "a", "snapshot": "no.json"}, 1, "line 1/snapshot: 'no.json' cannot be read (No such file"),
        ({"id": 1, "text": "a", "snapshot": "-"}, 1, "line 1/snapshot: '-' cannot be used; name a file"),
        ({"id": 1, "text": "a", "snapshot": 7}, 1, "line 1/snapshot: '7' cannot be used; write a path"),
        ({"id": 1, "text": "a", "snapshot": {}}, 1, "line 1/snapshot/format: 'format' is missing"),
        ({"id": 1, "text": "a", "snapshot": {"format": "commentary.snapshot/1", "asset": 5}}, 1, "line 1/snapshot/"),
    ],
)
def test_a_bad_line_is_answered_and_stops_nothing(run: Run, line: object, name: object, said: str) -> None:
    result = run("check", "--batch", "-", "--facts", str(LONG), text=_lines(line, {"id": "b", "text": TRUE}))
    bad, good = _answers(result)
    assert bad["id"] == name
    assert said in bad["error"]
    assert good["ok"]
    assert result.exit_code == 1
    assert result.stderr == "1 checked, 0 with errors, 1 not to be checked\n"


def test_a_line_that_is_no_utf8_says_where(run: Run) -> None:
    Path("l.jsonl").write_bytes(b'{"id": 1, "text": "\xe9"}\n' + _lines({"id": 2, "text": TRUE}).encode())
    bad, good = _answers(run("check", "--batch", "l.jsonl", "--facts", str(LONG)))
    assert bad == {"id": None, "error": "line 1: byte 19 of the line is no UTF-8; save it as UTF-8"}
    assert good["ok"]


def test_a_line_that_is_too_long_is_passed_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LARGEST_LINE", 1000)
    lines = _lines({"id": 1, "text": "a" * 5000}, {"id": 2, "text": TRUE})
    bad, good = _answers(run("check", "--batch", "-", "--facts", str(LONG), text=lines))
    assert "line 1: it is longer than" in bad["error"]
    assert (good["id"], good["ok"]) == (2, True)


def test_a_line_without_facts_is_an_error_of_its_own(run: Run) -> None:
    bad, good = _answers(
        run(
            "check",
            "--batch",
            "-",
            "--any-path",
            text=_lines({"id": 1, "text": TRUE}, {"id": 2, "text": TRUE, "snapshot": str(LONG)}),
        )
    )
    assert "give --facts" in bad["error"]
    assert good["ok"]


def test_a_snapshot_in_the_line_is_read_as_exactly_as_a_file(run: Run) -> None:
    written = LONG.read_text()
    twice = '{"format": "commentary.snapshot/1", "asset": "BTC", "asset": "ETH"}'
    lines = '{"id": 1, "text": %s, "snapshot": %s}\n{"id": 2, "text": "a", "snapshot": %s}\n'
    result = run("check", "--batch", "-", text=lines % (json.dumps(TRUE), " ".join(written.split()), twice))
    good, bad = _answers(result)
    assert good["ok"]
    assert "the name stands twice" in bad["error"]


def test_facts_of_the_same_snapshot_are_computed_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import commentary.pipeline as pipeline

    computed: list[object] = []
    compute = pipeline.facts_of

    def counting(read: Any, **options: Any) -> Any:
        computed.append(read)
        return compute(read, **options)

    monkeypatch.setattr(pipeline, "facts_of", counting)
    inline = json.loads(LONG.read_text())
    lines = [{"id": i, "text": TRUE, "snapshot": str(LONG) if i % 2 else inline} for i in range(6)]
    assert run("check", "--batch", "-", "--any-path", text=_lines(*lines)).exit_code == 0
    assert len(computed) == 2


def test_what_facts_can_say_is_worked_out_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    class Counting(TextChecker):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            made.append(arguments)
            super().__init__(*arguments, **options)

    monkeypatch.setattr("commentary.pipeline.TextChecker", Counting)
    Path("s.json").write_text(LONG.read_text())
    lines = [{"id": i, "text": TRUE} | ({"snapshot": "s.json"} if i % 2 else {}) for i in range(6)]
    assert run("check", "--batch", "-", "--facts", str(LONG), text=_lines(*lines)).exit_code == 0
    assert len(made) == 2


def test_a_line_names_no_file_outside_the_folders_of_the_run_unless_it_is_let(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder_ in ("lines", "elsewhere", "here"):
        (tmp_path / folder_).mkdir()
        (tmp_path / folder_ / "s.json").write_text(LONG.read_text())
    monkeypatch.chdir(tmp_path / "here")
    here = Path.cwd() / "here.json"
    here.write_text(LONG.read_text())
    (tmp_path / "lines" / "link.json").symlink_to(tmp_path / "elsewhere" / "s.json")
    inside = [str(tmp_path / "lines" / "s.json"), "here.json", str(here)]
    outside = [str(tmp_path / "elsewhere" / "s.json"), str(tmp_path / "lines" / "../elsewhere/s.json"),
               str(tmp_path / "lines" / "link.json"), "/etc/passwd"]  # fmt: skip
    lines = tmp_path / "lines" / "l.jsonl"
    lines.write_text(_lines(*({"id": place, "text": TRUE, "snapshot": place} for place in (*inside, *outside, "\0"))))
    answers = {one["id"]: one for one in _answers(run("check", "--batch", str(lines)))}
    assert all(answers[place]["ok"] for place in inside)
    for place in outside:
        assert "/snapshot: " in answers[place]["error"]
        assert str(tmp_path / "lines") in answers[place]["error"]
        assert "--any-path" in answers[place]["error"]
    assert "cannot be read" in answers["\0"]["error"]
    let = {one["id"]: one for one in _answers(run("check", "--batch", str(lines), "--any-path"))}
    assert all(let[place]["ok"] for place in (*inside, *outside[:3]))
    piped = _answers(run("check", "--batch", "-", text=_lines({"id": 1, "text": TRUE, "snapshot": inside[0]})))
    assert "--any-path" in piped[0]["error"]


def test_options_hold_for_every_line(run: Run) -> None:
    lines = _lines({"id": 1, "text": "CoinGlass models $1.07\u00a0billion of bitcoin longs down to $60,593."})
    assert run("check", "--batch", "-", "--facts", str(LONG), text=lines).exit_code == 0
    assert run("check", "--batch", "-", "--facts", str(LONG), "--strict", text=lines).exit_code == 1
    assert run("check", "--batch", "-", "--facts", str(LONG), "--scope", "article", text=lines).exit_code == 1


def test_html_in_a_line_is_read_as_a_page(run: Run) -> None:
    lines = _lines({"id": 1, "text": '<p>A model. <img alt="$1.09 billion"></p>'})
    (answer,) = _answers(run("check", "--batch", "-", "--facts", str(LONG), text=lines))
    assert [one["span"] for one in answer["findings"]] == [[22, 35]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--batch", "no.jsonl"), "--batch: 'no.jsonl' cannot be read"),
        (("--batch", "."), "'.' is a folder; name a file"),
        (("t.txt", "--batch", "-"), "leave it out"),
        (("--batch", "-", "--facts", "-"), "the lines come through standard input"),
        (("--batch", "-", "--facts", "no.json"), "--facts: 'no.json' cannot be read"),
        ((), "or give --batch"),
        (("t.txt", "--any-path"), "--any-path: 'given' cannot be used; it says where the lines of a batch may reach"),
    ],
)
def test_what_keeps_a_batch_from_beginning_exits_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run("check", *arguments, text="")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_an_answer_comes_before_the_next_line_is_asked_for() -> None:
    command = [sys.executable, "-m", "commentary", "check", "--batch", "-", "--facts", str(LONG)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for i in range(3):
            process.stdin.write(_lines({"id": i, "text": TRUE}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == i
        process.stdin.close()
        assert process.wait(30) == 0
