"""commentary check EDITED --draft: what an editor is told, where in the file it stands, and what answers it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from commentary.resources import folder

Run = Callable[..., Result]
LONG = str(folder("data") / "snapshots" / "btc-long-side.json")
LEAD = "/sections/0/paragraphs/0"
SECOND = "/sections/0/paragraphs/1"
"""A paragraph whose last sentence tells no figure of the standfirst's."""


@pytest.fixture
def page(run: Run) -> str:
    """The draft's text; the draft itself is d.json."""
    run("draft", LONG, "--format", "json", "--output", "d.json")
    return run("draft", LONG, "--format", "markdown").stdout


def _sentences(path: str) -> list[str]:
    """The sentences of a field of d.json."""
    draft = json.loads(Path("d.json").read_text())
    _, section, _, paragraph = path.strip("/").split("/")
    text = draft["sections"][int(section)]["paragraphs"][int(paragraph)]
    return [text[one["start"] : one["end"]] for one in draft["sentences"] if one["path"] == path]


def _edited(run: Run, content: str, name: str = "e.md", *options: str) -> Result:
    Path(name).write_text(content)
    return run("check", name, "--draft", "d.json", *options)


def _where(content: str, words: str) -> str:
    before = content[: content.index(words)].split("\n")
    return f"line {len(before)}, column {len(before[-1]) + 1}"


@pytest.mark.parametrize(("form", "name"), [("markdown", "e.md"), ("text", "e.txt")])
@pytest.mark.parametrize(
    ("was", "now", "at", "path"),
    [
        ("$92.8 million", "$82.9 million", "about $82.9", "/sections/0/paragraphs/1"),
        ("", "effort", "effort", "/unknowns/1"),
        ("not of price", "not of fate", "fate", "/sentiment/rationale"),
    ],
)
def test_a_finding_of_a_field_says_where_in_the_file_it_stands(
    run: Run, page: str, form: str, name: str, was: str, now: str, at: str, path: str
) -> None:
    if not was:
        # The third word of the unknown is another.
        first, second, third = json.loads(Path("d.json").read_text())["unknowns"][1].split()[:3]
        was, now = f"- {first} {second} {third}", f"- {first} {second} {now}"
    written = run("draft", LONG, "--format", form).stdout.replace(was, now, 1)
    assert now in written
    told = _edited(run, written, name).stdout
    (line,) = (line for line in told.splitlines() if "error: " in line)
    assert line.startswith(f"error: {_where(written, at)} ({path}): ")


def test_a_finding_of_a_split_and_of_a_joined_paragraph_says_where_it_stands(run: Run, page: str) -> None:
    second, last, following = _sentences(LEAD)[1], _sentences(LEAD)[-1], _sentences("/sections/0/paragraphs/1")[0]
    split = page.replace(second, f"\n\nEstimation: {second}")
    assert f"error: {_where(split, 'Estimation')} ({LEAD})" in _edited(run, split).stdout
    tiny = f"{last.rpartition(' ')[0]} tiny."
    joined = page.replace(f"{last}\n\n{following}", f"{tiny} {following}")
    assert tiny in joined
    assert f"error: {_where(joined, 'tiny')} ({LEAD})" in _edited(run, joined).stdout


def test_a_line_that_no_field_holds_is_told_by_its_place(run: Run, page: str) -> None:
    changed = page.replace("## Not known", "## Unknown")
    assert _edited(run, changed).stdout == (
        f"error: {_where(changed, 'Unknown')}: “Unknown” no field holds this line, so nothing vouches for it; "
        "write “Not known” again [draft.layout]\n"
    )
    gone = page.replace("## Not known\n\n", "")
    unknowns = f"\n\n- {json.loads(Path('d.json').read_text())['unknowns'][0]}"
    end = len(gone[: gone.index(unknowns)].splitlines()[-1])
    line = gone[: gone.index(unknowns)].count("\n") + 1
    assert _edited(run, gone).stdout.startswith(f"error: line {line}, column {end + 1}: the line “Not known” is gone")


def test_a_field_that_was_left_out_is_told_by_where_it_stood(run: Run, page: str) -> None:
    (first, *_) = _sentences("/sections/0/paragraphs/1")
    written = "\n\n".join(part for part in page.split("\n\n") if not part.startswith(first))
    assert written != page
    assert "error: line 7, column " in _edited(run, written).stdout


@pytest.mark.parametrize("end", ["first", "last"])
def test_a_sentence_that_was_taken_out_is_named(run: Run, page: str, end: str) -> None:
    if end == "last":
        *_, before, cut = _sentences(SECOND)
        written, shown = page.replace(f" {cut}", ""), before.split()[-1]
    else:
        places = (f"/sections/{i}/paragraphs/0" for i in range(1, 4))
        cut, behind, *_ = next(found for place in places if len(found := _sentences(place)) > 1)
        written, shown = page.replace(f"{cut} ", ""), " ".join(behind.split()[:2])
    assert written != page
    line = _edited(run, written).stdout
    assert f"“{shown}” at these words the sentence “{cut[:40]}" in line
    assert "was taken out; put it back, or sign for the cut with name and reason [altered.words]" in line
    assert line.count("\n") == 1


def test_the_disclaimer_that_the_finding_names_suffices(run: Run) -> None:
    text = (
        "# Bitcoin longs down to $60,593\n\nCoinGlass's model of 08:55 UTC has $1.07 billion of bitcoin longs down to "
        "$60,593 and $412 million of shorts up to $64,900. Which exchanges it covers is not known.\n"
    )
    Path("a.md").write_text(text)
    (line,) = run("check", "a.md", "--facts", LONG).stdout.splitlines()
    assert "there is no disclaimer; add one, such as “This is not investment advice.” [completeness.disclaimer]" in line
    Path("a.md").write_text(f"{text}\nThis is not investment advice.\n")
    assert run("check", "a.md", "--facts", LONG).exit_code == 0


def test_the_disclaimer_makes_no_text_of_somebody_elses_an_edit_of_ours(run: Run) -> None:
    text = (
        "# A lot of longs under bitcoin\n\nGood morning. Bitcoin was at $62,140 on Binance at 08:55 UTC on Nov. 22.\n\n"
        "CoinGlass's model has $1.07 billion of long liquidations down to $60,593, and $412 million of shorts up to "
        "$64,900. We do not know which exchanges the model covers.\n\nBinance's funding rate settled at 0.0024% per "
        "eight hours at 08:00 UTC. Longs paid shorts. Open interest fell 1.1% in coin in the 24 hours to 08:50 UTC.\n"
    )
    Path("a.md").write_text(text)
    assert "[completeness.disclaimer]" in run("check", "a.md", "--facts", LONG).stdout
    for line in ("This is not investment advice.", "Longs paid shorts.\n\nThis is not investment advice."):
        Path("a.md").write_text(f"{text}\n{line}\n")
        result = run("check", "a.md", "--facts", LONG)
        assert (result.stdout, result.exit_code) == ("", 0)


def test_the_disclaimer_that_the_finding_names_stands_beside_our_own_sentences_too(run: Run, page: str) -> None:
    Path("b.md").write_text(f"{page}\nThis is not investment advice.\n")
    assert run("check", "b.md", "--facts", LONG).exit_code == 0


def test_a_cut_is_signed_for_by_the_words_that_the_finding_shows_and_their_sentence_as_it_stands_now(
    run: Run, page: str
) -> None:
    *_, before, last = _sentences(SECOND)
    entry = {
        "code": "altered.words",
        "path": SECOND,
        "text": before.split()[-1],
        "sentence": before,
        "reason": "Our readers know",
        "name": "A. Editor",
        "time": "2026-11-22T10:00:00Z",
    }
    Path("o.json").write_text(json.dumps({"format": "commentary.overrides/1", "overrides": [entry]}))
    result = _edited(run, page.replace(f" {last}", ""), "e.md", "--overrides", "o.json")
    assert (result.exit_code, result.stdout.startswith("note: line 9")) == (0, True)
