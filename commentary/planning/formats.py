"""The short forms of a story: candidates for its headline, push line, post, blurb, search title, subject of a mail.

Each is made of claims, as the article is, in another wording than elsewhere in the document where there are several.
One that is too long is worded or chosen otherwise, never cut; and none states a figure that the body, or for the
forms that are read apart from the article its digest, does not state.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from itertools import product
from typing import NamedTuple, Protocol

from commentary.config.storybook import Layout
from commentary.records import limits
from commentary.records.plan import Claim
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Passage

CAVEAT = "caveat.model.reach | caveat.model.cluster | caveat.model.within | frame.reading"
"""What a post says of its figures, where a story's layout has no caveat of its own."""
SEARCH_TITLE = "search.plain"
MAIL_SUBJECT = "mail.plain"
"""What stands where no headline fits."""
_TURNS = (2, 3, 4, 5, 1)
"""Wordings that a blurb tries, since the digest has the one and the post may have the other."""


Make = Callable[[str, Container[str] | None], Claim | None]


class Writer(Protocol):
    """Words claims: what a plan needs to know of how its claims will read."""

    def can_say(self, claim: Claim) -> bool:
        """Return whether a wording fits the facts that a claim has."""

    def passage(self, claims: Iterable[Claim]) -> Passage:
        """Return claims as sentences in one text field."""

    def states(self, mention: Mention) -> bool:
        """Return whether a mention states the value of its fact."""


class Forms(NamedTuple):
    """The short forms of a story that are read apart from it."""

    push: Claim | None = None
    social: tuple[Claim, ...] = ()
    blurb: tuple[Claim, ...] = ()
    search_title: Claim | None = None
    mail_subject: Claim | None = None


_AT_MOST = {"push": limits.PUSH, "search_title": limits.SEARCH_TITLE, "mail_subject": limits.MAIL_SUBJECT}


class FormPlanner:
    """Plans the short forms of one text.

    Args:
        layout: that of its story.
        sheet: the facts.
        make: what makes the claim of a frame, told which facts stand before it; None where the facts do not carry it.
        writer: what words it.
        body: the claims of its paragraphs.
        said: by form, the frames of a draft that is planned again; what fits depends on wordings that it does not show.
    """

    def __init__(
        self,
        layout: Layout,
        sheet: FactSheet,
        make: Make,
        writer: Writer,
        body: Iterable[tuple[Claim, ...]],
        said: Mapping[str, Container[str]],
    ) -> None:
        self._layout = layout
        self._sheet = sheet
        self._make = make
        self._writer = writer
        self._said = said
        self._body = self._stated(body)

    def headlines(self, entries: Iterable[str], digest_title: Claim | None) -> tuple[Claim, ...]:
        """Return the candidates, the preferred first: each of another claim, then of other wordings of the same.

        The title of the digest stands in where there are too few: much of it reads like a headline.
        """
        claims = [claim for entry in entries for claim in self._options(entry)[:1]]
        found: dict[str, Claim] = {}
        for more in (claims, [digest_title] if claims and digest_title else []):
            for turn in range(limits.HEADLINES):
                for claim in more:
                    fit = claim._replace(at_most=limits.HEADLINE, turn=turn)
                    if not self._writer.can_say(fit):
                        continue
                    if len(found) < limits.HEADLINES and self._is_borne((fit,), self._body):
                        found.setdefault(self._text((fit,)), fit)
        # Where no line fits by any wording, one is told as it is.
        return tuple(found.values()) or tuple(claims[:1])

    def forms(self, headline: Claim, digest: tuple[Claim, ...]) -> Forms:
        """Return the forms that are read apart from the article."""
        layout = self._layout
        borne = self._body | self._stated((digest,))
        titles = (*layout.headlines, layout.digest_title)
        search = self._line("search_title", (*layout.search_title, *titles, SEARCH_TITLE), borne, ())
        others = (headline,) if search is None else (headline, search)
        mail = self._line("mail_subject", (*layout.mail_subject, *titles, MAIL_SUBJECT), borne, others)
        push = self._line("push", (layout.push,), borne, ())
        return Forms(push, self._social(borne), self._blurb(borne), search, mail)

    def _line(self, form: str, entries: Iterable[str], borne: set[object], others: tuple[Claim, ...]) -> Claim | None:
        """Return the first line that fits, of another claim than some others."""
        at_most = _AT_MOST[form]
        told = {claim.frame for claim in others}
        for entry in filter(None, entries):
            for claim in self._options(entry, form=form):
                fit = claim._replace(at_most=at_most, turn=1)
                if claim.frame not in told and self._writer.can_say(fit) and self._is_borne((fit,), borne):
                    return fit
        return None

    def _social(self, borne: set[object]) -> tuple[Claim, ...]:
        """Return a post: its first sentence, a caveat at its end, and between them what there is room for."""
        layout = self._layout
        first, *rest = layout.social or ("", CAVEAT)
        entries = (first, *layout.digest, layout.push, *layout.headlines)
        starts = [claim for entry in entries for claim in self._options(entry, form="social")]
        for with_caveat in (True, False):
            for start in starts:
                caveat = self._options(rest[-1], (start,), "social")[:1] if rest and with_caveat else []
                if bool(caveat) < bool(rest and with_caveat):
                    continue
                room = limits.SOCIAL - sum(len(self._text((claim,))) + 1 for claim in caveat)
                fit = start._replace(at_most=room, turn=1)
                if self._writer.can_say(fit) and self._is_borne((fit, *caveat), borne):
                    return self._filled([fit], rest[:-1], tuple(caveat), borne)
        return ()

    def _filled(
        self, claims: list[Claim], entries: Iterable[str], end: tuple[Claim, ...], borne: set[object]
    ) -> tuple[Claim, ...]:
        """Return a post with the sentences that there is room for between its first and its last."""
        for entry in entries:
            room = limits.SOCIAL - len(self._text((*claims, *end))) - 1
            for claim in self._options(entry, form="social"):
                fit = claim._replace(at_most=max(1, room), turn=1)
                if self._writer.can_say(fit) and self._is_borne((fit,), borne):
                    claims.append(fit)
                    break
        return (*claims, *end)

    def _blurb(self, borne: set[object]) -> tuple[Claim, ...]:
        """Return the sentences of a blurb whose words come to the number that it has to have; the first is kept."""
        layout = self._layout
        brief = tuple(entry for paragraph in layout.brief for entry in paragraph)
        for entries in (layout.blurb, (*layout.digest, CAVEAT), (*brief, CAVEAT)):
            # The first sentence is the first of them that the facts carry.
            for i, first in enumerate(entries):
                starts = self._options(first, form="blurb")
                for start in starts:
                    if found := self._blurb_of(start, entries[i + 1 :], borne):
                        return found
                if starts:
                    break
        return ()

    def _blurb_of(self, start: Claim, entries: Iterable[str], borne: set[object]) -> tuple[Claim, ...]:
        others = [options[0] for entry in entries if (options := self._options(entry, (start,), "blurb"))]
        for turn in _TURNS:
            turned = [claim._replace(turn=turn) for claim in (start, *others)]
            turned = [claim for claim in turned if self._is_borne((claim,), borne)]
            if turned and turned[0].frame == start.frame and (found := self._of_length(turned)):
                return found
        return ()

    def _of_length(self, claims: list[Claim]) -> tuple[Claim, ...]:
        counts = [limits.count_words(self._text((claim,))) for claim in claims]
        for kept in product((True, False), repeat=len(claims) - 1):
            words = counts[0] + sum(count for count, keeps in zip(counts[1:], kept, strict=True) if keeps)
            if limits.BLURB.least <= words <= limits.BLURB.most:
                return (claims[0], *(claim for claim, keeps in zip(claims[1:], kept, strict=True) if keeps))
        return ()

    def _options(self, entry: str, before: tuple[Claim, ...] | None = None, form: str = "") -> list[Claim]:
        """Return what the facts carry of an entry, the preferred first.

        Args:
            entry: frames, the preferred first.
            before: the sentences that it follows; without them it may follow any of the article.
            form: which it is for.
        """
        told = None if before is None else {fact.id for claim in before for _, fact in claim.roles}
        made = (self._make(frame.strip(), told) for frame in entry.split("|") if frame.strip())
        said = self._said.get(form)
        return [claim for claim in made if claim is not None and (said is None or claim.frame in said)]

    def _text(self, claims: tuple[Claim, ...]) -> str:
        return self._writer.passage(claims).text

    def _is_borne(self, claims: tuple[Claim, ...], borne: set[object]) -> bool:
        """Say whether every figure of a text is stated elsewhere too."""
        return all(
            mention.fact in borne or self._value(mention) in borne
            for mention in self._writer.passage(claims).mentions
            if self._writer.states(mention)
        )

    def _stated(self, paragraphs: Iterable[tuple[Claim, ...]]) -> set[object]:
        """Return the facts that some text states, and their values."""
        stated: set[object] = set()
        for claims in paragraphs:
            for mention in self._writer.passage(claims).mentions:
                if self._writer.states(mention):
                    stated |= {mention.fact, self._value(mention)}
        return stated

    def _value(self, mention: Mention) -> object:
        fact = self._sheet[mention.fact]
        return fact.value, fact.unit
