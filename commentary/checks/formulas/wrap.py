"""Formulas of a text on several assets."""

from collections.abc import Mapping

from commentary.checks.formulas.base import Form, words

FORMS: Mapping[str, tuple[Form, ...]] = {"wrap_assets": words("the assets of this text")}
