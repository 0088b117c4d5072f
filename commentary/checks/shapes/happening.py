"""What only a model says told as counted or reached, a count told as modelled, and ranks that nothing bears.

roles.held, roles.evidence, direction.crossed and wording.record, .advice: by the shape of a sentence, where lists of
words would have to name every verb.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.market_words import in_list
from commentary.checks.ranked import OF_THE_DAY
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_SUFFERED = re.compile(
    r"\b(?:suffered|endured|saw|seen|faced|experienced|incurred|sustained|took|taken|underwent|absorbed|bore|met"
    r"|met with|had|"
    r"went through|totalled|amounted to|there were|ran to|reached|produced|brought|yielded|hit|claimed)\b"
    r"[^.;:]{0,30}?\b(?:forced (?:closures?|closes|exits|sales|selling|buying|orders)|liquidations?|wipe-?outs?)\b"
    r"|\bhave been (?:sold|bought back|closed|cleared)\b|\b(?:were|was|got|been) (?:\w+ )?(?:liquidated"
    r"|force[ -]closed|closed by force|closed out|wiped out|forced out|"
    r"flushed out|stopped out)\b",
    re.I,
)
_MAPPED = ("reach_", "cluster_", "side_total", "within_", "map_", "told_reach_", "told_cluster_", "settled_level")
_COUNTED = ("liq_", "order_")
_MAP = re.compile(
    r"\b(?:liquidation maps?|maps?|(?:from|by|in|on|of) (?:a|the|its|CoinGlass's) model|models?|modelled|modeled"
    r"|heat ?maps?)\b"
    r"|\bwould be (?:liquidated|closed)\b",
    re.I,
)
_ESTIMATE = re.compile(
    r"\b(?:is|was|are|were|as|represents?|remains) (?:\w+['’]s |an? |only |merely |just "
    r"|no more than )*(?:projections?|estimates?|estimated|forecasts?|guess|"
    r"simulations?|simulated|extrapolations?|assumptions?|modelled|hypothetical|projected"
    r"|theoretical)\b(?! by exchanges)",
    re.I,
)
_RECKONS = re.compile(
    r"\b[A-Z]\w+(?:['’]s \w+)? (?:estimates?|models?|projects?|simulates?|forecasts?|guesses) (?:that|about|some"
    r"|around|\$)"
)
_RESTS = re.compile(
    r"\b(?:counted|recorded|reported|realised|actual) (?:\w+ )?(?:liquidations|longs|shorts|closures"
    r"|total)\b[^.,;]{0,20}?\b(?:rests? on|comes? from"
    r"|derives? from|(?:is|are) (?:based on|drawn from|taken from|the output of)"
    r"|stems? from)\b[^.,;]{0,15}?\b(?:models?|maps?|estimates?)\b",
    re.I,
)
_LEVELS = ("reach_price", "cluster_near", "cluster_far", "cluster_peak")
_ARRIVED = re.compile(
    r"\b(?:fallen|fell|dropped|decreased|declined|slid|slipped|sunk|sank|come down|came down|gone|went|moved|risen"
    r"|rose|climbed|"
    r"increased|rallied|advanced|retreated|traded|plunged|tumbled|jumped|surged|reached|touched|hit|attained"
    r"|arrived at|got"
    r"|met|tagged|tested|(?P<other>[a-z]{2,}ed))(?: (?:all the way|back|as far|right|down|up|already))*"
    r"(?: (?:to|until|till|as low as|as high as|as far as|through|onto))?(?: the (?:\w+ )?level (?:of|at))? ?$",
    re.I,
)
_PRICE = re.compile(r"\b(?:price|mark|bitcoin|ether|solana|pepe|btc|eth|sol|coin|it|market)\b", re.I)
_RANKS = (
    "worst|best|calmest|quietest|busiest|wildest|largest|biggest|highest|lowest|smallest|heaviest|lightest"
    "|strongest|weakest"
    "|steepest|deepest|sharpest|longest|shortest|bloodiest|darkest|fastest|greatest|fewest|most|least|tamest"
    "|dullest|mildest"
    "|roughest|dearest|cheapest|costliest|maximum|minimum|high|low|peak|record|top|extreme"
)
_SPANS = (
    r"(?:in|of|for|since|across|throughout|over|through)(?: (?:all|the|its|his|their|a|any|this|recent|whole|entire"
    r"|full|living|"
    r"recorded|\w+['’]s))* (?:histor(?:y|ies)|time|trading (?:in \w+ )?began|inception|launch|listing|existence"
    r"|life|lifetime"
    r"|memory|records"
    r" began|decade|decades|century|year|years|cycle|era|months|quarter|summer|winter|spring|autumn|market began"
    r"|crash|collapse"
    r"|it (?:was|has|began)|20[0-9]{2}|January|February|March|April|June|July|August|September|October|November"
    r"|December)\b"
)
_YEARS = re.compile(
    r"\b(?:years?|decades?|century|inception|launch|listing|existence|lifetime|cycle|era|all time|time)\Z", re.I
)
"""Of so long no rank is computed, whatever figure stands beside."""
_RANKED = re.compile(rf"\b(?:{_RANKS})\b(?! of price)(?: [\w'’-]+){{0,6}}? {_SPANS}", re.I)
_NONE = re.compile(
    r"\b(?:no|not one|never) (?:other |earlier |previous |single |prior )?(?:day|session|settlement|hour|week|month"
    r"|time|period"
    r"|before)\b[^.;]{0,60}?\b(?:fewer|more|less|larger|smaller|higher|lower|bigger|greater|calmer|quieter|worse"
    r"|better|heavier"
    r"|lighter|as (?:many|much|few|little|large|small|high|low|calm|quiet|bad))\b",
    re.I,
)
_SUCH = re.compile(
    r"\bnot (?:seen|had|known|witnessed|experienced) (?:such|so|anything|a day|a (?:fall|rise|move)"
    r"|as)\b[^.;]{0,50}?\b(?:in|for|since)\b"
    r"|\bfor the first time (?:in|since|ever)\b",
    re.I,
)
_HISTORY = re.compile(
    r"\b(?:days? (?:we hold|held|at hand|in the (?:data|snapshot))|\d+ (?:earlier|past|previous|preceding|other)"
    r"|(?:at|on) hand"
    r"|of the \d+|in the \d+|\d+ days|(?:snapshot|data|series|vendor|CoinGlass)(?:['’]s)?)\b",
    re.I,
)
_ORDERS = (
    "exit|leave|sell|buy|close|cut|reduce|trim|hedge|wait|hold|take|add|avoid|enter|stay|get|stand|step|move|book"
    "|bank|secure"
    "|protect|switch|rotate|accumulate|short|long|beware|watch|be (?:careful|cautious|wary|patient|prepared|ready"
    "|out|in"
    "|flat|selling|buying)|consider|tighten|set|place|put|lower|raise|unwind|flatten|run|flee|bail|prepare|think"
    "|keep|look|cover|snap|scoop|grab|pick|load|flip|seize|pounce|nibble|reload|back|favour|favor"
    "|steer|refrain|sit|load|lighten|abandon|liquidate their|scale|use|start|stop|expect|pay attention|deleverage|heed"
)
_SHOULD = re.compile(
    rf"(?<!^)\b(?:should|ought to|must|had best|need to|needs to|had better|would be (?:wise|smart|foolish|well advised"
    rf"|prudent) to"
    rf"|are (?:well )?advised to|would do well to|do well to|is advised to|(?<!would )have to|has to) (?:now |also "
    rf"|not |better |rather |"
    rf"really |at least |all |probably )?(?:{_ORDERS})\b",
    re.I,
)
_MOMENT = re.compile(
    r"\b(?:it would be|it is|it's|it may be|it might be|it seems|would be) (?:foolish|wise|smart|prudent|unwise"
    r"|folly|sensible|advisable|safer"
    r"|tempting|risky|dangerous|reckless|rational|premature)(?: not)? to\b"
    r"|\bthe (?:moment|time|place|hour|chance|price) (?:now )?(?:to|for) (?:add|buy|sell|exit|enter|close|cut|hedge"
    r"|act|leave|reduce|take|go|get"
    r"|switch|buying|selling|caution)\b",
    re.I,
)
_NEAR = 5
"""As many words before an order stands whom it is for."""
_ANYONE = re.compile(r"\b(?:any|every)(?:one|body)\b|\bwhoever\b", re.I)
_THINGS = re.compile(r"\b(?:price|mark|rate|bitcoin|ether|solana|pepe|it|level|map|sum|count|interest)\b", re.I)
_WHO = re.compile(
    r"\b(?:any(?:one|body)|every(?:one|body)|those|traders?|holders?|longs?|shorts?|readers?|investors?|buyers?"
    r"|sellers?|one|you"
    r"|who(?:ever)?|positions?|bulls|bears|people|owners?|participants?)\b",
    re.I,
)


def happening(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield what is told as counted, modelled, reached or ranked, where it is not."""
    if statement.asks or statement.field.part in ("heading", "unknowns") or statement.field.heading_says_absent:
        return
    yield from _uncounted(document, statement)
    yield from _unmodelled(document, statement)
    yield from _arrived(document, statement)
    yield from _estimated(document, statement)


def claims_more(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield ranks over a history that nobody holds, and what a reader ought to do."""
    if statement.asks:
        return
    yield from _ranked(document, statement)
    for match in _MOMENT.finditer(statement.text):
        span = (statement.start + match.start(), statement.start + match.end())
        message = "this tells the reader what to do; take it out"
        yield document.finding("wording.advice", "error", statement.field, span, message)
    for match in _SHOULD.finditer(statement.text):
        before = " ".join(statement.text[: match.start()].split()[-_NEAR:])
        if _ANYONE.search(before) or (_WHO.search(before) and not _THINGS.search(before.rpartition(" ")[2])):
            span = (statement.start + match.start(), statement.start + match.end())
            message = "this tells the reader what to do; take it out"
            yield document.finding("wording.advice", "error", statement.field, span, message)


def _holds(document: Document, metrics: tuple[str, ...]) -> bool:
    return any(fact.subject.metric.startswith(metrics) for fact in document.sheet)


def _left_open(statement: Statement) -> bool:
    return bool(statement.scene.said(("denial", "unknown", "absent", "ruled", "lacks_data")))


def _uncounted(document: Document, statement: Statement) -> Iterator[Finding]:
    """Positions are told as closed only where liquidations were recorded."""
    if _holds(document, _COUNTED) or supposes(statement.scene) or _left_open(statement):
        return
    match = _SUFFERED.search(statement.text)
    about = statement.scene.said(("side:", "asset:", "kind:price")) or statement.told
    if match and about and not any(told.fact.is_signed or told.fact.is_house for told in statement.told):
        span = (statement.start + match.start(), statement.start + match.end())
        message = "no liquidations were recorded in the facts at hand; a map only says what would be liquidated"
        yield document.finding("roles.held", "error", statement.field, span, message)


def _unmodelled(document: Document, statement: Statement) -> Iterator[Finding]:
    """A map is told of only where one is at hand, under a condition too."""
    if _holds(document, _MAPPED) or _left_open(statement) or any(told.fact.is_signed for told in statement.told):
        return
    match = _MAP.search(statement.text)
    figures = [told for told in statement.figures() if not told.fact.is_house]
    if match and (figures or statement.scene.said("kind:liquidations")) and not statement.scene.said("disclaims"):
        span = (statement.start + match.start(), statement.start + match.end())
        message = "no map or model is at hand; say what was counted"
        yield document.finding("roles.evidence", "error", statement.field, span, message)


def _estimated(document: Document, statement: Statement) -> Iterator[Finding]:
    """What was counted is not told as estimated."""
    figures = [told for told in statement.figures() if not told.fact.is_house]
    counted = bool(figures) and all(told.metric.startswith(_COUNTED) for told in figures)
    match = (_ESTIMATE.search(statement.text) or _RECKONS.search(statement.text) if counted else None) or _RESTS.search(
        statement.text
    )
    if match and not _left_open(statement) and not any(told.fact.is_signed for told in figures):
        span = (statement.start + match.start(), statement.start + match.end())
        message = "that was counted, and comes from no model; say so"
        ids = tuple(told.fact.id for told in figures)
        yield document.finding("roles.evidence", "error", statement.field, span, message, ids)


def _arrived(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price has reached a level only where it has."""
    price = document.sheet.get("price")
    if price is None or supposes(statement.scene) or _left_open(statement):
        return
    lowest, highest = document.sheet.get("price_low"), document.sheet.get("price_high")
    text = statement.field.text
    for told in statement.figures():
        side = told.fact.subject.side
        if told.metric not in _LEVELS or side is None or told.fact.currency != price.currency:
            continue
        start = statement.clause(told.mention.start)[0]
        before = text[start : told.mention.start]
        match = _ARRIVED.search(before)
        if match is None or not _PRICE.search(before[: match.start()]):
            continue
        if match["other"] and not any(in_list(match["other"].casefold(), name, "en") for name in ("rise", "fall")):
            continue
        if statement.scene.said(("side:", "kind:map"), (start, start + match.start())):
            continue
        end = lowest if side == "long" else highest
        reached = [fact.number for fact in (price, end) if fact is not None]
        there = any((one - told.fact.number) * (1 if side == "short" else -1) >= 0 for one in reached)
        if not there and not document.sheet.all("level_passed", side=side):
            message = f"price is {price.number.normalize():f}; say what would happen there"
            span = (start + match.start(), told.mention.end)
            yield document.finding(
                "direction.crossed", "error", statement.field, span, message, (price.id, told.fact.id)
            )


def _ranked(document: Document, statement: Statement) -> Iterator[Finding]:
    """A superlative over a whole history needs one; a rank is of the days that are held."""
    if statement.field.part == "heading":
        return
    ranked = [fact for fact in document.sheet if fact.subject.metric in OF_THE_DAY]
    first = any(fact.number == 1 for fact in ranked)
    for pattern in (_RANKED, _NONE, _SUCH):
        match = pattern.search(statement.text)
        if match is None or (first and _HISTORY.search(statement.text)):
            continue
        if pattern is _RANKED and statement.scene.said("denial"):
            continue
        told_rank = any(
            told.metric.endswith(("_rank", "_further", "_share", "smaller", "larger")) for told in statement.told
        )
        if told_rank and not (pattern is _RANKED and _YEARS.search(match[0])):
            continue
        if pattern is _NONE and (first or not ranked or statement.figures()):
            continue
        span = (statement.start + match.start(), statement.start + match.end())
        message = "no history at hand reaches so far; say of how many days it is the first"
        yield document.finding("wording.record", "error", statement.field, span, message)
        return
