"""What check and explain make of a real draft that was changed, cut up or sent through a pipe."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from commentary.resources import folder

Run = Callable[..., Result]
SNAPSHOTS = sorted((folder("data") / "snapshots").glob("*.json"))
TRIED = [
    pytest.param(path, id=path.stem, marks=[] if number % 3 == 1 else [pytest.mark.slow])
    for number, path in enumerate(SNAPSHOTS)
]
"""One in three by default, the others with the slow tests."""
LONG = str(folder("data") / "snapshots" / "btc-long-side.json")


@pytest.fixture
def made(run: Run) -> dict[str, Any]:
    """A draft as its JSON."""
    run("draft", LONG, "--format", "json", "--output", "d.json")
    found: dict[str, Any] = json.loads(Path("d.json").read_text())
    return found


def _check(run: Run, changed: dict[str, Any]) -> Result:
    Path("changed.json").write_text(json.dumps(changed))
    return run("check", "changed.json")


@pytest.mark.parametrize("snapshot", TRIED)
def test_a_draft_passes_against_its_own_snapshot(run: Run, snapshot: Path) -> None:
    text = run("draft", str(snapshot), "--format", "markdown").stdout
    Path("x.md").write_text(text)
    result = run("check", "x.md", "--facts", str(snapshot))
    assert text.startswith("No story.") or (result.exit_code, "error" in result.stdout) == (0, False), result.stdout


@pytest.mark.parametrize("format", ["html", "markdown", "text"])
def test_a_published_form_passes_through_a_pipe(run: Run, made: dict[str, Any], format: str) -> None:
    assert made["checks"]["ok"]
    page = run("draft", LONG, "--format", format).stdout
    result = run("check", "-", "--facts", "d.json", text=page)
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_snapshots_own_name_of_an_asset_may_be_attributed_to(run: Run) -> None:
    snapshot = json.loads(Path(LONG).read_text())
    Path("own.json").write_text(json.dumps({**snapshot, "asset": "WIF", "name": "Dogwifhat"}))
    Path("t.txt").write_text("Dogwifhat's price says little.\n")
    assert "names.unknown" not in run("check", "t.txt", "--facts", "own.json").stdout


@pytest.mark.parametrize("other", ["eth-two-sided", "btc-flush"])
def test_of_a_snapshot_of_another_asset_or_time_that_alone_is_said(run: Run, made: dict[str, Any], other: str) -> None:
    result = run("check", "d.json", "--facts", str(folder("data") / "snapshots" / f"{other}.json"))
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)
    assert result.stdout.startswith("error: /as_of: the draft is of BTC at 2026-11-22 09:00 UTC, and this snapshot of ")


@pytest.mark.parametrize(
    ("content", "said"), [(LONG, "this is a snapshot"), ("f.json", "this is a facts file"), ("e.json", "this is JSON")]
)
def test_what_is_no_text_is_not_checked_as_one(run: Run, content: str, said: str) -> None:
    Path("f.json").write_text(run("facts", LONG, "--format", "json").stdout)
    Path("e.json").write_text('{"/standfirst": "Longs of $3."}')
    result = run("check", content, "--facts", LONG)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{said}, and no text to check; give a text or a draft" in result.stderr


def test_an_unchanged_draft_is_not_altered(run: Run, made: dict[str, Any]) -> None:
    assert "altered" not in _check(run, made).stdout


@pytest.mark.parametrize(
    ("key", "value"),
    [("standfirst", "Something else."), ("facts", []), ("sha256", "0"), ("seed", 1)],
)
def test_an_altered_draft_is_an_error(run: Run, made: dict[str, Any], key: str, value: object) -> None:
    result = _check(run, {**made, key: value})
    assert result.exit_code == 1
    assert "error: /sha256: the draft was changed after it was made" in result.stdout


def test_findings_that_were_taken_away_alter_a_draft(run: Run, made: dict[str, Any]) -> None:
    made["checks"]["sha256"] = "0"
    assert "/checks/sha256" in _check(run, made).stdout
    assert "draft.altered" in _check(run, {**made, "checks": None}).stdout


def test_the_text_of_an_altered_draft_is_checked_too(run: Run, made: dict[str, Any]) -> None:
    shown = _check(run, {**made, "headline": f"{made['headline']} and bitcoin will fall to $3"}).stdout
    for code in ("draft.altered", "numbers.untraced", "wording.prediction"):
        assert code in shown


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/plan/house", None),
        ("/plan/house", []),
        ("/plan/house/colour", "red"),
        ("/plan/house/dates", 3),
        ("/assets", []),
        ("/facts/1", "first"),
        ("/facts/0", "other id"),
        ("/facts/0", "no value"),
    ],
)
def test_a_mutilated_draft_names_the_place_and_the_remedy(
    run: Run, made: dict[str, Any], path: str, value: object
) -> None:
    if value == "first":
        made["facts"][1] = made["facts"][0]
    elif value == "other id":
        made["facts"][0]["id"] = "other"
    elif value == "no value":
        made["facts"][0]["as_of"] = None
    else:
        *above, last = path.strip("/").split("/")
        holder = made
        for key in above:
            holder = holder[key]
        holder[last] = value
    result = _check(run, made)
    assert result.exit_code == 2
    assert path in result.stderr
    assert "make the draft again" in result.stderr


def test_a_draft_without_a_plan_says_what_is_missing(run: Run, made: dict[str, Any]) -> None:
    result = _check(run, {**made, "plan": {}})
    assert (result.exit_code, "/plan/house" in result.stderr) == (2, True)


def test_a_mention_of_no_fact_is_a_finding_and_cannot_be_explained(run: Run, made: dict[str, Any]) -> None:
    made["mentions"][0]["fact"] = "none"
    assert "numbers.unknown_fact" in _check(run, made).stdout
    result = run("explain", "changed.json", "2.5%")
    assert (result.exit_code, "/mentions/0/fact" in result.stderr) == (2, True)


def test_a_figure_is_explained_whole(run: Run, made: dict[str, Any]) -> None:
    found = json.loads(run("explain", "d.json", "$412 million", "--format", "json").stdout)["explanations"]
    assert {entry["fact"]["subject"]["metric"] for entry in found} == {"reach_size"}
    assert run("explain", "d.json", "593").exit_code == 2
    assert run("explain", "d.json", "0.0024%").exit_code == 0


def test_a_draft_is_held_to_its_snapshot(run: Run, made: dict[str, Any]) -> None:
    result = run("check", "d.json", "--facts", LONG)
    assert (result.exit_code, result.stdout) == (0, "")
    Path("s.json").write_text(Path(LONG).read_text().replace("62140", "62150"))
    other = run("check", "d.json", "--facts", "s.json")
    assert other.exit_code == 1
    assert "error: /inputs/0/sha256" in other.stdout
    assert "“price, Binance, mark”, and the snapshot" in other.stdout


def test_a_draft_is_no_snapshot_to_hold_a_draft_to(run: Run, made: dict[str, Any]) -> None:
    result = run("check", "d.json", "--facts", "d.json")
    assert (result.exit_code, "name the snapshot" in result.stderr) == (2, True)


def test_a_draft_whose_facts_contradict_one_another_bears_no_text(run: Run, made: dict[str, Any]) -> None:
    distance = next(one for one in made["facts"] if one["subject"]["metric"] == "reach_distance")
    distance["value"] = -3.2
    Path("changed.json").write_text(json.dumps(made))
    Path("t.txt").write_text("The level lies 3.2% below the price.\n")
    result = run("check", "t.txt", "--facts", "changed.json")
    assert result.exit_code == 2
    assert "by its formula and inputs" in result.stderr


def test_an_edit_of_a_draft_that_was_sealed_anew_is_refused(run: Run, made: dict[str, Any]) -> None:
    from commentary.pipeline.sealing import seal
    from commentary.records.draft import Draft

    free = Draft.model_validate({**made, "disclosures": []})
    Path("sealed.json").write_text(seal(free).model_dump_json())
    Path("e.json").write_text(json.dumps({"/standfirst": made["standfirst"]}))
    result = run("check", "e.json", "--draft", "sealed.json")
    assert (result.exit_code, "sealed.json/disclosures" in result.stderr) == (2, True)


def test_a_value_of_absurd_size_is_refused(run: Run, made: dict[str, Any]) -> None:
    made["facts"][5]["value"] = 10**400
    result = _check(run, made)
    assert (result.exit_code, "/facts/5" in result.stderr) == (2, True)
    assert "1.00e+400 is no size of anything" in result.stderr
    assert run("check", "changed.json", "--facts", LONG).exit_code == 2
