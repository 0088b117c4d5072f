"""Some sentences of a model's, for a person to read beside those of the templates."""

from collections.abc import Iterable, Sequence

from commentary.records.draft import texts
from commentary.records.model_eval import Example
from commentary.runs.measures.tokens import tokens
from commentary.runs.model_eval.worded import Drafts, Worded, words

_LONGEST = 400
"""Characters of a refused answer that are shown: it may have no end."""


def accepted(drafts: Iterable[Drafts], most: int) -> list[Example]:
    """Return sentences in the model's own words beside those that they stand for, with figures."""
    found = []
    for one in drafts:
        fields = dict(texts(one.model))
        for record in one.model.reworded:
            text = fields[record.path][record.start : record.end]
            if words(tokens(text)) != words(tokens(record.instead_of)):
                found.append(Example(snapshot=one.snapshot, template=record.instead_of, model=text, accepted=True))
    return _spread(found, most)


def refused(worded: Iterable[Worded], most: int) -> list[Example]:
    """Return refused answers, in slots: of each reason the first."""
    found: dict[str, Example] = {}
    for one in worded:
        for answer in one.climbed.refused:
            fault = answer.faults[0]
            if fault.code not in found:
                found[fault.code] = Example(
                    snapshot=one.snapshot,
                    template=one.sentence.text,
                    model=_shown(answer.text),
                    accepted=False,
                    code=fault.code,
                    message=_shown(fault.message),
                )
    return _spread(list(found.values()), most)


def _shown(text: str) -> str:
    """Return a text that a model wrote as a terminal can show it: whole words in a row, nothing that steers it."""
    plain = "".join(one if one.isprintable() else " " if one.isspace() else "\N{REPLACEMENT CHARACTER}" for one in text)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _spread(examples: Sequence[Example], most: int) -> list[Example]:
    """Return so many of some examples, from the first on at equal steps."""
    count = min(most, len(examples))
    return [examples[i * len(examples) // count] for i in range(count)]
