"""What a person names is read without waiting for what never comes, and within a limit that an error names."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from commentary.cli import files
from commentary.cli.files import read_bytes, text_of
from commentary.errors import BadInputError
from commentary.resources import folder

Run = Callable[..., Result]


def test_a_file_and_standard_input_are_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 3_000_000)
    assert read_bytes(str(path), "TEXT") == b"a" * 3_000_000


def test_a_file_over_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * (2**20 + 1))
    with pytest.raises(BadInputError, match=r"1,048,577 bytes, and the limit is 1 MiB") as caught:
        read_bytes(str(path), "TEXT", 2**20)
    assert str(path) in str(caught.value)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_what_never_ends_is_refused() -> None:
    with pytest.raises(BadInputError, match="more than 1,048,576 bytes, and the limit is 1 MiB"):
        read_bytes("/dev/zero", "TEXT", 2**20)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_read_once_somebody_writes_and_refused_if_nobody_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(b"b" * 200_000))
    writer.start()
    assert read_bytes(str(path), "TEXT") == b"b" * 200_000
    writer.join()
    monkeypatch.setattr(files, "_NO_WRITER_SECONDS", 0.1)
    with pytest.raises(BadInputError, match="nobody wrote to this pipe within"):
        read_bytes(str(path), "TEXT")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_that_falls_silent_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    monkeypatch.setattr(files, "_SILENT_SECONDS", 0.1)
    held = os.open(path, os.O_RDWR)
    try:
        with pytest.raises(BadInputError, match="nothing came out of this pipe"):
            read_bytes(str(path), "TEXT")
    finally:
        os.close(held)


@pytest.mark.parametrize(("place", "said"), [("no.txt", "No such file"), (".", "directory"), ("a\0b", "null byte")])
def test_what_cannot_be_read_is_named(place: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInputError, match=said):
        read_bytes(place, "TEXT")


def test_text_that_is_no_utf8_says_where() -> None:
    assert text_of(b"\xef\xbb\xbfa", "t.txt") == "a"
    with pytest.raises(BadInputError, match=r"t\.txt, line 2, column 3: byte 5 of the file, 0xe9, is no UTF-8"):
        text_of("a\nü".encode() + b"b\xe9", "t.txt")
    with pytest.raises(BadInputError, match="save it as UTF-8"):
        text_of("a".encode("utf-16"), "t.txt")


def test_the_command_says_so_in_one_line(run: Run) -> None:
    Path("t.txt").write_bytes(b"a\xff")
    result = run("check", "t.txt", "--facts", str(folder("data") / "snapshots" / "btc-calm.json"))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "t.txt, line 1, column 2: byte 1 of the file, 0xff," in result.stderr


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A pipe that nobody writes to or reads from."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    monkeypatch.setattr(files, "_NO_WRITER_SECONDS", 0.1)
    (tmp_path / "templates").mkdir()
    for name in ("pipe", "BTCUSDT-1h-2026-10.csv", "templates/own.j2"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "house.toml").write_text('template_folder = "templates"\n')
    return "pipe"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["draft", "pipe"], "nobody wrote to this pipe"),
        (["draft", "--output", "pipe"], "'pipe' cannot be written (nobody reads from it)"),
        (["draft", "--config", "pipe"], "name a settings file that exists"),
        (["draft", "--config", "house.toml"], "it cannot be read (it is a pipe and no file)"),
        (["draft", "--history", "pipe", "--feed", "desk"], "nobody wrote to this pipe"),
        (["draft", "--feed", "desk", "--store", "pipe"], "it is a pipe and no file"),
        (["draft", "--feed", "desk", "--store", "pipe", "--save"], "it is a pipe and no file"),
        (["store", "list", "--store", "pipe"], "it is a pipe and no file"),
        (["alerts", "list", "--feed", "desk", "--store", "pipe"], "it is a pipe and no file"),
        (["check", "pipe", "--facts", "pipe"], "nobody wrote to this pipe"),
        (["check", "--batch", "pipe"], "nobody wrote to this pipe"),
        (["eval", "pipe"], "name a snapshot file that exists"),
        (["bench", "sentences", "pipe"], "it is a pipe and no file"),
        (["snapshot", "archive", "BTCUSDT-1h-2026-10.csv"], "it is a pipe and no file"),
        (["fetch", "BTC", "--offline", "pipe"], "name a folder that a collection was kept in"),
        (["fetch", "BTC", "--keep", "pipe"], "something is there already"),
    ],
)
def test_a_pipe_is_refused_wherever_a_file_is_named_and_never_waited_for(
    run: Run, pipe: str, arguments: list[str], words: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_lines_come_through_a_pipe_once_somebody_writes_to_it() -> None:
    os.mkfifo("lines")
    writer = threading.Thread(target=lambda: Path("lines").write_bytes(b"{}\n"))
    writer.start()
    with files.opened_pipe("lines", "--batch") as lines:
        assert lines.readlines() == [b"{}\n"]
    writer.join()
