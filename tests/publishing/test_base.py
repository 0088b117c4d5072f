"""What all formats share."""

import pytest

from commentary.config import Publisher, Settings
from commentary.errors import ConfigError
from commentary.publishing import base
from commentary.publishing.base import byline_of, formats, label_of, marked, render, words
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
