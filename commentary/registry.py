"""Discovery: a plugin is one file in one folder, found by its name."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Generic, TypeVar

from commentary.errors import ConfigError

T = TypeVar("T")


class Registry(Generic[T]):
    """A named collection that fills itself from a package on first use."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._items: dict[str, T] = {}
        self._loaded = False

    def add(self, name: str) -> Callable[[T], T]:
        """Return a decorator that registers a thing under `name`; names are unique."""

        def register(thing: T) -> T:
            if name in self._items:
                raise ConfigError(f"{self._package}: the name {name!r} is registered twice")
            self._items[name] = thing
            return thing

        return register

    def _load(self) -> None:
        if not self._loaded:
            self._loaded = True
            import_folder(self._package)

    def __getitem__(self, name: str) -> T:
        self._load()
        try:
            return self._items[name]
        except KeyError:
            known = ", ".join(sorted(self._items))
            raise ConfigError(f"{self._package} has no {name!r}; it has {known}") from None

    def __contains__(self, name: object) -> bool:
        self._load()
        return name in self._items

    def __iter__(self) -> Iterator[str]:
        self._load()
        return iter(sorted(self._items))

    def items(self) -> Iterator[tuple[str, T]]:
        """Yield names and things, sorted by name."""
        self._load()
        yield from sorted(self._items.items(), key=lambda item: item[0])


def import_folder(package: str) -> None:
    """Import every module of `package` but `base`, so that each registers itself."""
    folder = import_module(package)
    for module in sorted(iter_modules(folder.__path__), key=lambda found: found.name):
        if module.name != "base":
            import_module(f"{package}.{module.name}")
