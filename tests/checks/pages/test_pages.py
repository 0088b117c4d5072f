"""Pages are read place by place, findings stand in the source, and nothing that a file holds makes it hang."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary import Settings, check_text, draft_snapshots, read_snapshot, render
from commentary.checks.blocks import Block
from commentary.checks.pages import read_page
from commentary.pipeline import sheet_of
from commentary.publishing.base import View, blocks
from commentary.records.draft import texts
from commentary.resources import folder

HERE = Path(__file__).parent
CASES = [
    pytest.param(case, f"page.{ending}", id=f"{ending}: {case['name']}")
    for ending, file in (("html", "html.toml"), ("md", "markdown.toml"))
    for case in tomllib.loads((HERE / file).read_text(encoding="utf-8"))["case"]
]
LONG = folder("data") / "snapshots" / "btc-long-side.json"


@pytest.fixture(scope="module")
def draft():
    return draft_snapshots([read_snapshot(LONG)], settings=Settings())


@pytest.fixture(scope="module")
def facts(draft):
    return sheet_of(draft)


def line(page, finding):
    return page.content.count("\n", 0, finding.span[0]) + 1


@pytest.mark.parametrize(("case", "name"), CASES)
def test_a_page_is_read_as_the_case_says(case, name, facts):
    page = read_page(case["source"], name)
    if "reads" in case:
        read = [[part.kind or (f"#{part.level}" if part.level else ""), part.text] for part in page.parts]
        assert read == case["reads"]
    if "finds" in case:
        found = check_text(page, facts, settings=Settings(), scope="passage").findings
        shown = [
            [line(page, one), one.severity, one.code, page.content[slice(*one.span)]]
            for one in found
            if one.code.startswith(("numbers.", "lookalikes.", "roles.", "scripts."))
        ]
        assert shown == case["finds"]


@pytest.mark.parametrize(("case", "name"), CASES)
def test_every_character_that_is_read_stands_where_it_says(case, name):
    page = read_page(case["source"], name)
    for part in page.parts:
        assert len(part.text) == len(part.places)
        for character, at in zip(part.text, part.places, strict=True):
            written = page.content[at : page.wide.get(at, at + 1)]
            plain = character == written or (character == " " and written.isspace())
            # Commas part a cell from its headings; the rest is an entity or an escape.
            assert plain or character in ", " or written[0] in "&\\%" or "\n" in written


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_our_own_pages_pass_and_lose_no_word(draft, format):
    page = read_page(render(draft, format), f"page.{'html' if format == 'html' else 'md'}")
    assert page.headed
    assert check_text(page, sheet_of(draft), settings=Settings(), scope="article").findings == ()
    read = " ".join(part.text for part in page.parts if isinstance(part, Block))
    printed = {block.path for block in blocks(draft, View())}
    for path, text in texts(draft):
        assert text in read or path not in printed


def test_our_table_of_facts_is_held_against_the_facts(draft):
    html = render(draft, "html")
    sheet = sheet_of(draft)
    words = f'"headline": "{draft.headline.partition("$1.07B")[0]}'
    for old, new in (
        ("1,070,000,000 USD</td>", "1,090,000,000 USD</td>"),
        ("sum up to a price, BTC, long side", "sum up to a price, BTC, short side"),
        (": 1,070,000,000 USD\nestimated", ": 1,090,000,000 USD\nestimated"),
        ('value="1070000000"', 'value="1090000000"'),
        (f"{words}$1.07B", f"{words}$1.09B"),
    ):
        assert old in html
        page = read_page(html.replace(old, new, 1), "page.html")
        assert not check_text(page, sheet, settings=Settings(), scope="article").ok, old


def test_a_comment_is_no_disclaimer(facts):
    text = "# Head\n\nA model.\n"
    missing = "completeness.disclaimer"

    def codes(content):
        found = check_text(read_page(content, "a.md"), facts, settings=Settings(), scope="article").findings
        return {one.code for one in found}

    assert missing in codes(text)
    assert missing in codes(text + "\n<!-- This is not investment advice. -->\n")
    assert missing not in codes(text + "\nThis is not investment advice.\n")


@pytest.mark.parametrize(
    "beginning", ["<!DOCTYPE html>\n<html>", "\n<html lang=en>", "<!-- made -->\n<article>", "<p>", "<table>"]
)
@pytest.mark.parametrize("name", ["-", "page.txt", "page"])
def test_html_is_known_by_its_beginning(beginning, name):
    page = read_page(f"{beginning}<style>p {{ margin: 8px }}</style><p>A claim</p>", name)
    assert page.parts[-1].text == "A claim"


@pytest.mark.parametrize("text", ["Longs < 5% of it <p>.", "<5% of positions are short.", "<unnamed> said so"])
def test_other_text_that_begins_like_a_tag_is_no_page(text):
    assert read_page(text, "-") is None


def test_markdown_through_a_pipe_is_known_by_its_beginning():
    assert [part.text for part in read_page("---\ntitle: x\n---\n# Head\n\n**A** claim\n", "-").parts] == [
        "x",
        "Head",
        "A claim",
    ]


HOSTILE = {
    "html": [
        "<div>", "<b>", "<a ", '<a "', '<a b="', "<", "<!", "<!--", "<!-- - --", "&", "&#", "&#9", "<table>",
        "<table><tr><td>x", "<tr><th colspan=1000 rowspan=60000>a", "<li><ul><b>", "<p>x", "<p>a<i hidden>b</i>",
        "<script>", "<script>a</script", "<title>", "<dl><dt>a<dd>b", "<details class=facts>", "</b>", "</td>",
        "<time datetime=1>", "<sup><a href=#1>", '<script type="application/ld+json">["\\u0041', " ", "\x00",
    ],
    "md": [
        "[", "![", "[a](", "[a](<", '[a](b "', "](", "*", "*a", "_", "a_", "`", "` ", "<a ", "<!--", ">", "> x\n", "- ",
        "- x\n", "  - x\n", "1. x\n", "|", "a|b\n-|-\n", "#", "# x\n", "[a]: b\n", "[^a]: b\n", "```\n", "<div>\n",
        "\\", "http://a ", "===\n", "\t- ", "---\na: b\n", "a:\n  ", "[[", "<b><", "~~", "***a",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("piece", "name"), [(piece, f"x.{ending}") for ending, pieces in HOSTILE.items() for piece in pieces]
)
def test_no_repetition_takes_a_time_that_grows_with_its_square(piece, name):
    def seconds(size):
        content = (piece * size)[:size]
        begun = time.process_time()
        read_page(content, name)
        return time.process_time() - begun

    # Forty times the length in a second or so each; the square of it would take minutes.
    assert seconds(100_000) < max(4.0, 400 * seconds(2_500))


PIECES = st.sampled_from(
    ["<p>", "</p>", "<table>", "<tr>", "<td>", "<th rowspan=2>", "</table>", "<dl>", "<dt>", "<dd>", "<li>", "</ul>",
     "<b hidden>", "</b>", "<details class=facts>", "<time datetime='2026'>", "</time>", "<a href='/1-2-bn'>", "</a>",
     "<!--", "-->", "<script type=application/ld+json>", "</script>", '{"a": "', '\\u00', "&amp;", "&#3", "$1.07", " ",
     "\n", "# ", "- ", "1. ", "> ", "|", "|-|-|\n", "[", "](", ")", "![", "`", "**", "_", "\\", "---\n", "a: b\n",
     "[^1]", "[^1]: ", "```\n", "http://a/1", "\u200b", "\ufffd",
     "%41", "longs", "\t", "\r\n", "<", ">", '"', "="]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40), st.sampled_from(["x.html", "x.md"]))
def test_no_file_breaks_the_reader(facts, pieces, name):
    content = "".join(pieces)
    page = read_page(content, name)
    for part in page.parts:
        for block in (part,) if isinstance(part, Block) else part.blocks:
            assert block.text
            assert len(block.text) == len(block.places)
            assert all(0 <= at < len(content) for at in block.places)
    for one in check_text(page, facts, settings=Settings(), scope="passage").findings:
        assert 0 <= one.span[0] <= one.span[1] <= len(content)
