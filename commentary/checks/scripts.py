"""Words in letters of another script than the language's: nobody here reads them, so nothing is known of what they say.

scripts.foreign: such words. A name at hand may be written so, and so may a quotation that somebody signed for; one
Greek letter is a sign. A Latin word in look-alikes is the business of that checker.
"""

import re
import unicodedata
from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document
from commentary.checks.lookalikes import as_latin
from commentary.records.finding import Finding

_SCRIPT = "LATIN"
"""That of every language we have."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = "GREEK"


@checks.add("scripts")
def scripts(document: Document) -> Iterator[Finding]:
    """Find words that no rule can read."""
    known = _names(document)
    quoted = " ".join(one.quote for one in document.sheet.signed)
    for field in document.fields:
        if field.text.isascii():
            continue
        for start, end in _foreign(field.text):
            words = field.text[start:end]
            if words not in known and words not in quoted:
                message = f"{words!r} is of another script, which the check cannot read; say it in the text's own"
                yield document.finding("scripts.foreign", "error", field, (start, end), message)


def _foreign(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches of neighbouring words in letters of other scripts."""
    held: tuple[int, int] | None = None
    for match in _LETTERS.finditer(text):
        if not _is_foreign(match[0]):
            continue
        if held is not None and not text[held[1] : match.start()].strip():
            held = (held[0], match.end())
            continue
        if held is not None:
            yield held
        held = match.span()
    if held is not None:
        yield held


def _is_foreign(word: str) -> bool:
    if word.isascii() or (len(word) == 1 and unicodedata.name(word, "").startswith(_SIGNS)):
        return False
    others = [one for one in word if unicodedata.name(one, "").split(" ")[0] not in (_SCRIPT, "FEMININE", "MASCULINE")]
    # Among Latin letters, or in a word that reads as one, it passes for Latin.
    return bool(others) and len(others) == len(word) and any(as_latin(one) is None for one in others)


def _names(document: Document) -> frozenset[str]:
    given = (name for fact in document.sheet for name in (*fact.source, fact.subject.venue or ""))
    return frozenset((*document.vocabulary.known.assets.values(), *dict(document.edition.names).values(), *given))
