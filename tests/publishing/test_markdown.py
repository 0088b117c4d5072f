"""Markdown: what a reader of the rendered page sees is the draft's text."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from commentary.publishing.base import render
from commentary.publishing.markdown import escape
from commentary.records.draft import Draft, texts

_GFM = MarkdownIt("commonmark").enable("strikethrough")


def _shown(markdown: str) -> list[str]:
    blocks = [token for token in _GFM.parse(markdown) if token.type == "inline"]
    return [
        "".join("\n" if child.type == "softbreak" else child.content for child in block.children or ())
        for block in blocks
    ]


@given(st.text(alphabet=r"ab 1.)*_`~#$%&;<>[](){}!\-+=|:/'\"—", min_size=1).filter(lambda text: text.strip()))
def test_a_paragraph_reads_as_it_was_written(text: str) -> None:
    settled = " ".join(text.split())
    assert _shown(escape(text)) == [settled]
    assert _shown(f"- {escape(text)}") == [settled]


def test_money_and_names_are_left_alone() -> None:
    text = "Longs of $1.07 billion (2.5% below) on open_interest at #1 - not support."
    assert escape(text) == text


def test_the_article_is_told_in_order(draft: Draft) -> None:
    shown = "\n".join(_shown(render(draft, "markdown")))
    places = [shown.index(text) for path, text in texts(draft) if not path.startswith(("/headlines", "/variants"))]
    assert places == sorted(places)


def test_every_digit_stands_in_the_drafts_text(draft: Draft) -> None:
    written = " ".join(text for _, text in texts(draft))
    assert set(re.findall(r"[\d.,]*\d", render(draft, "markdown"))) <= set(re.findall(r"[\d.,]*\d", written))


def test_unknowns_make_one_list(draft: Draft) -> None:
    assert "- Which exchanges the map covers is not known.\n- Yesterday's map" in render(draft, "markdown")
