"""Roles: a true figure in the place of another is an error.

roles.side: a figure of longs called one of shorts, or the reverse.
roles.payer: the side that is said to pay funding is not the one that the rate makes pay.
roles.mechanism: longs said to be forced by a rise, shorts by a fall.
roles.larger: the smaller side called the larger.
roles.reach: the end of a sum that runs to a price told as the place of the sum.
roles.metric: a figure beside the name of another measure, or a percent told as a move or a part that it is not.
roles.part: a part larger than its whole.
roles.source: an exchange or vendor named that gave no fact, or none of the figures beside it.
roles.earlier: the value of before told as the present one.
roles.rule: a bound by rule, or a figure of other days, told as what was measured.
roles.denied: a figure denied that a fact gives.
roles.asset: an asset named that no fact is of, or none of the figures beside it.
roles.interval: a rate per interval called yearly, or the reverse; a figure per hour or day that is not.
roles.unit: a change in dollars called one in coin, or the reverse.
roles.scope: a total of all coins called one coin's, or the reverse.
roles.window: a figure of one window told with another.
roles.order: "from" and "to", or "by" and "to", changed about.
roles.time: a time of day that none of the figures beside it is of.
roles.evidence: a model's sum said to have been counted.
roles.venue: exchanges of a kind, or all of them, where the figure is of others.
roles.held: something told of a kind of data of which the facts hold none.
roles.attribution: an editor's own figure without the name of its source in the sentence, or that nobody signed for.
roles.loss: the size of liquidated positions told as a loss.
roles.range: a sum of our own map by one assumption on leverage, or one end of its range without the other.
roles.place: a sum of a map, or an edge, told of another stretch of prices than its own.
roles.leverage: what the ranges of our own map are for, told as another thing or as more.
roles.model: what our own map is made from, or what it sees, told otherwise.
roles.gap: what a source did that was asked, or the data that it left out, told otherwise.
roles.terms: a bound of the label's told of the other label, the wrong way, as measured or met, or as enough by itself.
"""

from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.at_hand import held, sided
from commentary.checks.base import Document, Statement, Told
from commentary.checks.beside import metric, part
from commentary.checks.clock import future, time
from commentary.checks.fit import objections
from commentary.checks.fit.reading import Reading
from commentary.checks.gaps import gaps
from commentary.checks.greater import compared, most
from commentary.checks.label_terms import terms
from commentary.checks.measures import interval, loss, order, reach, window
from commentary.checks.modelled import counted
from commentary.checks.names import asset, giver
from commentary.checks.occasions import is_of_occasion
from commentary.checks.other_venues import venues
from commentary.checks.ours import ours
from commentary.checks.own_estimate import own_estimate
from commentary.checks.paid_elsewhere import paid_elsewhere
from commentary.checks.percents import percent
from commentary.checks.ranges import bounds, ends
from commentary.checks.shapes import shapes
from commentary.checks.shapes.balance import balance
from commentary.checks.shapes.happening import happening
from commentary.checks.sides import larger, mechanism
from commentary.checks.signed import figures_signed, signed
from commentary.checks.spans import spans
from commentary.checks.stand_ins import rule_sides, stand_in
from commentary.checks.standing import denied, earlier, owner, pace, rule
from commentary.checks.verdicts import bands, model
from commentary.checks.who_pays import pays
from commentary.records.finding import Finding

_RULES = (
    mechanism,
    larger,
    reach,
    metric,
    percent,
    part,
    giver,
    asset,
    interval,
    window,
    spans,
    order,
    loss,
    owner,
    earlier,
    rule,
    pace,
    denied,
    pays,
    paid_elsewhere,
    compared,
    time,
    held,
    sided,
    most,
    future,
    counted,
    venues,
    ends,
    bounds,
    stand_in,
    rule_sides,
    signed,
    shapes,
    happening,
    balance,
    terms,
    bands,
    model,
    own_estimate,
    ours,
    gaps,
)


@checks.add("roles")
def roles(document: Document) -> Iterator[Finding]:
    """Hold every figure against what its sentence says it is."""
    for statement in document.judged:
        stated = () if statement.asks else statement.figures()
        for told in dict.fromkeys((*stated, *figures_signed(document, statement))):
            span = (told.mention.start, told.mention.end)
            for objection in objections(Reading(statement.scene, span, told.fact, document.vocabulary)):
                others = (
                    _is_others(statement, told, objection.span)
                    or _is_counted(statement, told, objection.span)
                    or _of_occasion(document, statement, objection.span)
                )
                if objection.code == "roles.source" and others:
                    continue
                yield document.finding(
                    objection.code, "error", statement.field, objection.span, objection.message, (told.fact.id,)
                )
        for hold in _RULES:
            yield from hold(document, statement)


def _is_others(statement: Statement, told: Told, span: tuple[int, int]) -> bool:
    """Say whether a name beside a figure is whose another figure of the clause is."""
    start, end = statement.clause(told.mention.start)
    name = statement.field.text[span[0] : span[1]]
    return any(
        name in (*one.fact.source, one.fact.subject.venue)
        for one in statement.figures()
        if one is not told and start <= one.mention.start < end
    )


def _is_counted(statement: Statement, told: Told, span: tuple[int, int]) -> bool:
    """Say whether days are counted in the sentence on which prices of the exchange named went as far as a figure."""
    names = {mark.name.removeprefix("giver:") for mark in statement.scene.said("giver:", span)}
    return any(
        one.metric == "price_base" and told.fact.id in one.fact.inputs and one.fact.subject.venue in names
        for one in statement.told
    )


def _of_occasion(document: Document, statement: Statement, span: tuple[int, int]) -> bool:
    """Say whether a name beside a figure is the exchange of an outage or a notice that the sentence speaks of."""
    marks = statement.scene.said("giver:", span)
    return bool(marks) and is_of_occasion(document.sheet, statement.field.text, (marks[0].start, marks[0].end))
