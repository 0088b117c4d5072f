"""Where a figure comes from: its fact, and every fact that it rests on."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from commentary.errors import BadInputError
from commentary.records.draft import REMAKE, Draft, fact_records, texts
from commentary.records.fact_file import FactRecord

_SHORT = 3
"""Longer wordings are also found within what was asked."""


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

    A figure matches whole: "24%" is not the end of "0.0024%", nor "593" that of "$60,593".

    Raises:
        BadInputError: no mention of the draft holds the text, or one points to what the draft lacks.
    """
    records = {record.id: record for record in fact_records(draft)}
    wanted = text.strip()
    found = []
    fields = dict(texts(draft))
    for i, mention in enumerate(draft.mentions):
        field, fact = fields.get(mention.path), records.get(mention.fact)
        if field is None:
            raise BadInputError(f"/mentions/{i}/path", mention.path, f"the draft has no such field; {REMAKE}")
        if fact is None:
            raise BadInputError(f"/mentions/{i}/fact", mention.fact, f"the draft has no such fact; {REMAKE}")
        spelled = field[mention.start : mention.end]
        if spelled and (_holds(spelled, wanted) or (len(spelled) > _SHORT and _holds(wanted, spelled))):
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


def _holds(text: str, words: str) -> bool:
    """Say whether words stand in a text whole: no figure is cut within its digits."""
    return re.search(rf"(?<![\w.,]){re.escape(words)}(?![\w%])(?![.,]\d)", text) is not None


def _chain(fact: FactRecord, records: Mapping[str, FactRecord]) -> tuple[FactRecord, ...]:
    seen: dict[str, FactRecord] = {}
    queue = list(fact.inputs)
    while queue:
        name = queue.pop(0)
        if name not in seen and name in records:
            seen[name] = records[name]
            queue.extend(records[name].inputs)
    return tuple(seen.values())
