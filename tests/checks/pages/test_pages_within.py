"""What is read of a page does not depend on where in a file it stands: behind words, or within another element."""

import tomllib
from pathlib import Path

import pytest

from commentary.checks.blocks import Block
from commentary.checks.pages import read_page

HERE = Path(__file__).parent
CASES = {
    ending: tomllib.loads((HERE / file).read_text(encoding="utf-8"))["case"]
    for ending, file in (("html", "html.toml"), ("md", "markdown.toml"))
}
BEFORE = {"html": "<p>Before</p>", "md": "Before\n\n"}


def cases(ending):
    return [pytest.param(case["source"], id=f"{ending}: {case['name']}") for case in CASES[ending]]


def read(source, ending):
    """Return what is read, with where it stands."""
    return [
        (part.kind, part.level, part.text, tuple(part.places)) if isinstance(part, Block) else part
        for part in read_page(source, f"page.{ending}").parts
    ]


def words(source, ending):
    return [(part.kind, part.text) for part in read_page(source, f"page.{ending}").parts]


@pytest.mark.parametrize("source", cases("html"))
def test_a_page_behind_a_paragraph(source):
    check_behind(source, "html")


@pytest.mark.parametrize("source", [param for param in cases("md") if not param.values[0].startswith("---")])
def test_a_text_behind_a_paragraph(source):
    check_behind(source, "md")


def check_behind(source, ending):
    n = len(BEFORE[ending])
    alone = [(*part[:3], tuple(at + n for at in part[3])) for part in read(source, ending)]
    behind = read(BEFORE[ending] + source, ending)
    assert behind[0][2] == "Before"
    assert behind[1:] == alone


@pytest.mark.parametrize("source", [param for param in cases("html") if "breaks off" not in param.id])
def test_a_page_within_an_element(source):
    assert words(f"<section>{source}</section>", "html") == words(source, "html")


@pytest.mark.parametrize("source", [param for param in cases("md") if not param.values[0].startswith("---")])
def test_a_text_within_a_quotation(source):
    quoted = "".join(f"> {line}" for line in source.splitlines(keepends=True))
    assert words(quoted, "md") == words(source, "md")


@pytest.mark.parametrize("source", [param for param in cases("md") if not param.values[0].startswith("---")])
def test_a_text_within_an_item(source):
    lines = source.splitlines(keepends=True)
    item = "".join(("- " if i == 0 else "  ") + line if line.strip() else line for i, line in enumerate(lines))
    assert words(item, "md") == words(source, "md")


@pytest.mark.parametrize("source", cases("md"))
def test_lines_that_end_in_two_characters(source):
    assert words(source.replace("\r\n", "\n").replace("\n", "\r\n"), "md") == words(source, "md")
