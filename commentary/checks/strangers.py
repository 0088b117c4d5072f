"""Somebody, or something, that no fact is about, told beside a fact that is true.

wording.foreign: a name that nobody of the facts bears, and a clause of time that speaks of nothing measured.
wording.unvouched: a word from outside the list of a market.
wording.attribution: an exchange or vendor said to say what none of its figures says.
"""

import re
from collections.abc import Iterator

from commentary.checks.announced import told_of
from commentary.checks.base import Document, Statement
from commentary.checks.gaps.states import rightly
from commentary.checks.market_words import borne, is_known
from commentary.checks.signed import held_quotations
from commentary.checks.supposed import supposes
from commentary.languages.phrases import named
from commentary.records.finding import Finding

_CAPITAL = re.compile(r"(?<=[a-z0-9,;%)] )[A-Z][A-Za-z]+\b")
_WORD = re.compile(r"[A-Za-z]{4,}")
_ANY_WORD = re.compile(r"[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?")
_HOLDS = re.compile(r"\b(?:data|snapshot|figures?|facts?)\b", re.I)
_OF_THE_MARKET = ("asset:", "giver:", "kind:", "side:", "move:", "market_nouns", "parties")
_CLAUSE = re.compile(
    r"\b(?:after|once|as soon as|when|while|as|during|before|amid|since|following|on (?:a|the) day (?:on which|when"
    r"|that|in which|after|before)?)\b"
    r"[^,;:.()–—]*",
    re.I,
)
_PLAIN = re.compile(
    r"^\w+ (?:a whole|well|such|soon|had|before|but|and|yet|long|far|many|much|it|that|this|which|one|then|now|is|was"
    r"|the case"
    r"|so)\b"
    r"|^\w+$|^as (?:in|of|at|for|to|if|though|closed|modelled|liquidated)\b|[0-9]",
    re.I,
)
_MEASURED = (
    "kind:", "side:", "asset:", "giver:", "move:", "window:", "references:", "payers:", "denial",
    "unknown", "absent", "market_nouns", "all_coins", "passed", "comparisons:", "aged", "book:", "resting", "realised",
)  # fmt: skip
_OURS = re.compile(
    r"\b(?:data|snapshot|figures?|count|counts|sums?|total|record|move|change|drop|rally|day|days|hours?|week|history|"
    r"settlement|bands?|rule|label|reading|candles|orders?|(?:the|other|all|both|two) (?:exchanges?|venues?)"
    r"|dollars?|coins?|text|article|desk|map|"
    r"euros?|they|these|those|interval|same|others?|time|times|share|sides?|source|sources|vendor)\b",
    re.I,
)
_WITH = re.compile(
    r"\b(?:coincid(?:ed|es|ing) with|came on the heels of|comes on the heels of|follow(?:ed|s)(?! by| from| up| so"
    r"| that| suit)|preceded|precedes|accompanied|accompanies"
    r"|came (?:hours |minutes |days |just |shortly )?(?:after|before|ahead of|amid)|on the eve of|despite"
    r"|in spite of|notwithstanding|in the slipstream of|in the face of|under the weight of"
    r"|alongside"
    r"|in tandem with|mirrored|tracked|tracking"
    r"|echoed|in sympathy with|in the shadow of|against the backdrop of|against a backdrop of)\b",
    re.I,
)
_AT_HAND = re.compile(r"\b(?:it|this|that|them|which|former|latter|one|there|what|both|each)\b", re.I)
_FEW = 4
"""A clause of fewer words holds no event of its own."""
_VERB = re.compile(
    r"\b(?:[a-z]{2,}ed|was|were|had|has|is|are|left|held|met|won|lost|cut|put|set|went|came|gave|took|made|said|told|"
    r"spoke|broke|began|sold|bought|shut|struck|fought|drew|grew|froze|stole|sued|quit|[a-z]{3,}s)\b"
)
_SPEECH = (
    "said|called|told|blames?|blamed|warns?|warned|claims?|claimed|argues?|argued|admits?|admitted|insists?|insisted"
    "|complained|boasted|conceded|declared|declares?|announced|promised|apologi[sz]ed|commented|remarked|added that"
    "|stressed|vowed|predicted|predicts|recommends?|recommended|advised|advises|urged|urges|cautioned|believes?"
    "|thinks?|fears?|hopes?|praised|criticised|criticized|dismissed|hailed|lamented|denied|denies"
)
_EVENTS = ("outage", "notice")
"""What an exchange says of itself."""
_SPOKE = re.compile(rf"^(?:['’]s \w+)?,? (?:has |have |had |itself |also |later |even )?(?:{_SPEECH})\b", re.I)


def strangers(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield names and clauses that nothing at hand is of."""
    if statement.asks or statement.field.part in ("heading", "unknowns") or statement.field.heading_says_absent:
        return
    yield from _names(document, statement)
    yield from _words(document, statement)
    if not supposes(statement.scene) and not statement.scene.said(("unknown", "ruled")):
        yield from _clauses(document, statement)
        yield from _beside(document, statement)
    yield from _spoke(document, statement)


def _names(document: Document, statement: Statement) -> Iterator[Finding]:
    """A word with a capital inside a sentence is a name; who bears none that is known is of no fact."""
    text = statement.text
    words = [match[0] for match in _WORD.finditer(text)]
    if sum(word[0].isupper() for word in words) * 2 > len(words) or statement.scene.said("denial"):
        return
    known = document.vocabulary.name_words
    marks = statement.scene.said(("asset:", "giver:", "foreign:", "other_assets:", "unmeasured:"))
    signed = " ".join(f"{one.source} {one.speaker} {one.quote}" for one in document.sheet.signed)
    for match in _CAPITAL.finditer(text):
        start, end = statement.start + match.start(), statement.start + match.end()
        if match[0] in known or match[0].casefold() in known or named(match[0], signed):
            continue
        if any(mark.start <= start < mark.end for mark in marks):
            continue
        if any(mention.start <= start < mention.end for mention in statement.field.mentions):
            continue
        message = f"no fact at hand is of {match[0]!r}; take it out, or give an editor's fact with its source"
        yield document.finding("wording.foreign", "error", statement.field, (start, end), message)
        return


def _words(document: Document, statement: Statement) -> Iterator[Finding]:
    """A word from outside the list of a market speaks of something that no fact can bear."""
    scene = statement.scene
    if document.written or not (statement.figures() or scene.said(_OF_THE_MARKET)):
        return
    if scene.said(("disclaims", "unknown", "disclaimer")):
        return
    if scene.said(("denial", "absent")) and _HOLDS.search(statement.text):
        # What the data do not hold may be anything.
        return
    # What the lists of the checks know, a rule of its own judges.
    marks = scene.said(("asset:", "giver:", "window:", "kind:", "payers:", "comparisons:", "book:", "references:"))
    signed = " ".join(f"{one.source} {one.speaker} {one.quote}" for one in document.sheet.signed)
    names = document.vocabulary.name_words_folded | told_of(document.sheet)
    subjects = borne(fact.subject.metric for fact in document.sheet)
    quoted = [*held_quotations(document, statement.field), *(told.span for told in rightly(document, statement))]
    for match in _ANY_WORD.finditer(statement.text):
        start, end = statement.start + match.start(), statement.start + match.end()
        word = match[0].casefold()
        if is_known(word, document.language.code, subjects) or word in names or named(match[0], signed):
            continue
        if any(mark.start <= start < mark.end for mark in marks) or any(a <= start < b for a, b in quoted):
            continue
        if any(mention.start <= start < mention.end for mention in statement.field.mentions):
            continue
        message = f"no fact can bear {match[0]!r}; say it in words of the market, or take it out"
        yield document.finding("wording.unvouched", "error", statement.field, (start, end), message)
        return


def _clauses(document: Document, statement: Statement) -> Iterator[Finding]:
    """A clause of time holds something that is measured; "after a court had ruled" holds nothing."""
    scene = statement.scene
    for match in _CLAUSE.finditer(statement.text):
        start, end = statement.start + match.start(), statement.start + match.end()
        body = re.sub(r"^on (?:a|the) day", "", match[0]).strip().split(" ", 1)[-1]
        if len(match[0].split()) < _FEW or _PLAIN.search(match[0]) or _OURS.search(body) or not _VERB.search(body):
            continue
        inside = [mark for mark in scene.said(_MEASURED, (start, end)) if mark.start > start]
        if inside or any(start <= mention.start < end for mention in statement.field.mentions):
            continue
        message = "nothing at hand is of that; take it out, or give an editor's fact with its source"
        yield document.finding("wording.foreign", "error", statement.field, (start, end), message)


def _beside(document: Document, statement: Statement) -> Iterator[Finding]:
    """What a move is said to have come with, after or before is something measured."""
    text = statement.text
    if statement.scene.said("denial"):
        return
    for match in _WITH.finditer(text):
        stop = re.search(r"[,;:.]", text[match.end() :])
        end = match.end() + stop.start() if stop else len(text)
        begin = max((m.end() for m in re.finditer(r"[,;:] ", text[: match.start()])), default=0)
        for low, high in ((match.end(), end), (begin, match.start())):
            body = text[low:high]
            if len(body.split()) < 2 or _OURS.search(body) or re.search(r"[0-9]", body):
                continue
            span = (statement.start + low, statement.start + high)
            if statement.scene.said((*_MEASURED, "conditional"), span) or _AT_HAND.search(body):
                continue
            if any(span[0] <= mention.start < span[1] for mention in statement.field.mentions):
                continue
            message = "nothing at hand is of that; take it out, or give an editor's fact with its source"
            yield document.finding("wording.foreign", "error", statement.field, span, message)
            return


def _spoke(document: Document, statement: Statement) -> Iterator[Finding]:
    """An exchange or vendor gives figures; what it thinks, none of them says."""
    scene = statement.scene
    if scene.said("denial") or document.sheet.signed:
        return
    for mark in scene.said("giver:"):
        match = _SPOKE.match(scene.text[mark.end : statement.end])
        name = mark.name.removeprefix("giver:")
        stated = [told for told in statement.told if told.metric in _EVENTS or told in statement.figures()]
        own = any(name in (*told.fact.source, told.fact.subject.venue) for told in stated)
        quotes = any(mark.end < a < statement.end for a, _ in held_quotations(document, statement.field))
        if match and not own and not quotes:
            span = (mark.end, mark.end + match.end())
            message = f"no figure of {name}'s stands here, and nobody at hand quotes it; take it out"
            yield document.finding("wording.attribution", "error", statement.field, span, message)
