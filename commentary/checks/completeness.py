"""What an article must say besides its figures: source, time, scope, the other side, the model's limits.

Asked of articles only; a passage on its own may leave them to its surroundings.
"""

from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document, Field
from commentary.records.finding import Finding

_TIME_STYLES = {"clock", "when", "day", "to_when", "to_clock"}


@checks.add("completeness")
def completeness(document: Document) -> Iterator[Finding]:
    """Find what an article leaves out."""
    if document.scope != "article":
        return
    body = [field for field in document.fields if field.is_body]
    if not body:
        return
    mentions = [(field, mention, fact) for field, mention, fact in document.mentioned() if field.is_body]
    metrics = {fact.subject.metric for _, _, fact in mentions}
    styles = {mention.style.rstrip("^") for _, mention, _ in mentions}
    words = " ".join(field.text.casefold() for field in document.fields)

    def missing(rule: str, message: str) -> Finding:
        return document.finding(f"completeness.{rule}", "error", body[-1], (0, 0), message)

    if mentions and "source" not in styles:
        yield missing("source", "no source is named; name who the figures come from")
    if mentions and not styles & _TIME_STYLES:
        yield missing("time", "no time is given; say as of when the figures are")
    modelled = any(metric.startswith(("reach_", "cluster_", "within_")) for metric in metrics)
    if modelled and "model" not in words:
        yield missing("model", "the map's figures are not called a model's; say that they are modelled")
    sides = {fact.subject.side for _, _, fact in mentions if fact.subject.metric in ("reach_size", "cluster_size")}
    if len(sides - {None}) == 1:
        has_other = "other_longs" in {mention.style.rstrip("^") for _, mention, _ in document.mentioned()}
        if not has_other:
            yield missing("other_side", "only one side of the map is given; give the other or say that it is missing")
    yield from _liquidation_scope(document, mentions_of=body)
    if document.written and not document.unknowns and len(metrics) > 1:
        yield missing("unknowns", "nothing is said to be unknown; name what the data does not show")
    if not document.disclaimer:
        yield missing("disclaimer", "there is no disclaimer; add one")


def _liquidation_scope(document: Document, mentions_of: list[Field]) -> Iterator[Finding]:
    """A liquidation total says which coins it covers and over which window, in the same field."""
    for field in mentions_of:
        found = [
            (mention, document.sheet[mention.fact])
            for mention in field.mentions
            if mention.fact in document.sheet
            and document.sheet[mention.fact].subject.metric in ("liq_total", "liq_size")
        ]
        for mention, fact in found:
            if not mention.style.rstrip("^").startswith("usd"):
                continue
            said = {other.style.rstrip("^") for other, of in found if of.subject.asset == fact.subject.asset}
            scope_said = bool(said & {"asset", "asset_lower"}) or fact.subject.asset == "market"
            scope_said = scope_said or fact.subject.asset in _assets_named(document, field)
            if not scope_said and field.path.startswith(("/headline", "/sections/0", "/digest")):
                yield document.finding(
                    "completeness.scope",
                    "error",
                    field,
                    (mention.start, mention.end),
                    "a liquidation total does not say which coins it covers; name them",
                    (fact.id,),
                )


def _assets_named(document: Document, field: Field) -> set[str]:
    return {
        document.sheet[mention.fact].subject.asset
        for mention in field.mentions
        if mention.style.rstrip("^") in ("asset", "asset_lower", "symbol", "coin", "coin_about")
        and mention.fact in document.sheet
    }
