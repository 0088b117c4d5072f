"""Which sentence each sentence of a draft stands behind, for a text that was made of it."""

from collections.abc import Mapping

from commentary.checks.placed import figures_in
from commentary.checks.sentences import sentence_spans
from commentary.pipeline.opening import sheet_of
from commentary.records.draft import Draft, texts
from commentary.records.spelled import Before

_APART = ("/headline", "/headlines", "/variants", "/disclaimer", "/ai_disclosure")
_HEADING = ("/heading", "/question", "/title")
_GOES_ON = ("/sections", "/sentiment/flips")
"""Fields whose first sentence may point to the field before, but for the first of each."""


def befores(draft: Draft) -> Mapping[str, tuple[Before, ...]]:
    """Return by sentence those that it stands behind; none for what opens a field that stands alone."""
    sheet = sheet_of(draft)
    found: dict[str, list[Before]] = {}
    free: set[str] = set()
    last: Before | None = None
    before = ""
    for path, text in texts(draft):
        if path.startswith(_APART) or path.endswith(_HEADING):
            continue
        mentions = tuple(one.mention for one in draft.mentions if one.path == path)
        for i, (start, end) in enumerate(sentence_spans(text)):
            sentence = text[start:end].strip()
            if i == 0 and not any(path.startswith(one) and before.startswith(one) for one in _GOES_ON):
                free.add(sentence)
            elif last is not None:
                found.setdefault(sentence, []).append(last._replace(opens=i == 0))
            last = Before(sentence, figures_in(mentions, (start, end), sheet))
        before = path
    return {one: () if one in free else tuple(found[one]) for one in (*found, *free)}
