"""An article with open sentences in a model's words, held to the whole check beside its draft from templates."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from commentary import __version__
from commentary.languages import language
from commentary.pipeline.checking import check_fields
from commentary.pipeline.composing import Order, compose
from commentary.pipeline.exchanging import Other, exchanged
from commentary.pipeline.open_sentences import MODEL, open_sentences
from commentary.pipeline.opening import edition_of, sheet_of
from commentary.pipeline.sealing import seal
from commentary.records.draft import Draft
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet
from commentary.records.story import Story
from commentary.records.worded import Reworded
from commentary.records.worded import Writer as Worder
from commentary.records.writer import ModelIdentity
from commentary.rewording.judge.base import Fault
from commentary.rewording.ladder import Climbed
from commentary.rewording.slots import SLOT, Filled, filled
from commentary.sentiment import SentimentReading

_LONGEST_NAME = 120
"""Of a model's name, in characters."""
_UNFIT = Fault("spelling.unfit", "", "a slot stands where what it holds cannot be written; put it where it stood")


class Made(NamedTuple):
    """A checked draft from templates, and what it was made of."""

    draft: Draft
    order: Order
    story: Story
    sheet: FactSheet
    reading: SentimentReading


class Place(NamedTuple):
    """Where a model's text stands in a draft."""

    start: int
    end: int
    filled: Filled


def worder_of(identity: ModelIdentity) -> Worder:
    """Return who words a draft that a model rewords, the model called by its name in one line."""
    name = "".join(one for one in identity.name if one.isprintable()).strip()[:_LONGEST_NAME] or "unnamed"
    return Worder(
        kind="model",
        name=name,
        version=__version__,
        revision=identity.revision,
        weights_sha256=identity.weights_sha256,
    )


_COUNTED = frozenset({"style.sentence", "style.paragraph"})
"""Rules whose messages say how long something is, and nothing of what it says."""


class Article:
    """An article that a model rewords.

    Args:
        made: its draft from templates.
    """

    def __init__(self, made: Made) -> None:
        self.made = made
        self.open = tuple(open_sentences(made.draft, made.order.settings))
        self._language = language(made.draft.language)
        self._sheet = sheet_of(made.draft)
        self._edition = edition_of(made.draft)
        self._known = Counter(map(_key, made.draft.checks.findings if made.draft.checks else ()))

    def refused(self, standing: Mapping[int, str], new: Mapping[int, str]) -> dict[int, tuple[Fault, ...]]:
        """Return what the whole check finds in an article that its template draft does not have, by new text.

        Args:
            standing: texts that stand, by the number of the open sentence; with them alone nothing is found.
            new: texts that are to stand beside them.
        """
        both = {**standing, **new}
        fills = {i: self._filled(i, text) for i, text in both.items()}
        found: dict[int, tuple[Fault, ...]] = {i: (_UNFIT,) for i in new if fills[i] is None}
        draft, places = self._with(self.made.draft, {i: one for i, one in fills.items() if one is not None}, "")
        asked = [i for i in new if i not in found]
        news = check_fields(draft, settings=self.made.order.settings).findings if asked else ()
        for finding in self._other(news, places):
            for i in _blamed(finding, {i: self.open[i].record.path for i in asked}, places):
                found[i] = (*found.get(i, ()), _fault(finding, places, i, both[i]))
        return found

    def sealed(self, climbed: Mapping[int, Climbed], worder: Worder) -> tuple[Draft, dict[int, str]]:
        """Return the draft with a model's texts, checked and sealed, and by open sentence why one was taken out again.

        Without any text it is the template draft.

        Args:
            climbed: what became of the open sentences.
            worder: the model, as drafts name it.
        """
        out: dict[int, str] = {}
        texts = {i: one.text for i, one in climbed.items() if one.text is not None and not one.same}
        fills = {i: fill for i, text in texts.items() if (fill := self._filled(i, text)) is not None}
        while fills:
            # What says how the draft was made is composed anew, with everything else as it was.
            base = compose(self.made.order._replace(model=worder), self.made.story, self.made.sheet, self.made.reading)
            if not isinstance(base, Draft):
                out |= dict.fromkeys(fills, "label")
                break
            draft, places = self._with(base, fills, worder.name)
            records = tuple(self._record(i, climbed[i], places[i]) for i in sorted(places))
            result = seal(draft.model_copy(update={"reworded": records}), self.made.order.settings)
            news = self._other(result.checks.findings if result.checks else (), places)
            if not news:
                return result, out
            paths = {i: self.open[i].record.path for i in places}
            out |= {i: one.code for one in news for i in _blamed(one, paths, places)}
            fills = {i: fill for i, fill in fills.items() if i not in out}
        return self.made.draft, out

    def _filled(self, i: int, text: str) -> Filled | None:
        return filled(text, self.open[i].sentence, self._sheet, self._language, self._edition)

    def _with(self, base: Draft, fills: Mapping[int, Filled], name: str) -> tuple[Draft, dict[int, Place]]:
        """Return a draft with other texts for some open sentences, and where they stand.

        The draft that is composed anew has the same sentences at the same places as the one that was.
        """
        origin = f"{MODEL}@{name}"
        others = {self.open[i].number: Other(one.text, one.mentions, origin) for i, one in fills.items()}
        draft = exchanged(base, others)
        at = {i: draft.sentences[self.open[i].number] for i in fills}
        return draft, {i: Place(at[i].start, at[i].end, one) for i, one in fills.items()}

    def _other(self, found: Sequence[Finding], places: Mapping[int, Place]) -> list[Finding]:
        """Return the findings that the template draft does not have; in a model's words every error is one."""
        left = Counter(self._known)
        news = []
        for one in found:
            if one.severity == "note":
                continue
            inside = any(
                self.open[i].record.path == one.path and place.start < one.span[1] and one.span[0] < place.end
                for i, place in places.items()
            )
            if left[_key(one)] > 0 and not (inside and one.severity == "error"):
                left[_key(one)] -= 1
            else:
                news.append(one)
        return news

    def _record(self, i: int, climbed: Climbed, place: Place) -> Reworded:
        one = self.open[i]
        return Reworded(
            path=one.record.path,
            start=place.start,
            end=place.end,
            template=one.record.origin,
            instead_of=one.text,
            returned=climbed.text or "",
            seed=climbed.seed,
            prompt_sha256=climbed.prompt_sha256,
            attempts=climbed.attempts,
        )


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.path, finding.text


def _blamed(finding: Finding, paths: Mapping[int, str], places: Mapping[int, Place]) -> Iterator[int]:
    """Yield the texts that a finding is put to: that in which it stands, else those of its field, else all.

    Args:
        finding: what was found.
        paths: the fields of the texts that it can be put to.
        places: where all texts stand.
    """
    here = [i for i, path in paths.items() if path == finding.path]
    start, end = finding.span
    inside = [i for i in here if places[i].start < end and start < places[i].end]
    yield from inside or here or paths


def _fault(finding: Finding, places: Mapping[int, Place], i: int, text: str) -> Fault:
    """Return a finding as it may be told to a model: its words in slots, and no message that may have figures."""
    shown = _slotted(finding, places[i], text)
    if finding.code in _COUNTED:
        return Fault(finding.code, shown, finding.message)
    return Fault(finding.code, shown, f"the rule {finding.code} refuses this; write it as the sentence has it")


def _slotted(finding: Finding, place: Place, text: str) -> str:
    """Return the words of a finding in a model's text, with slots for what facts spell; empty where it is elsewhere."""
    low, high = finding.span[0] - place.start, finding.span[1] - place.start
    if low < 0 or high > len(place.filled.text) or low >= high:
        return ""
    shown, at = "", low
    for mention, slot in zip(place.filled.mentions, SLOT.finditer(text), strict=True):
        if mention.end <= low or mention.start >= high:
            continue
        shown += place.filled.text[at : max(at, mention.start)] + slot[0]
        at = mention.end
    return shown + place.filled.text[at : max(at, high)]
