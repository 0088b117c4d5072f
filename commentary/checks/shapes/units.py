"""What a figure is in: its currency, its kind of price, its interval."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_MONEY = re.compile(
    r"\b(?:(?:is|are|was|were|being|all|both|come|comes|given|stated|quoted|priced|counted|measured|expressed"
    r"|denominated|reckoned"
    r"|told|reported|settled|valued|worth) )+(?:\w+ )?in (?P<what>euros?|pounds?|sterling|yen|francs?|yuan|won"
    r"|roubles|rupees"
    r"|reais|lira|pesos|Canadian dollars|Australian dollars|EUR|GBP|JPY|USDT|USDC|tether|stablecoins?|dollars?)\b",
    re.I,
)
_SUMS = re.compile(
    r"\b(?:sums?|maps?|model|liquidations?|open interest|order book|depth|bids|asks|longs|shorts|totals?|amounts?)\b",
    re.I,
)
_PRICED = re.compile(r"\bprices?\b|\bmark\b|\bquote", re.I)
_TYPES = (
    ("mark", re.compile(r"\bmark(?: price)?\b", re.I)),
    ("spot", re.compile(r"\bspot(?: price)?\b", re.I)),
    ("index", re.compile(r"\bindex(?: price)?\b", re.I)),
    ("last", re.compile(r"\blast (?:price|trade|traded price)\b|\blast (?:traded|changed hands)\b", re.I)),
)
_EVERY = re.compile(
    r"\b(?:every|each|per|for|once (?:every|in)|at intervals of|in intervals of) (?P<n>one|two|three|four|six|eight"
    r"|twelve|"
    r"[0-9]+)[ -]hours?\b|\b(?P<m>one|two|four|six|eight|twelve|[0-9]+)[ -](?:hourly|hour (?:interval|rate"
    r"|settlements?|funding|"
    r"periods?|basis|cycle|rhythm))\b|\b(?P<h>hourly|every hour|each hour)\b",
    re.I,
)
_A_DAY = re.compile(
    r"(?<![0-9][,.])\b(?P<n>one|two|three|four|six|eight|[0-9]+|once|twice|thrice)(?: (?:settlements?|payments?"
    r"|times|charges"
    r"|rates))?(?: \w+)? (?:a|per"
    r"|each|every) day\b(?! (?:before|earlier|ago|later|after)\b)",
    re.I,
)
_ON_EACH = re.compile(r" (?:per|on each|for each|on every|for every) [$€][0-9,]+,? ", re.I)
"""Between a payment and its interval: "$5.00 per $100,000 every four hours"."""
_CHARGED = re.compile(
    r"\b(?:charged|settle[sd]?|settling|paid|pay|pays|due|collected|exchanged|levied|changes? hands|falls due"
    r"|accrues|applied"
    r"|billed|reset|calculated|comes|takes place|taken|owed|transferred|set|interval|payments?|settlements?)\b",
    re.I,
)
_JOINS = re.compile(
    r",? (?:holds|applies|counts|stands|falls|fell|comes|good|is|was|being|,|and|due|charged|paid|levied|settled"
    r"|collected|to|by|recurs?|recurring|longs|shorts| )*"
)


def currency(document: Document, statement: Statement) -> Iterator[Finding]:
    """Sums are dollars, and a price is of its own currency."""
    price = document.sheet.get("price")
    own = price.currency if price is not None else "USD"
    for match in _MONEY.finditer(statement.text):
        word = match["what"].casefold()
        before = re.split(r", | and | but | while | whereas ", statement.text[: match.start()])[-1]
        if word.startswith("dollar"):
            whole = re.search(r"\b(?:all|every|both|each)\b", match[0], re.I)
            before = statement.text[: match.start()] if whole else before
            wrong = own != "USD" and bool(_PRICED.search(before)) and (bool(whole) or not _SUMS.search(before))
        elif word in ("euro", "euros", "eur"):
            wrong = bool(_SUMS.search(before)) or (own != "EUR" and bool(_PRICED.search(before)))
        else:
            wrong = bool(_SUMS.search(before) or _PRICED.search(before))
        if wrong and not statement.scene.said(("denial", "payers:"), statement.clause(statement.start + match.start())):
            message = f"nothing of that is in {match['what']}; name its own currency"
            yield error(document, statement, "roles.unit", absolute(statement, match), message)


def price_type(document: Document, statement: Statement) -> Iterator[Finding]:
    """A mark price is not told as one of spot, of an index or of the last trade."""
    text = statement.field.text
    for told in statement.figures():
        kind = (told.fact.subject.at or "").partition(";")[0]
        if told.metric != "price" or kind not in ("mark", "last", "index", "spot"):
            continue
        low, high = statement.scene.before((told.mention.start, told.mention.end))
        stretch = text[low:high]
        if "," in stretch:
            stretch = stretch.rpartition(",")[2]
        named = [(match.start(), name, match) for name, pattern in _TYPES for match in pattern.finditer(stretch)]
        if not named:
            continue
        _, name, match = max(named, key=lambda one: one[0])
        alike = any(fact.value == told.fact.value for fact in document.sheet.all("price") if fact.subject.at == name)
        if name != kind and not alike:
            start = told.mention.start - len(stretch) + match.start()
            message = f"{told.fact.id} is the {kind} price; write that"
            yield error(document, statement, "roles.metric", (start, start + len(match[0])), message, told.fact)


def intervals(document: Document, statement: Statement) -> Iterator[Finding]:
    """Funding is told as settled, or as a rate, per interval that it has."""
    scene = statement.scene
    rates = [fact for fact in document.sheet.all("funding_rate") if fact.subject.window_hours is not None]
    told_rate = any(told.metric.startswith("funding_") for told in statement.figures())
    if not rates or not (told_rate or scene.said(("kind:funding", "payers:"))) or scene.said("denial"):
        return
    named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    rates = [fact for fact in rates if fact.subject.venue in named] or rates
    own = {fact.subject.window_hours for fact in rates}
    if match := _A_DAY.search(statement.text):
        times = NUMERALS.get(match["n"].casefold()) or int(match["n"])
        if all(hours is not None and Decimal(24) / hours != times for hours in own):
            message = f"{rates[0].id} has another interval; write its own"
            yield error(document, statement, "roles.interval", absolute(statement, match), message, rates[0])
    for match in _EVERY.finditer(statement.text):
        start, end = absolute(statement, match)
        if any(
            told.metric.startswith("funding_interval") and start <= told.mention.start < end for told in statement.told
        ):
            # "Settled for eight hours": the interval is what the sentence gives.
            continue
        word = (match["n"] or match["m"] or "1").casefold()
        hours = Decimal(NUMERALS.get(word) or int(word) if match["h"] is None else 1)
        right_before = [told for told in statement.figures() if told.mention.end + 1 >= start > told.mention.start]
        right_before += [
            told for told in statement.figures() if _ON_EACH.fullmatch(scene.text, told.mention.end, start)
        ]
        beside = [told for told in right_before if told.metric.startswith("funding")]
        low = statement.clause(start)[0]
        stretch = scene.text[low:start]
        figures = [told for told in statement.figures() if low <= told.mention.start < end]
        if beside:
            fact = beside[-1].fact
            wrong = fact.subject.window_hours not in (hours, None) and fact.unit in ("percent", "usd")
        else:
            near = [
                told
                for told in figures
                if told.metric == "funding_rate" and _JOINS.fullmatch(scene.text, told.mention.end, start)
            ]
            wrong = any(told.fact.subject.window_hours != hours for told in near)
            wrong = wrong or (
                hours not in own
                and not figures
                and bool(_CHARGED.search(stretch) or scene.said("payers:", (low, start)))
            )
            # "Every eight hours longs hand over 0.005%".
            ahead = [told for told in statement.figures() if end <= told.mention.start < statement.clause(start)[1]]
            rated = [told for told in ahead if told.metric in ("funding_rate", "funding_money")]
            wrong = wrong or (not stretch.strip() and bool(rated) and hours not in own and rated == ahead)
        if wrong and not re.search(r"\b(?:not|rather than|instead of) $", scene.text[:start], re.I):
            message = f"{rates[0].id} has another interval; write its own"
            yield error(document, statement, "roles.interval", (start, end), message, rates[0])
