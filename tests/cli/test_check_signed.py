"""commentary check with what a person adds: an edit of a draft, editors' facts, overrides, and slips mended."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from commentary.resources import folder

Run = Callable[..., Result]
LONG = str(folder("data") / "snapshots" / "btc-long-side.json")
FACTS = """format = "commentary.editor_facts/1"
[[facts]]
value = 4225
unit = "coin"
source = "Strategy"
quote = "Strategy bought 4,225 bitcoin"
date = 2026-11-22
signer = "A. Editor"
signed_at = 2026-11-22T10:00:00Z
"""
SENTENCE = "CoinGlass's model has $1.07 billion of bitcoin longs, a massive sum."
SIGNED = f"""format = "commentary.overrides/1"
[[overrides]]
code = "wording.magnitude"
text = "massive"
sentence = "{SENTENCE}"
reason = "The largest of this model in our log"
name = "A. Editor"
time = 2026-11-22T10:00:00Z
"""
SLIP = "CoinGlass's model has $1.\u200b07 billion of bitcoin longs.\n"


@pytest.fixture(autouse=True)
def _files() -> None:
    Path("f.toml").write_text(FACTS)
    Path("o.toml").write_text(SIGNED)
    Path("t.txt").write_text("Strategy bought 4,225 BTC.\n")
    Path("m.txt").write_text(f"{SENTENCE}\n")
    Path("s.txt").write_text(SLIP)


@pytest.fixture
def page(run: Run) -> str:
    """The draft's text; the draft itself is d.json."""
    run("draft", LONG, "--format", "json", "--output", "d.json")
    return run("draft", LONG, "--format", "markdown").stdout


def test_an_editors_figure_passes_with_its_source_and_not_without(run: Run) -> None:
    assert run("check", "t.txt", "--facts", LONG).exit_code == 1
    assert run("check", "t.txt", "--facts", LONG, "--editor-facts", "f.toml").exit_code == 0
    result = run("check", "-", "--facts", LONG, "--editor-facts", "f.toml", text="They bought 4,225 BTC.\n")
    assert (result.exit_code, "[roles.attribution]" in result.stdout) == (1, True)


def test_a_draft_carries_its_editors_facts(run: Run, page: str) -> None:
    result = run("check", "d.json", "--editor-facts", "f.toml")
    assert (result.exit_code, "--draft" in result.stderr) == (2, True)


def test_a_signature_shows_and_survives_strict(run: Run) -> None:
    assert run("check", "m.txt", "--facts", LONG, "--strict").exit_code == 1
    result = run("check", "m.txt", "--facts", LONG, "--strict", "--overrides", "o.toml")
    assert result.exit_code == 0
    assert result.stdout.startswith("note: line 1, column 57: “massive”")
    assert "signed for by A. Editor on 2026-11-22 10:00 UTC: The largest of this model in our log" in result.stdout


def test_a_figure_cannot_be_signed_away(run: Run) -> None:
    Path("o.toml").write_text(SIGNED.replace("wording.magnitude", "numbers.untraced"))
    result = run("check", "m.txt", "--facts", LONG, "--overrides", "o.toml")
    assert result.exit_code == 2
    assert "o.toml/overrides/0/code: 'numbers.untraced' cannot be used" in result.stderr


def test_an_edit_is_checked_against_its_draft(run: Run, page: str) -> None:
    Path("e.md").write_text(page)
    assert run("check", "e.md", "--draft", "d.json").exit_code == 0
    Path("e.md").write_text(page.replace("$430 million", "$340 million"))
    result = run("check", "e.md", "--draft", "d.json", "--format", "json")
    found = json.loads(result.stdout)["findings"]
    assert (result.exit_code, found[0]["path"]) == (1, "/sections/0/paragraphs/1")


def test_fields_are_an_edit_too_and_may_tell_an_editors_figure(run: Run, page: str) -> None:
    was = json.loads(Path("d.json").read_text())["standfirst"]
    Path("e.json").write_text(json.dumps({"/standfirst": f"{was} Strategy bought 4,225 BTC."}))
    result = run("check", "e.json", "--draft", "d.json", "--editor-facts", "f.toml", "--format", "json")
    codes = {found["code"] for found in json.loads(result.stdout)["findings"] if found["severity"] == "error"}
    assert codes == set()


def test_words_of_an_edit_can_be_signed_for(run: Run, page: str) -> None:
    (sentence, *_) = re.findall(r"(?m)(?:^|(?<=\. ))[^.\n]*\bpositions sit\b[^.\n]*\.", page)
    edited = sentence.replace("sit", "lurk", 1)
    Path("e.md").write_text(page.replace(sentence, edited))
    (found,) = json.loads(run("check", "e.md", "--draft", "d.json", "--format", "json").stdout)["findings"]
    entry = {
        **{name: found[name] for name in ("code", "path", "text")},
        "sentence": edited,
        "reason": "It says the same",
        "name": "A. Editor",
        "time": "2026-11-22T10:00:00Z",
    }
    Path("o.json").write_text(json.dumps({"format": "commentary.overrides/1", "overrides": [entry]}))
    result = run("check", "e.md", "--draft", "d.json", "--overrides", "o.json")
    assert (result.exit_code, result.stdout.startswith("note: ")) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("e.md", "--draft", "d.json", "--facts", LONG), "--facts"),
        (("e.md", "--draft", "d.json", "--scope", "passage"), "--scope"),
        (("e.md", "--draft", LONG), "a draft (commentary draft --format json makes one)"),
        (("d.json", "--draft", "d.json"), "give the edited text"),
        (("e.html", "--draft", "d.json"), "Markdown or plain text"),
        (("e.md", "--draft", "nowhere.json"), "--draft: 'nowhere.json'"),
        (("e.md", "--facts", LONG, "--overrides", "nowhere.toml"), "--overrides: 'nowhere.toml'"),
        (("e.md", "--facts", LONG, "--editor-facts", "o.toml"), "o.toml/format: 'commentary.overrides/1'"),
        (("e.md", "--facts", LONG, "--output", "x.md"), "add --fix"),
        (("e.md", "--facts", LONG, "--force"), "add --fix"),
        (("e.md", "--fix"), "--facts"),
        (("e.md", "--facts", LONG, "--fix", "--format", "json"), "add --output"),
        (("e.md", "--facts", LONG, "--fix", "--output", "e.md"), "add --force"),
        (("e.html", "--facts", LONG, "--fix"), "it mends .txt and .md"),
        (("d.json", "--fix"), "commentary draft --format markdown"),
        (("e.md", "--draft", "d.json", "--fix"), "--facts DRAFT"),
    ],
)
def test_what_does_not_go_together_is_said_with_the_remedy(
    run: Run, page: str, arguments: tuple[str, ...], said: str
) -> None:
    Path("e.md").write_text(page)
    Path("e.html").write_text("<html><p>It is.</p></html>")
    result = run("check", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_a_mended_text_goes_to_standard_output_and_the_rest_beside_it(run: Run) -> None:
    result = run("check", "s.txt", "--facts", LONG, "--fix")
    assert (result.exit_code, result.stdout) == (0, SLIP.replace("\u200b", ""))
    assert "changed: line 1: “$1.\\u200b07 billion” to “$1.07 billion” [numbers.untraced]" in result.stderr
    assert Path("s.txt").read_text() == SLIP


def test_a_text_is_replaced_only_by_force(run: Run) -> None:
    assert run("check", "s.txt", "--facts", LONG, "--fix", "--output", "./s.txt").exit_code == 2
    assert Path("s.txt").read_text() == SLIP
    assert run("check", "s.txt", "--facts", LONG, "--fix", "--output", "./s.txt", "--force").exit_code == 0
    assert Path("s.txt").read_text() == SLIP.replace("\u200b", "")


def test_what_is_left_is_said_once_and_is_still_an_error(run: Run) -> None:
    text = "Binance's mark price was $62,410. CoinGlass's model has $1.24 billion of bitcoin longs. Price will fall.\n"
    Path("s.txt").write_text(text)
    result = run("check", "s.txt", "--facts", LONG, "--fix", "--output", "x.txt")
    assert result.exit_code == 1
    assert Path("x.txt").read_text() == text.replace("$62,410", "$62,140")
    changed, counts = result.stderr.splitlines()
    assert changed == "changed: line 1: “$62,410” to “$62,140” [numbers.untraced]"
    assert counts == "1 changed, 3 left: 3 errors"
    untraced, offer, why, *words = result.stdout.splitlines()
    assert (untraced.endswith("[numbers.untraced]"), len(words)) == (True, 2)
    assert offer == "    write “$1.07 billion”"
    assert why == "    left: one wording fits, and nothing else says that it was meant; choose it"
    beside = run("check", "s.txt", "--facts", LONG, "--fix")
    assert beside.stdout == Path("x.txt").read_text()
    assert beside.stderr.splitlines() == [changed, untraced, offer, why, *words, counts]


@pytest.mark.parametrize(
    ("option", "name"),
    [("--facts", "facts.json"), ("--editor-facts", "f.toml"), ("--overrides", "o.toml"), ("--config", "c.toml")],
)
@pytest.mark.parametrize("link", [False, True])
def test_a_mended_text_replaces_no_other_file_that_is_read(run: Run, option: str, name: str, link: bool) -> None:
    Path("facts.json").write_bytes(Path(LONG).read_bytes())
    Path("c.toml").write_text('[publisher]\nname = "Harbour Wire"\n')
    before = Path(name).read_bytes()
    output = name
    if link:
        Path("link").symlink_to(name)
        output = "link"
    files = {"--facts": "facts.json", "--editor-facts": "f.toml", "--overrides": "o.toml", "--config": "c.toml"}
    given = [part for pair in files.items() for part in pair]
    result = run("check", "s.txt", *given, "--fix", "--output", output, "--force")
    assert (result.exit_code, f"the file of {option}, which is read" in result.stderr) == (2, True)
    assert Path(name).read_bytes() == before


def test_a_draft_is_not_written_over_its_snapshot(run: Run) -> None:
    Path("s.json").write_bytes(Path(LONG).read_bytes())
    result = run("draft", "s.json", "--output", "./s.json")
    assert (result.exit_code, "the file of SNAPSHOT" in result.stderr) == (2, True)


@pytest.mark.parametrize("content", ["", " \n\t", "\0", "\u200b", "…"])
@pytest.mark.parametrize("name", ["e.txt", "e.md", "e.html"])
def test_a_text_without_a_word_is_refused(run: Run, content: str, name: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    result = run("check", name, "--facts", LONG)
    assert (result.exit_code, "there is no word in it to check" in result.stderr) == (2, True)
    assert run("check", name, "--facts", LONG, "--fix").exit_code == 2


def test_a_page_of_tags_alone_is_refused(run: Run) -> None:
    Path("e.html").write_text("<html><head></head><body><p></p></body></html>")
    assert run("check", "e.html", "--facts", LONG).exit_code == 2
