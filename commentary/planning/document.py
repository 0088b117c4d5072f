"""The plan of a document: every claim the layout asks for and the facts carry, in its place."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from decimal import Decimal

from commentary.config.newsworthiness import newsworthiness
from commentary.config.storybook import Layout, SectionLayout, StoryBook
from commentary.errors import ConfigError
from commentary.planning.claims import ClaimSpec, LeftOut, make_claim
from commentary.planning.formats import FormPlanner, Forms, Writer
from commentary.planning.questions import Asking, Chosen, Text, choose
from commentary.planning.weighing import nucleus, weight
from commentary.records.plan import Claim, Condition, Length, Plan, PlannedAnswer, PlannedSection
from commentary.records.query import Scope, find, judge, names_of
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story

BACK = "back"
"""The relation of a price that returns across a level: above one it fell through, below one it rose through."""

CanSay = Callable[[Claim], bool]
Words = Callable[[Claim], int]
"""How many words a claim is told in."""

_GIVES_WAY = "?"
_MARKS = "+-?"
_NOT_THE_LEAD = ("update.", "wrap.record.", *_MARKS)
_GAP = "unknown.gap"
_LABEL = ("update.label",)
"""It tells what became of the label, and not what came about."""
_BRIEF_AT_MOST = 4
"""A story with no more facts than this is told in a brief, without subheads."""
_TWO_SUBHEADS_AT_MOST = 9


class Planner:
    """Turns one story and its fact sheet into a plan.

    Args:
        sheet: the facts.
        story: the story.
        book: its file.
        specs: every claim by its frame.
        can_say: whether a wording fits the facts of a claim.
        writer: what words claims; without it no short forms are planned.
        asking: the bank of questions, and what was asked of late.
        said: by short form, the frames of a draft that is planned again.
    """

    def __init__(
        self,
        sheet: FactSheet,
        story: Story,
        book: StoryBook,
        specs: Mapping[str, ClaimSpec],
        can_say: CanSay,
        words: Words,
        *,
        writer: Writer | None = None,
        asking: Asking | None = None,
        said: Mapping[str, Container[str]] | None = None,
    ) -> None:
        self._sheet = sheet
        self._story = story
        self._layout: Layout = book.layout
        self._specs = specs
        self._said = said or {}
        self._can_say = can_say
        self._words = words
        self._scores = {score.kind: score for score in story.scores}
        self._scope = Scope(names_of(sheet, story.emphasis), book.thresholds)
        self._writer = writer
        self._asking = asking or Asking()
        self._left_out: dict[str, str] = {}
        self._told: set[str] = set()
        """The facts in the sentences planned so far: a caveat follows its figure."""
        self._gave_way: set[str] = set()
        """Entries of the layout that the body has no room for."""
        self._optional: dict[str, Claim] = {}
        """By entry, the sentences that may still give way."""

    def plan(self, length: Length | None, rationale: Iterable[str], flips: Iterable[str]) -> Plan | NoStory:
        """Return the plan, or why nothing can be headed; without a length it follows the number of facts."""
        layout = self._layout
        full = length == "full"
        sections = self._sections(layout.sections, full=full)
        chosen = length or self._length(sections)
        if chosen == "brief":
            self._told.clear()
            sections = (PlannedSection(None, self._paragraphs(layout.brief, full=False)),)
        elif chosen == "standard":
            sections = self._fold(self._within_limit(sections))
        if unopened := self._unopened(layout.brief if chosen == "brief" else layout.sections[0].paragraphs, sections):
            return unopened
        told = frozenset(self._told)
        forms = self._forms_of(sections)
        if forms:
            headlines = forms.headlines(layout.headlines, self._apart(layout.digest_title))
        else:
            headlines = self._claims(layout.headlines)
        # Of the candidates a reader meets the first alone.
        self._told = {*told, *(fact.id for claim in headlines[:1] for _, fact in claim.roles)}
        # Planned in the order in which a reader meets them, since some follow only what was said before.
        standfirst = self._claims(layout.standfirst)
        unknowns = self._unknowns()
        faq = self._faq(chosen, (standfirst, unknowns), sections)
        title = self._first(layout.digest_title)
        if title is not None and headlines and title.frame == headlines[0].frame:
            # The digest is headed by the same news in other words.
            title = title._replace(turn=1)
        if not headlines or title is None:
            self._claims(layout.headlines)
            heads = [(frame, why) for frame, why in self._left_out.items() if "headline" in frame or "title" in frame]
            return NoStory(self._story.name, ("no headline fits", *(f"{frame}: {why}" for frame, why in heads)))
        digest = self._claims(layout.digest)
        short = forms.forms(headlines[0], digest) if forms else Forms(self._first(layout.push) if layout.push else None)
        return Plan(
            story=self._story,
            as_of=self._sheet.as_of,
            length=chosen,
            headlines=headlines,
            standfirst=standfirst,
            sections=sections,
            faq=faq.answers,
            digest_title=title,
            digest=digest,
            **short._asdict(),
            short_term=self._claims(layout.short_term),
            long_term=self._claims(layout.long_term),
            rationale=self._claims(rationale),
            flips=self._claims(flips),
            unknowns=unknowns,
            conditions=self._conditions(),
            disclosures=self._claims(layout.disclosures),
            left_out=tuple(sorted({**self._left_out, **dict(faq.left_out)}.items())),
            asked=faq.asked,
        )

    def _unknowns(self) -> tuple[Claim, ...]:
        """Return what the text does not know: every source that gave nothing, and as much else as the layout allows."""
        claims = self._claims(self._layout.unknowns)
        gaps = [claim for claim in claims if claim.frame.startswith(_GAP)]
        others = [claim for claim in claims if not claim.frame.startswith(_GAP)]
        return (*gaps, *others[: self._layout.unknowns_at_most])

    def _unopened(self, paragraphs: Sequence[Sequence[str]], sections: tuple[PlannedSection, ...]) -> NoStory | None:
        """Return why a body does not open with its lead: what came about, how large, by whom and when.

        The lead is the first entry that is said at every length; what is new in an event told before, and a record of
        a wrap, stand in front of it.
        """
        first = [entry for paragraph in paragraphs for entry in paragraph]
        lead = next((i for i, entry in enumerate(first) if not entry.startswith(_NOT_THE_LEAD)), len(first))
        frames = [frame.strip().lstrip(_MARKS) for entry in first[: lead + 1] for frame in entry.split("|")]
        opening = {self._specs[frame].say for frame in frames if frame not in _LABEL and frame in self._specs}
        if sections and any(claim.frame in opening for claim in sections[0].paragraphs[0]):
            return None
        why = tuple(f"{frame}: {self._left_out[frame]}" for frame in frames if frame in self._left_out)
        return NoStory(self._story.name, ("no lead fits", *why))

    def _forms_of(self, sections: tuple[PlannedSection, ...]) -> FormPlanner | None:
        if self._writer is None:
            return None
        body = [paragraph for section in sections for paragraph in section.paragraphs]
        body += [(section.heading,) for section in sections if section.heading is not None]
        return FormPlanner(self._layout, self._sheet, self._apart, self._writer, body, self._said)

    def _apart(self, entry: str, before: Container[str] | None = None) -> Claim | None:
        """Return the claim of an entry as if nothing followed it: what it tells is not told yet.

        Args:
            entry: frames, the preferred first.
            before: the facts that are told before it; without them those of the text so far.
        """
        told, left_out = self._told, dict(self._left_out)
        self._told = set(told) if before is None else {fact.id for fact in self._sheet if fact.id in before}
        claim = self._first(entry)
        self._told, self._left_out = told, left_out
        return claim

    def _length(self, sections: tuple[PlannedSection, ...]) -> Length:
        facts = _facts(sections)
        return "brief" if len(facts) <= _BRIEF_AT_MOST else "standard"

    def _within_limit(self, sections: tuple[PlannedSection, ...]) -> tuple[PlannedSection, ...]:
        """Leave out optional sentences, the least newsworthy first, until the body is no longer than its limit."""
        limit = newsworthiness().plan["body_words"]
        while (count := self._count(sections)) > limit and self._optional:
            # Of those that weigh alike the last goes first.
            entry, claim = min(reversed(self._optional.items()), key=lambda one: weight(one[1], self._scores))
            weighs = weight(claim, self._scores)
            self._left_out[claim.frame] = f"the body had {count} words, its limit is {limit}, and this weighed {weighs}"
            self._gave_way.add(entry)
            self._told.clear()
            self._optional.clear()
            sections = self._sections(self._layout.sections, full=False)
        return sections

    def _count(self, sections: tuple[PlannedSection, ...]) -> int:
        return sum(
            self._words(claim) for section in sections for paragraph in section.paragraphs for claim in paragraph
        )

    def _fold(self, sections: tuple[PlannedSection, ...]) -> tuple[PlannedSection, ...]:
        """Keep at most two subheads for a story of few facts: later sections join the last one."""
        headed = [section for section in sections if section.heading is not None]
        if len(_facts(sections)) > _TWO_SUBHEADS_AT_MOST or len(headed) <= 2:
            return sections
        opening = [section for section in sections if section.heading is None]
        last = headed[1]
        rest = tuple(paragraph for section in headed[2:] for paragraph in section.paragraphs)
        return (*opening, headed[0], PlannedSection(last.heading, last.paragraphs + rest))

    def _sections(self, layouts: tuple[SectionLayout, ...], *, full: bool) -> tuple[PlannedSection, ...]:
        """Plan the sections, the movable ones among themselves by what they weigh.

        What follows its figure or is unsaid before it depends on the order, so they are planned twice where it changes.
        """
        kept = [layout for layout in layouts if full or not layout.only_full]
        told = set(self._told)
        planned = self._in_turn(kept, full=full)
        ordered = self._by_weight(kept, planned)
        if ordered != kept:
            self._told = told
            planned = self._in_turn(ordered, full=full)
        return tuple(section for section in planned if section is not None)

    def _by_weight(self, layouts: list[SectionLayout], planned: list[PlannedSection | None]) -> list[SectionLayout]:
        """Return the layouts with the movable ones in the order of their weight; what weighs alike stays in place."""
        places = [i for i, layout in enumerate(layouts) if layout.movable]
        weights = [nucleus(section.paragraphs, self._scores) if section else Decimal(0) for section in planned]
        ordered = list(layouts)
        for place, i in zip(places, sorted(places, key=lambda i: -weights[i]), strict=True):
            ordered[place] = layouts[i]
        return ordered

    def _in_turn(self, layouts: Iterable[SectionLayout], *, full: bool) -> list[PlannedSection | None]:
        """Plan sections in their order; None for one of which nothing can be said."""
        sections: list[PlannedSection | None] = []
        for layout in layouts:
            told = set(self._told)
            paragraphs = self._paragraphs(layout.paragraphs, full=full)
            heading = self._first(layout.heading) if layout.heading else None
            # A section whose heading has nothing to name is left out: what remains of it are definitions.
            if paragraphs and (heading is not None or not layout.heading):
                sections.append(PlannedSection(heading, paragraphs))
            else:
                self._told = told
                sections.append(None)
        return sections

    def _paragraphs(self, paragraphs: Iterable[tuple[str, ...]], *, full: bool) -> tuple[tuple[Claim, ...], ...]:
        planned = (self._claims(paragraph, full=full) for paragraph in paragraphs)
        return tuple(paragraph for paragraph in planned if paragraph)

    def _claims(self, entries: Iterable[str], *, full: bool = False) -> tuple[Claim, ...]:
        claims = []
        for entry in entries:
            if entry.startswith("+"):
                if not full:
                    continue
                entry = entry[1:]
            elif entry.startswith("-"):
                if full:
                    continue
                entry = entry[1:]
            gives_way = entry.startswith(_GIVES_WAY)
            if gives_way and entry in self._gave_way:
                continue
            claim = self._first(entry.removeprefix(_GIVES_WAY))
            if claim is not None:
                claims.append(claim)
                if gives_way:
                    self._optional[entry] = claim
        return tuple(claims)

    def _first(self, entry: str) -> Claim | None:
        for frame in entry.split("|"):
            claim = self._claim(frame.strip())
            if claim is not None:
                return claim
        return None

    def _claim(self, frame: str) -> Claim | None:
        spec = self._specs.get(frame)
        if spec is None and frame.startswith("frame."):
            return Claim(frame, (), "definition")
        if spec is None:
            raise ConfigError(f"data/claims has no {frame!r}, which the layout of {self._story.name} asks for")
        made = make_claim(spec, self._sheet, self._scope, self._told)
        if isinstance(made, LeftOut):
            self._left_out[frame] = made.reason
            return None
        if not self._can_say(made):
            self._left_out[frame] = "no wording fits the facts at hand"
            return None
        self._told.update(fact.id for _, fact in made.roles)
        return made

    def _faq(self, length: Length, beside: Iterable[tuple[Claim, ...]], sections: Iterable[PlannedSection]) -> Chosen:
        """Return the questions that the text leaves open.

        Args:
            length: its length.
            beside: its sentences outside of its sections.
            sections: its sections.
        """
        paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
        told = [claim for paragraph in (*beside, *paragraphs) for claim in paragraph]
        frames = frozenset(claim.frame for claim in told)
        facts = [fact for claim in told for _, fact in claim.roles]
        pinned = self._pinned(full=length == "full") if length != "brief" else ()
        metrics, ids = frozenset(fact.subject.metric for fact in facts), frozenset(fact.id for fact in facts)
        text = Text(frames, metrics, ids, self._layout.faq_about)
        chosen = choose(self._asking, length, text, pinned, self._apart, self._why_not)
        for item in chosen.answers:
            self._told.update(fact.id for claim in (item.question, *item.answer) for _, fact in claim.roles)
        return chosen

    def _why_not(self, condition: str) -> str:
        verdict = judge(self._sheet, condition, self._scope)
        return "" if verdict.holds else verdict.why

    def _pinned(self, *, full: bool) -> tuple[PlannedAnswer, ...]:
        """Return the questions that the story always asks."""
        answers = []
        for question_entry, answer_entries in self._layout.faq:
            if question_entry.startswith("+") and not full:
                continue
            question = self._first(question_entry.lstrip("+"))
            answer = self._claims(answer_entries, full=full)
            if question is not None and answer:
                answers.append(PlannedAnswer(question, answer))
        return tuple(answers)

    def _conditions(self) -> tuple[Condition, ...]:
        conditions = []
        for table in self._layout.conditions:
            claim = self._first(table["say"])
            threshold = find(self._sheet, table["threshold"], self._scope)
            if claim is not None and threshold is not None:
                relation = table["relation"]
                if relation == BACK:
                    relation = "above" if self._scope.names["side"] == "long" else "below"
                beside = find(self._sheet, table["beside"], self._scope) if "beside" in table else None
                condition = Condition(table["metric"], relation, threshold, table["window_hours"], claim)
                conditions.append(condition._replace(beside=beside, beside_relation=table.get("beside_relation")))
        return tuple(conditions)


def _facts(sections: Iterable[PlannedSection]) -> set[str]:
    return {
        fact.id
        for section in sections
        for paragraph in section.paragraphs
        for claim in paragraph
        for _, fact in claim.roles
    }
