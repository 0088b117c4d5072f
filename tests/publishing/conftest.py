"""A draft made by hand: text is written with [[words|fact]] where it mentions a fact."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.records.draft import (
    Checks,
    Digest,
    Draft,
    Input,
    MentionRecord,
    QuestionAnswer,
    Section,
    Sentiment,
    Tool,
    Variants,
    Writer,
)
from commentary.records.fact import Quantity, Unit
from commentary.records.fact_file import FactRecord, SubjectRecord
from commentary.records.hashes import checks_sha256, content_sha256

NOON = datetime(2026, 11, 22, 8, 55, tzinfo=UTC)
_MARKED = re.compile(r"\[\[(?P<words>[^|]+)\|(?P<fact>[^]]+)\]\]")


def _fact(name: str, value: str, unit: Unit, quantity: Quantity, source: str, formula: str = "") -> FactRecord:
    asset, metric, *rest = name.split("/")
    keys = dict(part.split("=") for part in rest)
    subject = SubjectRecord(asset=asset, metric=metric, side=keys.get("side"), at=keys.get("at"))  # type: ignore[arg-type]
    return FactRecord(
        id=name,
        subject=subject,
        value=Decimal(value),
        unit=unit,
        quantity=quantity,
        evidence="estimated" if source == "CoinGlass" else "observed",
        source=(source,),
        as_of=NOON,
        formula=formula,
        inputs=("BTC/price", "BTC/reach_price/side=long") if formula else (),
    )


FACTS = (
    _fact("BTC/price", "62140", "price", "level", "Binance"),
    _fact("BTC/reach_price/side=long", "60593", "price", "level", "CoinGlass"),
    _fact("BTC/reach_size/side=long", "1070000000", "usd", "level", "CoinGlass"),
    _fact("BTC/reach_distance/side=long", "-2.49", "percent", "delta", "CoinGlass", "reach_price / price - 1"),
    _fact("BTC/reach_price/side=short", "64900", "price", "level", "CoinGlass"),
    _fact("BTC/reach_size/side=short", "412000000", "usd", "level", "CoinGlass"),
    _fact("BTC/funding", "0.0024", "percent", "rate", "Binance"),
    FactRecord(
        id="BTC/price_change",
        subject=SubjectRecord(asset="BTC", metric="price_change"),
        value=None,
        unit="percent",
        reason="the snapshot holds no earlier price",
    ),
)


class Fields:
    """Collects mentions while fields are written."""

    def __init__(self) -> None:
        self.mentions: list[MentionRecord] = []

    def __call__(self, path: str, marked: str) -> str:
        text, at = "", 0
        for found in _MARKED.finditer(marked):
            text += marked[at : found.start()]
            start = len(text)
            text += found["words"]
            at = found.end()
            fact, _, role = found["fact"].partition("@")
            self.mentions.append(
                MentionRecord(path=path, start=start, end=len(text), fact=fact, style="plain", role=role or "value")
            )
        return text + marked[at:]


def make_draft(headline: str | None = None) -> Draft:
    """Return a draft of the long-side story, sealed and without findings."""
    say = Fields()
    size, low = "[[$1.07 billion|BTC/reach_size/side=long]]", "[[$60,593|BTC/reach_price/side=long]]"
    price = "[[$62,140|BTC/price]]"
    headline = headline or f"Model puts {size} of bitcoin long liquidations between {price} and {low}"
    text = say("/headline", headline)
    draft = Draft(
        id="0123456789abcdef",
        tool=Tool(name="commentary", version="0.1.0"),
        assets=("BTC",),
        story="liquidation_map",
        emphasis="long",
        length="standard",
        slug="btc-liquidation-map",
        story_key="BTC/liquidation_map/2026-11-22",
        as_of=NOON,
        generated_at=NOON,
        language="en",
        seed=7,
        headline=text,
        headlines=(text,),
        standfirst=say(
            "/standfirst",
            "CoinGlass's sum spans a [[2.5%|BTC/reach_distance/side=long]] fall. Over a rise to "
            "[[$64,900|BTC/reach_price/side=short]] it puts "
            "[[$412 million|BTC/reach_size/side=short]] of shorts.",
        ),
        sections=(
            Section(
                heading=None,
                paragraphs=(
                    say(
                        "/sections/0/paragraphs/0",
                        "CoinGlass's seven-day model, whose exchanges we do not "
                        "know, puts the liquidation prices of "
                        f"{size} of bitcoin longs between the market and {low}, "
                        f"[[2.5%|BTC/reach_distance/side=long]] below Binance's mark price of {price} at "
                        "08:55 UTC on Nov. 22.",
                    ),
                    "Where they sit inside each range the data does not show, nor which way price will go. "
                    "We hold no history of this map at equal distance, so cannot "
                    "call either sum large or small.",
                ),
            ),
            Section(
                heading="What the sum is, and is not",
                paragraphs=(
                    say(
                        "/sections/1/paragraphs/0",
                        f"The count runs from the market down to {low} and stops "
                        f"there. Part of it may be reached "
                        f"sooner, and nothing marks {low} as a dense level or as "
                        f"support. The model cannot see "
                        "positions already closed or topped up with collateral.",
                    ),
                ),
            ),
            Section(
                heading="Longs pay $2.40 per $100,000",
                paragraphs=(
                    say(
                        "/sections/2/paragraphs/0",
                        "Binance's last settled funding rate was "
                        "[[0.0024%|BTC/funding]] per eight hours: longs paid "
                        "shorts. We hold no history of it, so cannot call it unusual.",
                    ),
                ),
            ),
        ),
        unknowns=(
            "Which exchanges the map covers is not known.",
            "Yesterday's map is not at hand, so the model's change is not known.",
        ),
        faq=(
            QuestionAnswer(
                question=say("/faq/0/question", f"Would {size} be sold at {low}?"),
                answer="No. Some traders could add margin or leave first.",
            ),
        ),
        digest=Digest(
            title=say("/digest/title", f"CoinGlass models {size} of bitcoin longs down to {low}"),
            summary=say(
                "/digest/summary",
                f"CoinGlass's seven-day model puts {size} of bitcoin longs between {price} and {low}, and "
                "[[$412 million|BTC/reach_size/side=short]] of shorts up to "
                "[[$64,900|BTC/reach_price/side=short]].",
            ),
        ),
        variants=Variants(push="Bitcoin longs"),
        conditions=(),
        packs=("global",),
        sentiment=Sentiment(
            label="neutral",
            strength="none",
            coverage="low",
            risk_skew="downside",
            short_term=say("/sentiment/short_term", f"1-3 days: in the model a fall to {low} would force {size}."),
            long_term="1-4 weeks: no reading.",
            rationale=("A reading of positioning, not of price. Both sums are conditional, so they set no direction."),
            flips=("The skew ends when the model puts at least as many shorts as longs within the same distance.",),
            contributions=(),
        ),
        ai_disclosure="This text was generated automatically.",
        disclosures=(
            "Liquidation levels are modelled by CoinGlass, not reported by exchanges.",
            "Prices as of 08:55 UTC on Nov. 22, 2026.",
        ),
        disclaimer="This text is information, not advice to buy or sell anything.",
        flags=("map_exchanges_unknown",),
        facts=FACTS,
        mentions=tuple(say.mentions),
        sentences=(),
        sources=("CoinGlass", "Binance"),
        inputs=(Input(sha256="0" * 64, as_of=NOON),),
        plan={"house": {"spelling": "us", "billions": "$1.07 billion", "dates": "Nov. 22"}},
        writer=Writer(kind="template", name="templates/en", version="0.1.0"),
        ai_involvement="template",
        names={"BTC": "Bitcoin"},
        config_sha256="0" * 64,
    )
    content = content_sha256(draft)
    checks = Checks(ok=True, findings=(), sha256=checks_sha256((), content))
    return draft.model_copy(update={"sha256": content, "checks": checks})


@pytest.fixture
def draft() -> Draft:
    """The draft made by hand."""
    return make_draft()
