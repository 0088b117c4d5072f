"""What all formats share."""

import pytest

from commentary.config import Publisher, Settings
from commentary.errors import ConfigError
from commentary.publishing import base
from commentary.publishing.base import View, byline_of, formats, label_of, marked, render, words
from commentary.records.draft import Draft, MentionRecord


def test_formats_are_found_by_their_files() -> None:
    assert list(formats) == ["html", "json", "markdown", "text"]


@pytest.mark.parametrize(
    ("label", "strength", "skew", "line"),
    [
        ("neutral", "none", "downside", "Neutral; skew downside; coverage low"),
        ("bearish", "slight", "two-sided", "Slightly bearish; skew two-sided; coverage low"),
        ("bullish", "clear", "none", "Bullish; coverage low"),
        ("none", "none", "none", "No label; coverage low"),
    ],
)
def test_the_label_line(draft: Draft, label: str, strength: str, skew: str, line: str) -> None:
    update = {"label": label, "strength": strength, "risk_skew": skew}
    changed = draft.model_copy(update={"sentiment": draft.sentiment.model_copy(update=update)})
    assert label_of(changed, words("en")) == line


@pytest.mark.parametrize(
    ("byline", "line"),
    [
        ("By the desk", "By the desk · Harbour Wire"),
        ("by: A. Editor", "By A. Editor · Harbour Wire"),
        ("Byron Hale", "By Byron Hale · Harbour Wire"),
        ("", "Harbour Wire"),
    ],
)
def test_by_is_said_once(byline: str, line: str) -> None:
    settings = Settings(publisher=Publisher(name="Harbour Wire", byline=byline))
    assert byline_of(settings, words("en")) == line


def test_mentions_that_overlap_are_cut_once(draft: Draft) -> None:
    def mention(start: int, end: int) -> MentionRecord:
        return MentionRecord(path="/x", start=start, end=end, fact="f", style="s", role="value")

    changed = draft.model_copy(update={"mentions": (mention(4, 6), mention(2, 6), mention(5, 90), mention(7, 8))})
    pieces = [(text, found is not None) for text, found in marked(changed, "/x", "ab cd efgh")]
    assert pieces == [("ab", False), (" cd ", True), ("e", False), ("f", True), ("gh", False)]


def test_a_language_without_words_is_refused(draft: Draft) -> None:
    with pytest.raises(ConfigError, match=r"templates/xx/page has no words"):
        render(draft.model_copy(update={"language": "xx"}), "text")


def test_a_digit_among_the_layouts_words_is_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "yy" / "page").mkdir(parents=True)
    (tmp_path / "yy" / "page" / "words.toml").write_text('faq = "5 questions"')
    monkeypatch.setattr(base, "folder", lambda _: tmp_path)
    with pytest.raises(ConfigError, match="faq holds a digit"):
        words("yy")


FORMS = {
    "push": "Bitcoin longs",
    "social": ("A post with $1.07 billion.", "Another post."),
    "blurb": "A blurb of the day.",
    "search_title": "Longs, modelled",
    "mail_subject": "A fall of that size",
}


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_short_forms_are_shown_when_asked_for_and_not_else(draft: Draft, form: str) -> None:
    headlines = (draft.headline, "A second headline", "A third headline")
    changed = draft.model_copy(
        update={"variants": draft.variants.model_copy(update=FORMS), "headlines": headlines, "headline": draft.headline}
    )
    plain, shown = render(changed, form, View()), render(changed, form, View(variants=True))
    assert "Other formats" not in plain
    assert "A blurb of the day" not in plain
    told = [
        "Other formats",
        "Push:",
        "Bitcoin longs",
        "Search title:",
        "Longs, modelled",
        "Mail subject:",
        "A fall of that size",
        "Post:",
        "A post with",
        "Another post",
        "Newsletter:",
        "A blurb of the day",
        "Other headlines:",
        "A second headline",
        "A third headline",
    ]
    # A page has its title at its top already.
    start = shown.index("Other formats")
    places = [shown.index(words_of, start) for words_of in told]
    assert places == sorted(places)
    assert shown.index(draft.disclaimer) > places[-1]


def test_a_draft_without_short_forms_shows_no_heading_for_them(draft: Draft) -> None:
    update = {"variants": draft.variants.model_copy(update={"push": ""}), "headlines": (draft.headline,)}
    assert "Other formats" not in render(draft.model_copy(update=update), "text", View(variants=True))


def test_the_title_of_a_page_is_that_for_search_engines(draft: Draft) -> None:
    changed = draft.model_copy(update={"variants": draft.variants.model_copy(update=FORMS)})
    assert "<title>Longs, modelled</title>" in render(changed, "html")
    assert f"<title>{draft.headline}</title>" in render(draft, "html")
