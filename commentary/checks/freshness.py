"""Age: a figure is no older than its metric allows unless the text says how old it is, and none is from the future."""

from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document
from commentary.config.tolerances import age_limit_minutes
from commentary.records.finding import Finding


@checks.add("freshness")
def freshness(document: Document) -> Iterator[Finding]:
    """Find stale figures that carry no time, and figures from after the document's time."""
    dated: dict[str, set[str]] = {}
    times = {"clock", "when", "day", "to_when", "to_clock", "moment", "moment_day"}
    for field, mention, fact in document.mentioned():
        if mention.style.rstrip("^") in times:
            dated.setdefault(field.path, set()).add(fact.subject.metric)
    for field, mention, fact in document.mentioned():
        span = (mention.start, mention.end)
        age = (document.edition.as_of - fact.as_of).total_seconds() / 60
        if age < -2 and fact.unit != "time":
            yield document.finding(
                "freshness.future",
                "error",
                field,
                span,
                f"{fact.id} is of {fact.as_of:%Y-%m-%d %H:%M} UTC, after the text's own time; correct one of them",
                (fact.id,),
            )
            continue
        limit = age_limit_minutes(fact.subject.metric)
        says_time = field.path in dated
        if field.is_body and limit is not None and age > limit and not says_time:
            yield document.finding(
                "freshness.stale",
                "warning",
                field,
                span,
                f"{fact.id} is {age / 60:.1f} hours old; state its time in the same passage",
                (fact.id,),
            )
