"""Words that claim more than facts carry: cause, forecast, advice, certainty, intent, density, records.

wording.<category> for the words of the lexicon, judged sentence by sentence outside frames and
exempt phrases. wording.density: "cluster" and its kin need separate levels, unless denied.
"""

from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document, Field, sentence_spans
from commentary.records.finding import Finding, Severity

_SEVERITY: dict[str, Severity] = {
    "cause": "error",
    "prediction": "error",
    "advice": "error",
    "certainty": "error",
    "intent": "error",
    "density": "error",
}
_MESSAGE = {
    "cause": "no fact shows a cause; say what came after what, or take it out",
    "prediction": "this forecasts; say what would happen under a condition, or take it out",
    "advice": "this advises the reader; take it out",
    "certainty": "nothing about a market is certain; take it out",
    "intent": "no fact shows anyone's intent; take it out",
    "density": "a sum to a price carries no density; say where the count runs and that it may be uneven",
}
_DENIALS = (
    " no ",
    " not ",
    " nor ",
    " neither ",
    " nothing ",
    " cannot ",
    "without",
    "only the separate levels",
)


@checks.add("wording")
def wording(document: Document) -> Iterator[Finding]:
    """Find claims that words make on their own."""
    has_levels = document.sheet.get("cluster_size") is not None
    for field in document.fields:
        frames = [(s.start, s.end) for s in field.sentences if s.origin.startswith("frame@")]
        for start, end, category in document.language.watched(field.text):
            if category not in _SEVERITY or any(a <= start and end <= b for a, b in frames):
                continue
            if _inside_mention(field, start, end):
                continue
            if category == "density" and (has_levels or _denied(field, start) or not _is_market_claim(field, start)):
                continue
            yield document.finding(f"wording.{category}", _SEVERITY[category], field, (start, end), _MESSAGE[category])


def _inside_mention(field: Field, start: int, end: int) -> bool:
    return any(mention.start <= start and end <= mention.end for mention in field.mentions)


def _sentence_at(field: Field, position: int) -> str:
    for start, end in sentence_spans(field.text):
        if start <= position < end:
            return field.text[start:end]
    return field.text


def _denied(field: Field, position: int) -> bool:
    sentence = f" {_sentence_at(field, position).casefold()} "
    return any(word in sentence for word in _DENIALS) or sentence.rstrip().endswith("?")


def _is_market_claim(field: Field, position: int) -> bool:
    return any(character.isalpha() for character in _sentence_at(field, position))
