"""The commands as a desk runs them: real stages, bundled snapshots, whole outputs."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from commentary.records.formats import NAMES
from commentary.resources import folder

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
SNAPSHOTS = folder("data") / "snapshots"
INDEX = tomllib.loads((SNAPSHOTS / "index.toml").read_text(encoding="utf-8"))
LONG = str(SNAPSHOTS / "btc-long-side.json")


def test_a_draft_is_written_checked_and_explained(run: Run) -> None:
    assert run("draft", LONG, "--format", "json", "--output", "d.json").exit_code == 0
    assert run("check", "d.json").exit_code == 0
    shown = run("explain", "d.json", "2.5%").stdout
    for line in (
        "= (reach_price / price - 1) * 100",
        "60,593 USD",
        "62,140 USD",
        "observed, Binance, 2026-11-22 08:55 UTC",
    ):
        assert line in shown


def test_explain_answers_for_every_figure_of_a_draft(run: Run) -> None:
    run("draft", LONG, "--format", "json", "--output", "d.json")
    draft = json.loads(Path("d.json").read_text())
    headline = draft["headline"]
    figures = {headline[m["start"] : m["end"]] for m in draft["mentions"] if m["path"] == "/headline"}
    assert figures
    for figure in figures:
        assert run("explain", "d.json", figure).exit_code == 0
    assert run("explain", "d.json", "$999").exit_code == 2
    assert run("explain", "d.json", " ").exit_code == 2


@pytest.mark.parametrize(
    ("name", "why"),
    [("btc-stale", "staleness (liquidation map)"), ("eth-short-of-data", "is not known: the snapshot holds no")],
)
def test_no_story_exits_0_and_says_why(run: Run, name: str, why: str) -> None:
    assert INDEX[name]["story"] == "none"
    result = run("draft", str(SNAPSHOTS / f"{name}.json"))
    assert result.exit_code == 0
    assert result.stdout.startswith("No story.\n")
    assert why in " ".join(result.stdout.split())
    data = json.loads(run("draft", str(SNAPSHOTS / f"{name}.json"), "--format", "json").stdout)
    assert data["story"] is None
    assert {reason["name"] for reason in data["reasons"]} >= {"calm", "liquidation_map"}


def test_a_text_is_checked_against_a_snapshot(run: Run) -> None:
    Path("t.txt").write_text("Bitcoin fell to $3.\n")
    result = run("check", "t.txt", "--facts", LONG)
    assert result.exit_code == 1
    assert "'$3' traces to no fact" in result.stdout
    assert "numbers.untraced" in result.stdout


@pytest.mark.parametrize(("format", "ending"), [("html", "html"), ("markdown", "md"), ("text", "txt")])
def test_a_published_form_holds_no_untraced_figure(run: Run, format: str, ending: str) -> None:
    run("draft", LONG, "--format", "json", "--output", "d.json")
    run("draft", LONG, "--format", format, "--output", f"page.{ending}")
    found = json.loads(run("check", f"page.{ending}", "--facts", "d.json", "--format", "json").stdout)
    assert not [finding for finding in found["findings"] if finding["code"] == "numbers.untraced"]


def test_facts_show_unit_window_source_formula_and_what_is_missing(run: Run) -> None:
    shown = run("facts", LONG).stdout
    for words in (
        "open interest change in coin, all exchanges, 24 hours",
        "-1.1%",
        "reported, CoinGlass",
        "= oi_coin * price",
    ):
        assert words in shown
    assert "not known: the map of CoinGlass does not name its exchanges" in shown


def test_a_snapshot_made_by_flags_is_drafted(run: Run) -> None:
    flags = ["--price", "62140", "--below", "60593=1.07B", "--source", "CoinGlass", "--output", "mine.json"]
    assert run("snapshot", "new", *flags, "--as-of", "2026-11-22T09:00:00Z").exit_code == 0
    result = run("draft", "mine.json")
    assert result.exit_code == 0
    assert "$60,593" in result.stdout


def test_a_newsrooms_settings_reach_the_text(run: Run) -> None:
    Path("commentary.toml").write_text(
        '[publisher]\nname = "Harbour Wire"\n[style]\nbillions = "$1.07bn"\n'
        "[thresholds.liquidation_map]\nfloor_usd = 2_000_000_000\nfloor_oi_percent = 90\n"
    )
    shown = " ".join(run("stories", LONG).stdout.split())
    assert "sum up to a price is $1.07 billion, must be at least $2 billion" in shown
    Path("commentary.toml").write_text('[publisher]\nname = "Harbour Wire"\n[style]\nbillions = "$1.07bn"\n')
    text = run("draft", LONG).stdout
    assert "$1.07bn" in text
    assert "Harbour Wire" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["draft", "missing.json"], "missing.json"),
        (["draft", "."], "Is a directory"),
        (["facts", "noise.bin"], "no UTF-8"),
        (["stories", "list.json"], "one JSON object"),
        (["snapshot", "check", "d.json"], "a snapshot (commentary snapshot new makes one) is asked for here"),
        (["explain", "s.json", "5"], "a draft (commentary draft --format json makes one) is asked for here"),
        (["explain", "deep.json", "5"], "nested too deeply"),
        (["check", "noise.bin", "--facts", "s.json"], "UTF-8"),
        (["check", "list.json", "--facts", "deep.json"], "nested too deeply"),
        (["draft", "s.json", "--now", "9999-12-31T23:59:59-10:00"], "--now"),
        (["draft", "s.json", "--language", "xx"], "xx"),
        (["draft", "s.json", "--output", "nowhere/page.html"], "nowhere/page.html"),
        (["config", "--config", "noise.bin"], "not a TOML file"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_sentence_and_exit_2(run: Run, arguments: list[str], words: str) -> None:
    Path("s.json").write_bytes(Path(LONG).read_bytes())
    Path("noise.bin").write_bytes(bytes(range(128, 256)))
    Path("list.json").write_text("[]")
    Path("deep.json").write_text("[" * 100_000)
    Path("d.json").write_text('{"format": "commentary.draft/1"}')
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("commentary: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(("redirect", "code"), [(">/dev/full", 2), (">&-", 0), ("2>&- >/dev/null", 0), ("<&-", 0)])
def test_streams_that_are_closed_or_full_leave_no_traceback(redirect: str, code: int) -> None:
    shell = f'"{sys.executable}" -m commentary draft --quiet {redirect}; echo "code $?" >&2'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    assert f"code {code}\n" in done.stderr


def test_no_color_and_pipes_are_plain(run: Run) -> None:
    for command in (["draft", LONG], ["facts", LONG], ["stories", LONG], ["config"]):
        assert "\033" not in run(*command).stdout


def test_a_page_is_no_draft_to_explain(run: Run) -> None:
    Path("article.md").write_text("# A 2.5% fall\n")
    result = run("explain", "article.md", "2.5%")
    assert (result.exit_code, "draft --format json" in result.stderr) == (2, True)


def test_every_format_has_its_schema(run: Run) -> None:
    for name in NAMES:
        assert json.loads(run("schema", name).stdout)["$schema"]
