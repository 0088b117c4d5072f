"""Where a figure comes from: its fact, and every fact that it rests on."""

from collections.abc import Mapping
from typing import NamedTuple

from commentary.errors import BadInputError
from commentary.records.draft import Draft, FactRecord, texts


class Explanation(NamedTuple):
    """Where a figure comes from."""

    path: str
    start: int
    end: int
    text: str
    style: str
    fact: FactRecord
    inputs: tuple[FactRecord, ...]
    """All facts it rests on, nearest first."""


def explain(draft: Draft, text: str) -> tuple[Explanation, ...]:
    """Return where the figures of `draft` that read `text` (or lie within it) come from.

    Raises:
        BadInputError: no mention of the draft holds the text.
    """
    records = {record.id: record for record in draft.facts}
    wanted = text.strip()
    found = []
    fields = dict(texts(draft))
    for mention in draft.mentions:
        spelled = fields[mention.path][mention.start : mention.end]
        if wanted in spelled or (len(spelled) > 3 and spelled in wanted):
            fact = records[mention.fact]
            found.append(
                Explanation(
                    mention.path,
                    mention.start,
                    mention.end,
                    spelled,
                    mention.style,
                    fact,
                    _chain(fact, records),
                )
            )
    if not found:
        raise BadInputError("TEXT", text, "no figure of the draft reads so; copy it from the text as it stands")
    return tuple(found)


def _chain(fact: FactRecord, records: Mapping[str, FactRecord]) -> tuple[FactRecord, ...]:
    seen: dict[str, FactRecord] = {}
    queue = list(fact.inputs)
    while queue:
        name = queue.pop(0)
        if name not in seen and name in records:
            seen[name] = records[name]
            queue.extend(records[name].inputs)
    return tuple(seen.values())
