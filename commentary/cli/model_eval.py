"""What a model is worth as a writer, in lines for a person."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from commentary.cli.output import columns
from commentary.cli.screen import Screen

if TYPE_CHECKING:
    from commentary.records.model_eval import Compared, ComparedFeed, Example, ModelEval, SentenceCounts

_HEAD = ("story", "drafts", "open", "at first", "repaired", "anew", "same", "other skeleton", "own words", "fell back")


def listing(result: "ModelEval", screen: Screen) -> Iterator[str]:
    """Yield the lines: by story and in all, why answers were refused, speed, variety, examples, and the verdict."""
    where = f", {result.where}" if result.where else ""
    yield screen.bold(f"Model {result.model}{where}, temperature {result.temperature:g}")
    yield from columns(_rows(result))
    yield ""
    yield from screen.wrapped(
        "Open sentences: accepted at first, after a repair, or written anew. Of these, same is the template's text "
        "given back; the others have another skeleton (the text with its figures as slots), and those in own words "
        "have other words or another order of them, not other signs alone. What fell back stands as the template has "
        "it."
    )
    yield ""
    yield from screen.wrapped(_checked(result))
    yield ""
    yield from columns(_figures(result))
    yield ""
    yield from columns(_variety(result))
    if result.feed is not None:
        yield ""
        yield from _feed(result.feed, screen)
    yield from _examples(result.examples, screen)
    yield ""
    yield from screen.wrapped(result.verdict)


def _rows(result: "ModelEval") -> Iterator[tuple[str, ...]]:
    """Yield the counts by kind of story, and of all."""
    yield _HEAD
    told = [one for one in result.stories if one.story != "none"]
    for story in sorted({one.story for one in told}):
        same = [one for one in told if one.story == story]
        yield _row(story, len(same), same)
    yield _row("all", result.drafts, [result.all])


def _row(name: str, drafts: int, counts: "Sequence[SentenceCounts]") -> tuple[str, ...]:
    reasons: Counter[str] = Counter()
    for one in counts:
        reasons.update(one.reasons)
    fell = sum(one.fallback for one in counts)
    why = f"{fell} ({_listed(reasons.items())})" if fell else "0"
    numbers = (sum(getattr(one, field) for one in counts) for field in _FIELDS)
    return (name, str(drafts), *map(str, numbers), why)


_FIELDS = ("open", "first", "repair", "resample", "same", "skeleton", "own")


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered)


def _checked(result: "ModelEval") -> str:
    told = f"{result.passing} of {result.drafts} drafts pass every check, again and without the model"
    if result.passing == result.drafts:
        return f"{told}, as all have to."
    failed = ", ".join(one.snapshot for one in result.stories if not one.passes)
    return f"{told}. All have to; not so {failed}."


def _figures(result: "ModelEval") -> Iterator[tuple[str, str]]:
    speed = result.speed
    yield "answers the judge refused", _listed(result.refused.judge.items()) or "none"
    yield "answers the check refused", _listed(result.refused.check.items()) or "none"
    yield "answers that did not come", _listed(result.refused.failures.items()) or "none"
    yield "calls", f"{speed.calls:,}"
    yield "tokens a second, of the writing", f"{speed.tokens_per_second:,.1f}" if speed.tokens else "not counted"
    yield "seconds a draft, with judge and check", f"{speed.seconds_per_draft:.1f}"
    yield "longest wait for an answer", f"{speed.longest_wait:.1f} s"
    yield "BLEU of accepted sentences to the template's", f"{result.bleu_to_template:.1f}"


def _variety(result: "ModelEval") -> Iterator[tuple[str, ...]]:
    yield "figures masked", "templates", "with the model"
    yield from _sides(f"{result.sentences.template.texts} open sentences", result.sentences)
    yield from _sides(f"bodies of {result.bodies.template.texts} drafts", result.bodies)


def _sides(what: str, sides: "Compared") -> Iterator[tuple[str, ...]]:
    before, after = sides.template, sides.model
    yield f"{what}: distinct pairs of words", f"{before.distinct_2:.3f}", f"{after.distinct_2:.3f}"
    yield f"{what}: self-BLEU", f"{before.self_bleu:.1f}", f"{after.self_bleu:.1f}"
    yield f"{what}: sentences repeated", f"{before.repeated:.1%}", f"{after.repeated:.1%}"


def _feed(feed: "ComparedFeed", screen: Screen) -> Iterator[str]:
    yield screen.bold(
        f"A feed of {feed.articles} on {feed.snapshot} ({feed.story}), each worded apart from those before"
    )
    rows: list[tuple[str, ...]] = [("", "templates", "with the model")]
    for name, field, form in (
        ("sentences repeated within the window", "repeated_in_window", ".1%"),
        ("sentences repeated within the feed", "repeated_in_feed", ".1%"),
        ("self-BLEU, each against all others", "self_bleu", ".1f"),
        ("BLEU, each against each", "pairwise_bleu", ".1f"),
        ("distinct pairs of words", "distinct_2", ".3f"),
    ):
        rows.append((name, *(format(getattr(side, field), form) for side in (feed.template, feed.model))))
    yield from columns(rows)


def _examples(examples: "Iterable[Example]", screen: Screen) -> Iterator[str]:
    for one in examples:
        yield ""
        said = "accepted" if one.accepted else f"refused, {one.code}"
        yield screen.bold(f"{said} ({one.snapshot})")
        yield from screen.wrapped(one.template, "  template: ", "    ")
        yield from screen.wrapped(one.model, "  model:    ", "    ")
        if one.message:
            yield from screen.wrapped(one.message, "  why:      ", "    ")
