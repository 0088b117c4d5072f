"""Open sentences of checked drafts in a model's words, or left as they were where these do not pass every check.

Drafts are taken together, so that a model can write for all of them at once. A text of the model's stands only if the
judge finds nothing in it, and the whole check nothing in its article that it does not find in the template draft.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from commentary.config.model_settings import ModelSettings
from commentary.pipeline.reworded_article import Article, Made, worder_of
from commentary.records.draft import Draft
from commentary.records.writer import Writer
from commentary.rewording.judge import faults
from commentary.rewording.judge.base import Fault
from commentary.rewording.ladder import Ladder, Limits, Refused, reword
from commentary.rewording.slots import OpenSentence


class Told(NamedTuple):
    """What a model made of some drafts."""

    name: str
    """The model's."""
    drafts: tuple[Draft, ...]
    sentences: tuple[OpenSentence, ...]
    """The open sentences of all of them, in their order."""
    ladder: Ladder
    """What became of each."""


def _unheard(_: object) -> None:
    """Take what nobody asked to be told."""


class Model(NamedTuple):
    """A model that rewords, how it may, and who is told."""

    writer: Writer
    settings: ModelSettings = ModelSettings()
    began: Callable[[int], None] = _unheard
    """Told how many sentences the model is asked for."""
    done: Callable[[int], None] = _unheard
    """Told how many more of them had their first answer."""
    told: Callable[[Told], None] = _unheard
    """Told what became of them."""
    clock: Callable[[], float] = time.monotonic
    """Seconds that only go forward."""


def reword_drafts(drafts: Iterable[Made], model: Model) -> tuple[Draft, ...]:
    """Return drafts with open sentences in a model's words, checked and sealed; one without any is the one given.

    Args:
        drafts: drafts from templates, all of one language.
        model: the model.

    Raises:
        ConfigError: a template is marked open that cannot be shown in slots.
    """
    articles = [Article(made) for made in drafts]
    places = [(article, i) for article in articles for i in range(len(article.open))]
    sentences = tuple(article.open[i].sentence for article, i in places)
    first = {id(article): at for at, (article, i) in reversed([*enumerate(places)])}
    code = articles[0].made.draft.language if articles else ""

    def accept(standing: Mapping[int, str], new: Mapping[int, str]) -> Mapping[int, Sequence[Fault]]:
        found: dict[int, Sequence[Fault]] = {}
        # The template's own words given back stay the template's, which needs no check as a model's.
        other = {i for i, text in {**standing, **new}.items() if text != sentences[i].text}
        for article in articles:
            at = first.get(id(article), 0)
            own = [i for i in range(at, at + len(article.open)) if i in other]
            mine = {i - at: new[i] for i in own if i in new}
            if mine:
                beside = {i - at: standing[i] for i in own if i in standing}
                found |= {at + i: each for i, each in article.refused(beside, mine).items()}
        return found

    model.began(len(sentences))
    ladder = reword(
        sentences,
        [_place(article, i) for article, i in places],
        model.writer,
        code=code,
        limits=Limits(model.settings.call_seconds, model.settings.budget_seconds * max(1, len(first))),
        judge=lambda sentence, text: faults(sentence, text, code),
        accept=accept,
        clock=model.clock,
        done=model.done,
    )
    climbed = list(ladder.climbed)
    # A server may tell only with its first answer which model it has.
    worder = worder_of(model.writer.identity)
    sealed = []
    for article in articles:
        at = first.get(id(article), 0)
        own = {i: climbed[at + i] for i in range(len(article.open))}
        draft, out = article.sealed(own, worder)
        for i, why in out.items():
            lost = Refused(own[i].text or "", (Fault(why, "", "refused beside the other sentences"),), "check")
            climbed[at + i] = own[i]._replace(
                text=None, how="template", met=(*own[i].met, why), refused=(*own[i].refused, lost)
            )
        sealed.append(draft)
    model.told(Told(worder.name, tuple(sealed), sentences, ladder._replace(climbed=tuple(climbed))))
    return tuple(sealed)


def _place(article: Article, i: int) -> str:
    """Return what a sentence is called, for the seeds of its calls: they go by the draft's."""
    record = article.open[i].record
    return f"{article.made.draft.seed}{record.path}@{record.start}"
