"""A round read again from kept replies: the questions are those that were asked then, at their time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from commentary.errors import BadInputError
from commentary.net import Outcome, Request
from commentary.records.canonical import timestamp
from commentary.records.values import Time
from commentary.sources.collecting import Collection, Scope, chosen, collection_of
from commentary.sources.json_text import pointer, shown
from commentary.sources.questions import Access, round_of

_LONGEST = timedelta(days=1)
"""No round takes as long, not even on a machine that slept meanwhile: each source has its deadline."""


class KeptReplies(Protocol):
    """A folder of kept replies."""

    place: str
    """The file that says what was asked, for errors about it."""
    info: Mapping[str, Any]
    """What `Collection.info` said of the round."""

    def __call__(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """Return what came of each request then."""
        ...


class _Info(BaseModel):
    """What a folder says of its round."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    assets: tuple[str, ...]
    sources: tuple[str, ...]
    without_key: tuple[str, ...]
    base_urls: dict[str, str]
    scope: Scope
    asked_at: Time
    as_of: Time


def kept_collection(
    kept: KeptReplies, asset: str, *, names: Mapping[str, str] | None = None, own_map: bool = True
) -> Collection:
    """Return what a round gave, from its kept replies; no key is needed for it.

    Raises:
        BadInputError: the folder does not say what was asked, or not of this asset.
    """
    place = f"{kept.place}/collection"
    try:
        info = _Info.model_validate(dict(kept.info))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = first["msg"][:1].lower() + first["msg"][1:]
        where = f"{place}{pointer(tuple(first['loc']))}"
        raise BadInputError(where, shown(first.get("input"))[:80], f"{message}; fetch again") from None
    if not timedelta(0) <= info.as_of - info.asked_at <= _LONGEST:
        remedy = f"a round that began at {timestamp(info.asked_at)} ends behind that, within a day; fetch again"
        raise BadInputError(f"{place}/as_of", timestamp(info.as_of), remedy)
    if asset not in info.assets:
        remedy = f"the replies are of {', '.join(info.assets) or 'no coin'}; name one of them"
        raise BadInputError("ASSET", asset, remedy)
    able, without = chosen(info.sources, f"{place}/sources"), chosen(info.without_key, f"{place}/without_key")
    if both := next((source.name for source in able if source in without), None):
        raise BadInputError(f"{place}/without_key", both, "it is among the sources that were asked; fetch again")
    # Kept replies were asked with a key, which is neither kept nor needed: any word stands for it.
    environment = {source.key.variable: "kept" for source in able if source.key is not None}
    access = Access(info.base_urls, environment)
    round_ = round_of([asset], (*able, *without), info.asked_at, access, info.scope)
    return collection_of(round_, kept(round_.requests), info.as_of, access=access, names=names, own_map=own_map)
