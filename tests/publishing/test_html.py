"""The page: escaped, self-contained, marked, and without a digit of its own."""

import json
import re
from html.parser import HTMLParser

import pytest

from commentary.config import Publisher, Settings
from commentary.publishing.base import View, render
from commentary.records.draft import Draft, texts

SETTINGS = Settings(publisher=Publisher("Harbour Wire", "Ada Editor", "Markets desk", "https://harbour.example"))


class Page(HTMLParser):
    """Collects visible text, facts, meta tags and every address of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.visible: list[str] = []
        self.facts: list[tuple[str, dict[str, str | None]]] = []
        self.meta: dict[str, str] = {}
        self.loads: list[str] = []
        self.linked = ""
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.loads += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag == "meta":
            self.meta[named.get("name") or named.get("property") or "charset"] = named.get("content") or ""
        else:
            self._open.append((tag, named))

    def handle_endtag(self, tag: str) -> None:
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if tags[-1:] == ["script"]:
            self.linked += data
        if not {"head", "script", "style", "details"} & set(tags):
            self.visible.append(data)
        if tags[-1:] == ["data"]:
            self.facts.append((data, self._open[-1][1]))


@pytest.fixture
def page(draft: Draft) -> Page:
    return Page(render(draft, "html", View(SETTINGS)))


def test_every_visible_digit_stands_in_the_drafts_text(page: Page, draft: Draft) -> None:
    written = set(re.findall(r"[\d.,]*\d", " ".join(text for _, text in texts(draft))))
    shown = re.findall(r"[\d.,]*\d", "".join(page.visible))
    assert shown
    assert set(shown) <= written


def test_every_field_of_the_article_is_visible_and_in_order(page: Page, draft: Draft) -> None:
    shown = "".join(page.visible)
    places = [shown.index(text) for path, text in texts(draft) if not path.startswith(("/headlines", "/variants"))]
    assert places == sorted(places)


def test_a_mention_carries_value_fact_source_and_time(page: Page, draft: Draft) -> None:
    shown, attributes = page.facts[0]
    assert shown == "$1.07 billion"
    assert attributes["value"] == "1070000000"
    assert attributes["title"] == (
        "sum up to a price, BTC, long side: 1,070,000,000 USD\nestimated, CoinGlass, 2026-11-22 08:55 UTC"
    )
    unseen = ("/headlines", "/variants")
    assert len(page.facts) == sum(not mention.path.startswith(unseen) for mention in draft.mentions)


def test_markup_in_a_text_is_shown_and_not_run(draft: Draft) -> None:
    evil = "</title></script><script>alert('x')</script> & co"
    digest = draft.digest.model_copy(update={"summary": evil})
    written = render(draft.model_copy(update={"headline": evil, "mentions": (), "digest": digest}), "html")
    assert written.count("<script") == 1
    assert "alert(" not in re.sub(r"&lt;script&gt;alert|\\u003cscript\\u003ealert", "", written)
    assert evil in "".join(Page(written).visible)
    assert json.loads(Page(written).linked)["headline"] == evil


def test_nothing_is_loaded_from_elsewhere(page: Page, draft: Draft) -> None:
    assert page.loads == []
    written = render(draft, "html")
    assert "url(" not in written
    assert "@import" not in written


@pytest.mark.parametrize(
    ("involvement", "source_type"),
    [
        ("template", "algorithmicMedia"),
        ("model_drafted", "trainedAlgorithmicMedia"),
        ("model_drafted_human_edited", "compositeWithTrainedAlgorithmicMedia"),
        ("human_written_ai_assisted", "compositeWithTrainedAlgorithmicMedia"),
        ("none", None),
    ],
)
def test_the_page_says_in_marks_how_it_was_made(draft: Draft, involvement: str, source_type: str | None) -> None:
    page = Page(render(draft.model_copy(update={"ai_involvement": involvement}), "html"))
    assert page.meta["ai-disclosure"] == involvement
    if source_type is None:
        assert "digitalSourceType" not in page.meta
        assert "digitalSourceType" not in json.loads(page.linked)
    else:
        assert page.meta["digitalSourceType"] == f"http://cv.iptc.org/newscodes/digitalsourcetype/{source_type}"
        kind = source_type[0].upper() + source_type[1:]
        assert json.loads(page.linked)["digitalSourceType"] == f"https://schema.org/{kind}DigitalSource"


def test_linked_data_names_article_publisher_editor_and_dates(page: Page, draft: Draft) -> None:
    linked = json.loads(page.linked)
    assert linked["@type"] == "NewsArticle"
    assert linked["headline"] == draft.headline
    assert linked["datePublished"] == "2026-11-22T08:55:00Z"
    assert linked["publisher"] == {
        "@type": "Organization",
        "name": "Harbour Wire",
        "url": "https://harbour.example",
    }
    assert linked["editor"]["name"] == "Ada Editor"
    assert page.meta["description"] == draft.digest.summary


def test_without_a_publisher_the_page_has_no_byline(draft: Draft) -> None:
    page = Page(render(draft, "html"))
    assert "author" not in page.meta
    assert "publisher" not in json.loads(page.linked)


def test_a_draft_with_errors_says_that_it_may_not_go_out(draft: Draft) -> None:
    assert draft.checks is not None
    failed = draft.model_copy(update={"checks": draft.checks.model_copy(update={"ok": False})})
    for format in ("html", "markdown", "text"):
        assert "Not for publication" in render(failed, format)
        assert "Not for publication" in render(draft.model_copy(update={"checks": None}), format)
        assert "Not for publication" not in render(draft, format)
    assert Page(render(failed, "html")).meta["robots"] == "noindex"
