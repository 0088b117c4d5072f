"""CoinGlass's flows of exchange-traded funds in the United States, one row a session.

US dollars, negative for an outflow. A reply gives the day of a session, as its midnight in UTC; the row has the close
of that session, four in the afternoon in New York. A session that no fund has reported yet comes as a flow of nought
with nothing beside it: it is left out, and so is one that a fund of the session before has not reported yet.
Documentation: "ETF Flows History" for Bitcoin, Ethereum, Solana and XRP, read 2026-11-30.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from commentary.records.snapshot import EtfFlow
from commentary.sources.live.base import Answer, Asked, Call
from commentary.sources.live.coinglass import common
from commentary.sources.shapes.reading import Part

VENUE = "US"
FUNDS = {"BTC": "bitcoin", "ETH": "ethereum", "SOL": "solana", "XRP": "xrp"}
"""The coins that it tells flows of, as its addresses name them."""
MARCH, NOVEMBER, SUNDAY = 3, 11, 6


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the flows, for a coin that has funds."""
    if asked.scope == "full" and asked.asset in FUNDS:
        yield Call("etf_flows", f"/api/etf/{FUNDS[asked.asset]}/flow-history", _flows, ("etf_flows",))


def close_of(day: date) -> datetime:
    """Return when US stock exchanges close on a day: 16:00 in New York, 20:00 UTC in summer time, else 21:00.

    Summer time goes from the second Sunday of March to the first of November (Energy Policy Act of 2005, section 110).
    """
    is_summer = _sunday(day.year, MARCH, 2) <= day < _sunday(day.year, NOVEMBER, 1)
    return datetime.combine(day, time(20 if is_summer else 21), UTC)


def _sunday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 7 * (which - 1))


def _flows(answer: Answer) -> Iterator[EtfFlow]:
    rows = sorted(common.held(Part.of(answer)), key=lambda row: row["timestamp"].time())
    before: set[str] = set()
    for row in rows:
        reported = _reported(row)
        at = close_of(row["timestamp"].time().date())
        is_last = row is rows[-1]
        is_whole = bool(reported) and not (is_last and before - reported)
        before = reported
        if is_whole and at <= answer.asked.now:
            flow = row["flow_usd"].number()
            yield row.row(EtfFlow, venue=VENUE, source=common.TITLE, sessions=1, net_usd=flow, time=at)


def _reported(row: Part) -> set[str]:
    """Return the funds whose flow is told; one that has not reported has null, or no name for it at all."""
    told = ((fund["etf_ticker"].text(), fund.maybe("flow_usd")) for fund in common.held(row["etf_flows"]))
    flows = {ticker: flow.number() for ticker, flow in told if flow is not None}
    return set(flows)
