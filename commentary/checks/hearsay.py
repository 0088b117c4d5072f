"""Who is said to say something, and what a reader is told to do, whoever is not named.

wording.attribution: a word of saying beside nobody whom a fact is of.
wording.advice: an order to the reader at the head of a clause.
wording.cause: a sentence that begins, or a clause that ends, with what it came after, where no fact is of that.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.records.finding import Finding

_OWN = "text|estimates?|sum|figure|maps?|models?|data|rules?|record|count|desk|snapshot|article|sentence"
_OWN_WORDS = re.compile(
    rf"\b(?:the|this|that|our|a|any) (?:{_OWN})\b"
    r"|\b(?:times|figures|prices) given $"
    r"|\b(?:it|that|this|we|us|not|cannot|to|can|does|did|what|which rule|nothing|neither|nor|would|could)(?: \w+)? $",
    re.I,
)
_TO_OWN = re.compile(rf" (?:the|this|that|its|our|a) (?:[\w'’-]+ )?(?:{_OWN})\b", re.I)
"""Behind "according to": what is at hand."""
_NEAR = 40
_ORDERS = (
    "buy|sell|go (?:long|short)|hedge|reduce|trim|wait|stay|avoid|take (?!together)|hold|exit|enter|consider|accumulate"
    "|watch|keep|lock in|protect|use|get|load|scale|fade|do not|don't|never|always|remember|mind|beware|follow|join"
    "|switch|rotate|tighten|raise|look|act|prepare|stack|dump|ditch|grab|bet|ride|chase|skip|stop (?!loss)|think|make"
    "|note"
)
_HEAD = r"(?:^|(?<=[:;] )|(?<=, so )|(?<=, and )|(?<=, then ))"
_ORDER = re.compile(rf"{_HEAD}(?:{_ORDERS})\b(?! ?[:,])(?! (?:of|is|was|were|are)\b)", re.I)
_SUPPOSED = re.compile(
    r"\W*(?:take|leave|set|put|strip)\b[^.;]{0,60}?\b(?:out|off|away|aside)\b[^.;]*"
    r"\b(?:remains?|is left|are left|comes? to|was|were)\b",
    re.I,
)
"""An order that stands for an "if": "Take Bitcoin out of it and $575 million remains"."""
_AFTER = re.compile(
    r"^(?:following|after|amid|in the wake of|on the heels of|with|given|since|because of|owing to|due to|spurred by"
    r"|hit by|helped by|pressured by|buoyed by|dragged by|in response to)\b ?",
    re.I,
)
_CAUSES = (
    "a|an|the|fresh|new|weak|strong|heavy|thin|large|big|buyers?|sellers?|traders?|holders?|fears?|hopes?|talk|news"
    "|reports?|rumou?rs?|worries|concerns?|demand|supply|market|investors?|speculation|profit|panic|bulls|bears"
    "|longs had|shorts had"
)
_JOINING = "for|since|as|on|after|following|amid|given|with|because|now that|in response to|thanks to|owing to|due to"
_CAUSAL = re.compile(rf", (?:{_JOINING}) (?=(?:{_CAUSES})\b)", re.I)


def hearsay(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield what is put to somebody, told to the reader, or said to come of something, without a fact."""
    yield from _said(document, statement)
    yield from _ordered(document, statement)
    yield from _came_after(document, statement)


def _said(document: Document, statement: Statement) -> Iterator[Finding]:
    scene = statement.scene
    givers = scene.said("giver:")
    for mark in scene.longest("speech"):
        before = statement.field.text[max(statement.start, mark.start - _NEAR) : mark.start]
        named = any(mark.start - one.end <= _NEAR // 4 and one.start - mark.end <= _NEAR // 4 for one in givers)
        nothing = statement.field.text[mark.end : mark.end + 10].startswith((" nothing", " little", " neither", " so"))
        if (
            named
            or nothing
            or _TO_OWN.match(statement.field.text, mark.end)
            or before.casefold().endswith("all ")
            or statement.field.text.startswith((" in coin", " in dollar"), mark.end)
            or _OWN_WORDS.search(before)
            or scene.said(("denial", "unknown"), (statement.start, mark.start))
        ):
            continue
        if any(told.mention.start <= mark.start < told.mention.end for told in statement.told):
            continue
        message = "nobody at hand says so; name the source of a fact, or take it out"
        yield document.finding("wording.attribution", "error", statement.field, (mark.start, mark.end), message)


_NEVER = re.compile(r"never (?:in|on|before|during|since)\b", re.I)
"""A time at which nothing was so, and no order: "never in the days on record"."""


def _ordered(document: Document, statement: Statement) -> Iterator[Finding]:
    if statement.field.part == "heading":
        return
    for match in _ORDER.finditer(statement.text):
        span = (statement.start + match.start(), statement.start + match.end())
        if _SUPPOSED.match(statement.text, match.start()) or _NEVER.match(statement.text, match.start()):
            continue
        if not any(told.mention.start <= span[0] < told.mention.end for told in statement.told):
            message = "this tells the reader what to do; take it out"
            yield document.finding("wording.advice", "error", statement.field, span, message)


_SENT = re.compile(
    r"\b(?:sent|sends|sending|dragged|drags|dragging|pushed|pushes|pushing|drove|drives|driving|knocked|knocks|pulled|pulls"
    r"|lifted|lifts|propelled|propels) (?:the )?(?:[A-Z]\w+|price|it|coin)(?:['’]s price)? (?:down|up|lower|higher"
    r"|below|above)\b"
    r"|\b(?:gap|fall|rise|drop|move|difference|change) (?:that|which) (?:\w+ ){1,4}explains?\b"
)
"""Something that moved the price, or that explains what was measured."""
_DATA = re.compile(r"\b(?:venue|exchange|data|snapshot|vendor|source|desk)\b")
"""What no event is of: "on a venue that the data leaves unnamed"."""


def _came_after(document: Document, statement: Statement) -> Iterator[Finding]:
    """A beginning, or an end, that nothing measured stands in, is told as what the rest came of."""
    text, scene = statement.text, statement.scene
    if (sent := _SENT.search(text)) and not scene.said(("denial", "conditional")):
        yield _cause(document, statement, (statement.start + sent.start(), statement.start + sent.end()))
    match = _AFTER.match(text)
    comma = text.find(",")
    if match and comma > 0 and not _measured(statement, statement.start, statement.start + comma):
        yield _cause(document, statement, (statement.start, statement.start + comma))
    for ending in _CAUSAL.finditer(text):
        start = statement.start + ending.start() + 2
        of_data = _DATA.search(text, ending.end(), scene.clause(start)[1] - statement.start)
        if not of_data and not _measured(statement, start, scene.clause(start)[1]):
            yield _cause(document, statement, (start, statement.start + ending.end()))


def _measured(statement: Statement, start: int, end: int) -> bool:
    """Say whether a stretch speaks of something that facts are of."""
    if any(start <= told.mention.start < end for told in statement.told):
        return True
    return bool(statement.scene.said(("kind:", "side:", "conditional", "denial", "unknown", "absent"), (start, end)))


def _cause(document: Document, statement: Statement, span: tuple[int, int]) -> Finding:
    message = "no fact shows a cause; say what came after what, or take it out"
    return document.finding("wording.cause", "error", statement.field, span, message)
