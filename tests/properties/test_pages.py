"""What a reader sees of a draft as Markdown or as a page holds no digit that the draft does not trace."""

import re
from html.parser import HTMLParser

import pytest

from commentary.config import Publisher, Settings
from commentary.publishing.base import View, render
from commentary.records.draft import texts

DESK = View(Settings(publisher=Publisher(name="Example Wire", byline="A. Writer", responsible_person="B. Editor")))
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
UNSEEN = ("head", "script", "style")


class Page(HTMLParser):
    """Collects the visible text of a page, what stands in its mentions apart from the rest."""

    def __init__(self, page):
        super().__init__()
        self.inside, self.outside = [], []
        self._hidden = self._mention = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        hides = tag in UNSEEN or (tag == "details" and ("class", "facts") in attrs)
        self._hidden += hides or (self._hidden and tag == "details")
        if tag == "data":
            self._mention += 1
            self.inside.append("")

    def handle_endtag(self, tag):
        self._hidden -= bool(self._hidden and tag in (*UNSEEN, "details"))
        self._mention -= tag == "data"

    def handle_data(self, data):
        if self._mention:
            self.inside[-1] += data
        elif not self._hidden:
            self.outside.append(data)


def has_digit(text):
    return any(character.isnumeric() for character in text)


@pytest.mark.parametrize("view", [View(), DESK], ids=["nobody", "a desk"])
def test_every_visible_digit_of_the_page_stands_in_a_mention_and_the_mentions_are_those_of_the_draft(
    seeds, drafted, view
):
    broken = []
    for seed, draft in drafted(seeds):
        page = Page(render(draft, "html", view))
        broken += [(seed, text) for text in page.outside if has_digit(text)]
        fields = dict(texts(draft))
        known = {fields[mention.path][mention.start : mention.end] for mention in draft.mentions}
        broken += [(seed, text) for text in page.inside if text not in known]
    assert broken == []


def test_markdown_is_the_fields_in_their_order_and_what_stands_between_them_holds_no_digit(seeds, drafted):
    # Whatever digit a field holds lies in a mention: test_traces.
    broken = []
    for seed, draft in drafted(seeds):
        rest, between = ESCAPED.sub(r"\1", render(draft, "markdown", DESK)), []
        unseen = ("/headlines", "/conditions", "/variants")
        for path, text in texts(draft):
            if text and not path.startswith(unseen):
                before, found, rest = rest.partition(text)
                between.append(before)
                if not found:
                    broken.append((seed, path, text))
        broken += [(seed, text) for text in (*between, rest) if has_digit(text)]
    assert broken == []
