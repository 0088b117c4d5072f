"""commentary check of pages: a finding stands where its words stand in the file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from commentary.resources import folder

Run = Callable[..., Result]
SNAPSHOTS = sorted((folder("data") / "snapshots").glob("*.json"))
TRIED = [
    pytest.param(path, id=path.stem, marks=[] if number % 3 == 0 else [pytest.mark.slow])
    for number, path in enumerate(SNAPSHOTS)
]
"""One in three by default, the others with the slow tests."""
LONG = str(folder("data") / "snapshots" / "btc-long-side.json")
HTML = """<title>CoinGlass: $1.09 billion</title>
<p>CoinGlass's seven-day model puts $1.<b>08</b>&nbsp;billion of bitcoin longs
between $62,140 and $60,593.</p>
<!-- was $1.05 billion -->
<img alt="$1.04 billion">
"""


def test_findings_name_line_column_and_place(run: Run) -> None:
    Path("a.html").write_text(HTML)
    result = run("check", "a.html", "--facts", LONG)
    found = [line.split(" traces")[0] for line in result.stdout.splitlines() if "untraced" in line]
    assert result.exit_code == 1
    assert found == [
        "error: line 1, column 19 (title): '$1.09 billion'",
        "error: line 2, column 37: “$1.08\u00a0billion” '$1.08\\xa0billion'",
        "note: line 4, column 10 (comment): '$1.05 billion'",
        "error: line 5, column 11 (alt text): '$1.04 billion'",
    ]


def test_spans_count_in_the_file(run: Run) -> None:
    Path("a.html").write_text(HTML)
    found = json.loads(run("check", "a.html", "--facts", LONG, "--format", "json").stdout)["findings"]
    covered = [HTML[slice(*one["span"])] for one in found if one["code"] == "numbers.untraced"]
    assert covered == ["$1.09 billion", "$1.<b>08</b>&nbsp;billion", "$1.05 billion", "$1.04 billion"]


def test_a_comment_alone_does_not_fail(run: Run) -> None:
    Path("a.html").write_text("<p>A model.</p><!-- $1.05 billion because of it -->")
    result = run("check", "a.html", "--facts", LONG)
    assert (result.exit_code, result.stderr) == (0, "1 note\n")


def test_markdown_through_a_pipe_counts_its_front_matter(run: Run) -> None:
    text = "---\ntitle: Map\n---\n# A model\n\nIt has $1.**09** billion.\n"
    result = run("check", "-", "--facts", LONG, "--scope", "passage", text=text)
    assert "error: line 6, column 8: '$1.09 billion'" in result.stdout


@pytest.mark.parametrize("snapshot", TRIED)
def test_a_page_of_ours_has_no_finding_not_even_in_its_standing_lines(run: Run, snapshot: Path) -> None:
    run("draft", str(snapshot), "--format", "html", "--output", "page.html")
    if Path("page.html").exists():
        result = run("check", "page.html", "--facts", str(snapshot))
        assert (result.exit_code, result.stdout) == (0, "")
