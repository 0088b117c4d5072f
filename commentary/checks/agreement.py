"""Agreement: headline, standfirst, digest and FAQ state nothing that the article does not bear out.

agreement.headline: a figure of the headline or standfirst whose fact the body never states.
agreement.repeated: a figure stated more often in the body than a reader needs.
"""

from collections import Counter
from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document
from commentary.records.finding import Finding

_TOLD_OFTEN = 4
_FIGURES = ("usd", "price", "percent", "coin", "ratio", "points")


@checks.add("agreement")
def agreement(document: Document) -> Iterator[Finding]:
    """Compare the short forms of a story with its body."""
    if document.scope != "article" or not document.written:
        return
    body: Counter[str] = Counter()
    for field, mention, fact in document.mentioned():
        figure = any(character.isdigit() for character in field.text[mention.start : mention.end])
        if field.path.startswith("/sections") and figure and fact.unit in _FIGURES:
            body[fact.id] += 1
    for field, mention, fact in document.mentioned():
        if not field.path.startswith(("/headline", "/standfirst")) or fact.unit not in _FIGURES:
            continue
        figure = any(character.isdigit() for character in field.text[mention.start : mention.end])
        if figure and fact.id not in body and not _is_candidate(field.path):
            yield document.finding(
                "agreement.headline",
                "warning",
                field,
                (mention.start, mention.end),
                f"the body never states {fact.id}; state it there or choose another headline",
                (fact.id,),
            )
    for fact_id, count in sorted(body.items()):
        if count >= _TOLD_OFTEN:
            yield document.finding(
                "agreement.repeated",
                "note",
                document.fields[0],
                (0, 0),
                f"{fact_id} stands {count} times in the body; a reader needs it at most three times",
                (fact_id,),
            )


def _is_candidate(path: str) -> bool:
    return path.startswith("/headlines/")
