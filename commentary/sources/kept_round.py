"""A round read again from kept replies: the questions are those that were asked then, at their time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from commentary.errors import BadInputError
from commentary.net import Outcome, Request
from commentary.sources.collecting import Collection, Scope, chosen, collection_of
from commentary.sources.json_text import pointer, shown
from commentary.sources.questions import Access, round_of


class KeptReplies(Protocol):
    """A folder of kept replies."""

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
    asked_at: AwareDatetime
    as_of: AwareDatetime


def kept_collection(
    kept: KeptReplies, asset: str, *, names: Mapping[str, str] | None = None, own_map: bool = True
) -> Collection:
    """Return what a round gave, from its kept replies; no key is needed for it.

    Raises:
        BadInputError: the folder does not say what was asked, or not of this asset.
    """
    try:
        info = _Info.model_validate(dict(kept.info))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = f"--offline/index.json/collection{pointer(tuple(first['loc']))}"
        remedy = "it is no index of kept replies; fetch again"
        raise BadInputError(where, shown(first.get("input"))[:80], remedy) from None
    if asset not in info.assets:
        remedy = f"the replies are of {', '.join(info.assets)}; name one of them"
        raise BadInputError("ASSET", asset, remedy)
    able, without = chosen(info.sources, "--offline"), chosen(info.without_key, "--offline")
    # Kept replies were asked with a key, which is neither kept nor needed: any word stands for it.
    environment = {source.key.variable: "kept" for source in able if source.key is not None}
    access = Access(info.base_urls, environment)
    round_ = round_of([asset], (*able, *without), _utc(info.asked_at), access, info.scope)
    return collection_of(round_, kept(round_.requests), _utc(info.as_of), access=access, names=names, own_map=own_map)


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC)
