"""CoinGlass, API version 4: maps, liquidations, funding, open interest, books, shares, fund flows, whales; with a key.

The lowest plan, Hobbyist, is refused maps, single orders and positions, and intervals under four hours; each call that
a plan refuses is a gap, and the rest goes on. Addresses, limits and plans: its API documentation and its list of plans,
read 2026-11-30 and 2026-11-22.

Of its table these are not asked for, since no row of a snapshot could hold them: cumulative volume delta, the basis of
a perpetual (which has no expiry to reckon a yearly rate to), sums of funding over days, and the heatmap of the book.
"""

from collections.abc import Iterator, Mapping

from commentary.net import Pool
from commentary.sources.live.base import Asked, Call, Key, Source, sources
from commentary.sources.live.coinglass import (
    book,
    common,
    etf,
    funding,
    liquidations,
    maps,
    open_interest,
    open_interest_chart,
    prices,
    whales,
)

PLANS = {30: "Hobbyist", 80: "Startup", 300: "Standard", 1200: "Professional"}
"""By the calls that each may make in a minute."""
_ABOVE = {
    "Hobbyist": "Startup adds positions and sums by coin, Standard orders, Professional the liquidation maps",
    "Startup": "Standard adds orders and changes of all coins, Professional the liquidation maps",
    "Standard": "Professional adds the liquidation maps",
}
"""What the calls made here would be given by a higher plan."""
_SUBJECTS = (prices, funding, open_interest, open_interest_chart, liquidations, maps, book, etf, whales)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield what is asked for a coin: in full about thirty calls, to watch it four."""
    for subject in _SUBJECTS:
        yield from subject.calls(asked)


def plan(headers: Mapping[str, str]) -> str | None:
    """Return the plan's limit and what a higher plan would add, by the headers of a reply."""
    most, used = headers.get("api-key-max-limit"), headers.get("api-key-use-limit")
    if most is None or not most.strip().isdecimal():
        return None
    name = PLANS.get(int(most))
    told = f"{most.strip()} calls a minute" + (f", {used.strip()} of them used" if used else "")
    named = f"{name} plan: {told}" if name else told
    above = _ABOVE.get(name or "")
    return f"{named}; {above} (coinglass.com/pricing)" if above else named


sources.add("coinglass")(
    Source(
        name="coinglass",
        title=common.TITLE,
        base_url="https://open-api-v4.coinglass.com",
        calls=calls,
        # The lowest plan's, since no reply tells the plan before the first call.
        pools={"all": Pool(most=min(PLANS), seconds=60)},
        unwrap=common.unwrap,
        key=Key("COINGLASS_API_KEY", "CG-API-KEY"),
        plan=plan,
        # A second coin of one minute waits until the limit of the lowest plan allows it.
        deadline_seconds=75,
    )
)
