"""Whether a model is worth using, in plain words, from what it did."""

from collections.abc import Mapping

from commentary.records.model_eval import SentenceCounts, Speed
from commentary.records.writer import Kind

MUCH, SOME = 0.5, 0.2
"""Shares of the open sentences in a model's own words. Chosen here: from half on, most of what is open reads
otherwise than the templates have it; below a fifth an article of three or four open sentences has as a rule none."""
_OFTEN = 0.1
"""Of so many failures for each open sentence the most frequent kind is named, with what to do."""
_WHY: Mapping[Kind, str] = {
    "timeout": "Calls took too long: raise call_seconds in [model], or use a smaller model",
    "transport": "Calls did not come through: see that the server runs and has the model loaded",
    "budget": "There was no time for all sentences: raise budget_seconds in [model], or use a smaller model",
    "malformed": "Answers came in another form than was asked for: switch off the thinking of a model that thinks",
    "refusal": "The model refuses sentences: use another one",
    "empty": "Answers came with nothing in them: switch off the thinking of a model that thinks",
}


def verdict(counts: SentenceCounts, failures: Mapping[Kind, int], speed: Speed, drafts: int, passing: int) -> str:
    """Return one to three sentences.

    Args:
        counts: of all open sentences.
        failures: calls by why no answer came.
        speed: what it cost.
        drafts: how many there are.
        passing: how many of them pass every check.
    """
    if passing < drafts:
        return (
            f"Do not use it: {drafts - passing} of {drafts} drafts do not pass their check, which is a fault in this "
            "program and not in the model; report it."
        )
    if not counts.open:
        return "Nothing can be said of it: no sentence of these drafts is open to a model."
    if speed.calls <= sum(count for kind, count in failures.items() if kind != "budget"):
        return " ".join(("It cannot be judged: no answer came.", *_causes(counts, failures)))
    return " ".join((_worth(counts, speed), *_causes(counts, failures)))


def _worth(counts: SentenceCounts, speed: Speed) -> str:
    share = counts.own / counts.open
    told = f"{counts.own} of {counts.open} open sentences ({share:.0%}) are in its own words and pass every check"
    cost = f"at {speed.seconds_per_draft:.1f} s a draft"
    if share >= MUCH:
        return f"Worth using: {told}, {cost}."
    if share >= SOME:
        return f"Of some use: {told}, {cost}; the others read as they do without it."
    if counts.own:
        return f"Hardly worth its time: only {told}, {cost}."
    return f"Not worth using: none of {counts.open} open sentences is in its own words; the drafts read as without it."


def _causes(counts: SentenceCounts, failures: Mapping[Kind, int]) -> list[str]:
    kind = max(failures, key=lambda each: failures[each], default=None)
    if kind is None or failures[kind] < _OFTEN * counts.open:
        return []
    return [f"{_WHY[kind]} ({kind} {failures[kind]})."]
