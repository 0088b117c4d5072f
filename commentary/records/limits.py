"""How long the short forms of a story may be. A form that does not fit is written otherwise, never cut."""

from typing import NamedTuple

HEADLINE = 110
"""Characters of a headline; search engines cut a longer one."""
HEADLINES = 5
"""Candidates for the headline, the one that is printed among them."""
PUSH = 120
SOCIAL = 280
SEARCH_TITLE = 60
MAIL_SUBJECT = 70


class Words(NamedTuple):
    """The least and the most words of a text."""

    least: int
    most: int


BLURB = Words(40, 60)


def count_words(text: str) -> int:
    """Return how many words a text has, figures and signs between spaces included."""
    return len(text.split())
