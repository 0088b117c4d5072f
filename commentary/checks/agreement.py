"""Agreement: the short forms of a story state nothing that the article does not bear out.

agreement.unborne: a figure whose fact the body never states: an error in a headline; in standfirst, digest or
answers a warning, where it stands without a source and a time of its own.
agreement.repeated: a figure stated more often in the body than a reader needs.
"""

from collections import Counter
from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import TIMES, Document, Field, Part, Told, base_style
from commentary.records.finding import Finding, Severity

_MOST = 3
_SHORT: tuple[Part, ...] = ("headline", "standfirst", "faq", "digest")
_SOURCES = frozenset({"source", "source_s", "venue", "venue_s", "at_venue", "at_venue_s", "where"})


@checks.add("agreement")
def agreement(document: Document) -> Iterator[Finding]:
    """Compare the short forms of a story with its body."""
    if document.scope != "article":
        return
    body: Counter[str] = Counter()
    first: dict[str, tuple[Field, Told]] = {}
    for field, told in document.mentioned():
        if field.part == "body" and told.is_figure(field):
            body[told.fact.id] += 1
            first.setdefault(told.fact.id, (field, told))
    yield from _unborne(document, set(body))
    for fact_id, count in sorted(body.items()):
        if count > _MOST and document.written:
            field, told = first[fact_id]
            message = f"{fact_id} stands {count} times in the body; a reader needs it at most three times"
            span = (told.mention.start, told.mention.end)
            yield document.finding("agreement.repeated", "note", field, span, message, (fact_id,))


def _unborne(document: Document, body: set[str]) -> Iterator[Finding]:
    values = {(document.sheet[fact].value, document.sheet[fact].unit) for fact in body}
    for statement in document.statements:
        field = statement.field
        # A question states nothing, and candidates for the headline are the business of commentary/checks/formats.py.
        if field.part not in _SHORT or field.path.startswith("/headlines/") or statement.asks:
            continue
        styles = {base_style(mention.style) for mention in field.mentions}
        alone = bool(styles & _SOURCES) and bool(styles & TIMES)
        for told in statement.figures():
            # What the desk sets itself, such as a bound of its rules, is nobody's figure of the market.
            if told.fact.is_house and field.part != "headline":
                continue
            borne = told.fact.id in body or (told.fact.value, told.fact.unit) in values
            if not borne and not (alone and field.part != "headline"):
                message = f"the body never states {told.fact.id}; state it there, or give it with its source and time"
                span = (told.mention.start, told.mention.end)
                severity: Severity = "error" if field.part == "headline" else "warning"
                yield document.finding("agreement.unborne", severity, field, span, message, (told.fact.id,))
