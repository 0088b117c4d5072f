"""What the checker sees of a file is what a reader sees of it."""

import pytest

from commentary.cli.plain_text import has_heading, plain_text
from commentary.publishing.base import render
from commentary.records.draft import Draft, texts


def test_markdown_loses_its_marks_and_keeps_its_lines() -> None:
    head = "---\na: 1\n---\n<!-- 5 -->\n# Head\n\n"
    body = "**Longs** of $1.07 billion\\* [see](http://x/9) snake_case\n> *Q.*\n"
    assert plain_text(head + body, "a.md") == "\n\n\n\n# Head\n\nLongs of $1.07 billion* see snake_case\nQ.\n"


def test_html_loses_what_nobody_sees() -> None:
    hidden = "<title>9</title><style>8</style><script>7</script>"
    shown = "<h1>Head &amp; more</h1><p>A <b>bold</b> claim<br>here</p>"
    assert plain_text(hidden + shown, "a.html") == "# Head & more\n\nA bold claim\n\nhere\n"


@pytest.mark.parametrize(
    "beginning", ["<!DOCTYPE html>\n<html>", "\n<html lang=en>", "<!-- made -->\n<article>", "<p>"]
)
@pytest.mark.parametrize("name", ["-", "page.txt", "page"])
def test_html_is_known_by_its_beginning(beginning: str, name: str) -> None:
    page = f"{beginning}<style>p {{ margin: 8px }}</style><p>A claim</p>"
    assert plain_text(page, name).strip() == "A claim"


@pytest.mark.parametrize("text", ["Longs < 5% of it <p>.", "<5% of positions are short.", "<unnamed> said so"])
def test_other_text_that_begins_like_a_tag_is_left_as_it_is(text: str) -> None:
    assert plain_text(text, "-") == text


def test_markdown_through_a_pipe_is_known_by_its_beginning() -> None:
    assert plain_text("---\ntitle: x\n---\n# Head\n\n**A** claim\n", "-") == "\n\n\n# Head\n\nA claim\n"


@pytest.mark.parametrize(
    ("format", "name"),
    [("html", "page.html"), ("html", "-"), ("markdown", "page.md"), ("markdown", "-"), ("text", "page.txt")],
)
def test_our_own_formats_read_back_as_the_drafts_text(draft: Draft, format: str, name: str) -> None:
    read = " ".join(plain_text(render(draft, format), name).split())
    for path, text in texts(draft):
        if not path.startswith("/variants"):
            assert text in read
    assert has_heading(plain_text(render(draft, format), name))
