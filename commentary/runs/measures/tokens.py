"""The tokeniser that every measure of words counts by; a change of it is another name, as figures then differ."""

import re

TOKENISER = "words-and-signs-1"
"""A mask such as "<level>" is one token, so is a word with its hyphens and apostrophes, so is any other sign."""
_TOKEN = re.compile(r"<[a-z_]+>|\w+(?:['’.,:/-]\w+)*|[^\w\s]")


def tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a text, in small letters."""
    return tuple(_TOKEN.findall(text.lower()))
