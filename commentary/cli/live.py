"""Live sources for commands: who is asked, where, with which keys, and how far the asking has come."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from commentary.config.source_settings import SourceSettings
    from commentary.net import Outcome, Pool
    from commentary.net.asker import Asker
    from commentary.net.clock import Clock
    from commentary.sources.live.base import Source
    from commentary.sources.questions import Access

From = Annotated[
    str | None,
    typer.Option("--from", metavar="SOURCE,…", help="Who is asked. Default: as the settings say, else all keyless."),
]
BaseUrls = Annotated[
    list[str] | None, typer.Option("--base-url", metavar="SOURCE=URL", help="Another address for a source.")
]
AllowHosts = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="HOST[:PORT]", help="A private address that may be asked all the same."),
]


def sources_of(named: str | None, settings: "SourceSettings") -> "tuple[Source, ...]":
    """Return the sources that are asked.

    Raises:
        BadInputError: there is none of a name.
    """
    from commentary.sources.collecting import chosen, keyless

    if named is not None:
        return chosen(part.strip() for part in named.split(",") if part.strip())
    if settings.names:
        return chosen(settings.names, "sources.from")
    return chosen(keyless())


def access_of(settings: "SourceSettings", base_urls: Sequence[str] | None) -> "Access":
    """Return addresses and keys: of the options before those of the settings, keys from the environment.

    Raises:
        BadInputError: an address is none, or of a source that there is not.
    """
    from commentary.config.source_settings import wrong_url
    from commentary.errors import BadInputError
    from commentary.sources.collecting import chosen
    from commentary.sources.questions import Access

    urls = dict(settings.base_urls)
    chosen(urls, "sources.base_urls")
    for written in base_urls or ():
        name, separator, url = written.partition("=")
        if not separator:
            raise BadInputError("--base-url", written, "write SOURCE=URL, such as binance=https://fapi.binance.com")
        chosen([name], "--base-url")
        if why := wrong_url(url):
            raise BadInputError("--base-url", written, why)
        urls[name] = url
    return Access(urls, os.environ)


@contextmanager
def network(
    sources: "Sequence[Source]",
    settings: "SourceSettings",
    allow_hosts: Sequence[str] | None,
    clock: "Clock | None" = None,
) -> "Iterator[Asker]":
    """Open the network, each source within its own limits; the clock dates its replies, by default the machine's."""
    from commentary.net.asker import Asker
    from commentary.net.client import Network
    from commentary.sources.collecting import chosen

    chosen(settings.calls_a_minute, "sources.calls_a_minute")
    pools = {source.name: _pools(source, settings.calls_a_minute) for source in sources}
    with Asker(Network(pools, allowed=(*settings.allow_hosts, *(allow_hosts or ())), clock=clock)) as ask:
        yield ask


def _pools(source: "Source", calls_a_minute: Mapping[str, int]) -> "Mapping[str, Pool]":
    """Return a source's limits, with that of the newsroom's own plan in place of the one for all calls."""
    from commentary.net import Pool
    from commentary.sources.questions import ALL

    own = calls_a_minute.get(source.name)
    return {**source.pools, ALL: Pool(own, 60)} if own is not None and ALL in source.pools else source.pools


@contextmanager
def progress(total: int, words: str, *, quiet: bool) -> "Iterator[Callable[[Outcome], None]]":
    """Show a bar on standard error while requests are answered; nothing where it is no terminal, or --quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda outcome: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda outcome: bar.advance(task)
