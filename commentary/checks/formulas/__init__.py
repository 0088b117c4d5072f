"""How each fact of a sheet is made: by metric, what its formula says, of which inputs, and the sum itself.

A file of this folder holds the formulas of one family of metrics, as `FORMS`.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from commentary.checks.formulas.base import Form
from commentary.checks.formulas.publications import remembered


def _gathered() -> dict[str, tuple[Form, ...]]:
    forms: dict[str, tuple[Form, ...]] = {}
    for module in iter_modules(__path__):
        own: Mapping[str, tuple[Form, ...]] = getattr(import_module(f"{__name__}.{module.name}"), "FORMS", {})
        if twice := sorted(forms.keys() & own.keys()):
            raise ValueError(f"commentary/checks/formulas/{module.name}.py: {twice[0]!r} has its formulas elsewhere")
        forms |= own
    return {**remembered(forms), **forms}


FORMS: Mapping[str, tuple[Form, ...]] = _gathered()
"""Every metric of commentary/metrics; what is not here is no fact that we compute."""
