"""Writes into the text fields of a draft, which are named by JSON Pointers."""

from pydantic import BaseModel

from commentary.records.draft import Draft


def with_text(draft: Draft, path: str, text: str) -> Draft:
    """Return a draft with another text in a field that it has; its mentions and sentences are the caller's.

    Raises:
        TypeError: it has no such field.
    """
    changed = _put(draft, path.strip("/").split("/"), text)
    if not isinstance(changed, Draft):
        raise TypeError(f"{changed!r} is no draft")
    return changed


def _put(value: object, keys: list[str], text: str) -> object:
    """Return a record, or a row of them, with another text at the place that the keys lead to."""
    if not keys:
        return text
    first, rest = keys[0], keys[1:]
    if isinstance(value, tuple):
        i = int(first)
        return (*value[:i], _put(value[i], rest, text), *value[i + 1 :])
    if isinstance(value, dict):
        return {**value, first: _put(value[first], rest, text)}
    if isinstance(value, BaseModel):
        return value.model_copy(update={first: _put(getattr(value, first), rest, text)})
    raise TypeError(f"{value!r} has no part {first!r}")
