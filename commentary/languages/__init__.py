"""Languages: the one definition of how a fact may be written, shared by writer and checker."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from commentary.errors import ConfigError
from commentary.languages.base import Language


@cache
def language(code: str) -> Language:
    """Return the language of the folder `code`.

    Raises:
        ConfigError: there is no such folder.
    """
    codes = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    if code not in codes:
        raise ConfigError(f"there is no language {code!r}; there are {', '.join(codes)}")
    found = import_module(f"{__name__}.{code}").LANGUAGE
    if not isinstance(found, Language):
        raise ConfigError(f"commentary/languages/{code}/__init__.py must hold LANGUAGE, a Language")
    return found
