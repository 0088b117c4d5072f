"""A fact that is worked out from others because a sentence asks for it."""

from decimal import Decimal

from commentary.records.fact import Fact, Quantity, Side, Subject, Unit, derive


def made(
    name: str,
    unit: Unit,
    quantity: Quantity,
    value: Decimal,
    formula: str,
    *inputs: Fact,
    side: Side | None = None,
    at: str | None = "",
) -> Fact:
    """Return a fact of the asset, venue and window of its first input, told apart by its inputs where `at` is empty."""
    first = inputs[0].subject
    # One result of within 1% and one of within 5% are two facts.
    place = " and ".join(fact.id.replace("/", " ") for fact in inputs) if at == "" else at
    subject = Subject(first.asset, name, side, first.venue, first.window_hours, place)
    return derive(subject, value, unit, quantity, inputs, formula)
