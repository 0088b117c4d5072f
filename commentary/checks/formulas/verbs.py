"""Formulas of verbs: which one a move's size allows."""

from collections.abc import Mapping
from decimal import Decimal

from commentary.checks.formulas.base import Form
from commentary.config.verbs import verb_of


def _verb(percent: Decimal, sigmas: Decimal) -> str:
    return verb_of(percent, sigmas) or ""


FORMS: Mapping[str, tuple[Form, ...]] = {
    "price_verb": (Form("the verb for {0} at the size of {1}", "price_change price_sigma", _verb),),
}
