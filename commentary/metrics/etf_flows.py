"""Flows of exchange-traded funds: what came in or went out, net, over sessions of the exchange they trade on.

US dollars, negative for an outflow. A session is a trading day, told after its close; there is none at weekends. A
sum covers the sessions that its row says, or the run of sessions of one sign that end with the last one; of a run that
goes back to the oldest session held, all but that one, whose close begins the sum. Whether an inflow is a purchase
of coin or one leg of a hedged trade no flow tells.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import takewhile
from statistics import median
from typing import NamedTuple

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.etf_echo import Days, etf_echo
from commentary.metrics.history import rank
from commentary.metrics.rows import coin, evidence_of, preferred
from commentary.records.fact import Fact, MissingFact, Quantity, Subject, Unit, Value, derive
from commentary.records.snapshot import EtfFlow

SESSIONS_NEEDED = 20
"""A month of sessions: with fewer a rank says more about the series' length than about the day."""
_SATURDAY = 5


class Funds(NamedTuple):
    """The flows of one coin's funds by one source."""

    asset: str
    sessions: tuple[EtfFlow, ...]
    """Single ones, in order of time."""
    sums: tuple[EtfFlow, ...]
    """Of several, or of a number that is not known, in order of time."""

    def fact(
        self,
        metric: str,
        value: Value,
        row: EtfFlow,
        formula: str = "",
        unit: Unit = "usd",
        quantity: Quantity = "delta",
    ) -> Fact:
        """Return a fact of the session that a row ends with."""
        source = source_of(row)
        subject = Subject(self.asset, metric, None, row.venue)
        return Fact(subject, value, unit, quantity, evidence_of(row), source, row.at, formula)


@metric("etf_flows", needs=("price", "open_interest"))
def etf_flows(given: Given) -> Iterator[Result]:
    """Yield the flow that is news, the last session's, how usual it is, and what futures did meanwhile."""
    about = coin(given.snapshot)
    rows = [row for row in given.snapshot.etf_flows if row.about == about]
    if not rows:
        yield MissingFact(Subject(about, "etf_flow"), "usd", "the snapshot holds no flow of funds")
        return
    funds = _funds(about, rows, given)
    yield from _flows(funds, given)
    if funds.sessions:
        yield from _usual(funds)
    weekend = given.as_of.weekday() >= _SATURDAY
    words = "whether the snapshot is of a Saturday or Sunday"
    newest = max((*funds.sessions, *funds.sums), key=lambda row: row.at)
    state = "weekend" if weekend else "weekday"
    yield funds.fact("etf_calendar", state, newest, words, "name", "entity")


def _funds(about: str, rows: list[EtfFlow], given: Given) -> Funds:
    first = preferred(rows, given)[0]
    own = sorted(
        (row for row in rows if (row.source, row.venue) == (first.source, first.venue)), key=lambda row: row.at
    )
    return Funds(about, tuple(row for row in own if row.sessions == 1), tuple(row for row in own if row.sessions != 1))


def _flows(funds: Funds, given: Given) -> Iterator[Result]:
    last = funds.sessions[-1] if funds.sessions else None
    if last is not None:
        yield funds.fact("etf_flow_last", last.net_usd, last)
    run = _run(funds.sessions)
    # Where every session held has one sign, the run may be longer than what is held.
    whole = len(run) == len(funds.sessions)
    flow, count, row = _main(funds, run[1:] if whole and len(run) > 1 else run)
    yield flow
    if count is None:
        reason = "the source does not say how many sessions the flow adds up"
        yield MissingFact(flow.subject._replace(metric="etf_sessions"), "count", reason)
        return
    yield funds.fact("etf_sessions", Decimal(count), row, "the sessions that the flow adds up", "count", "count")
    yield from _sum_before(funds, flow, count)
    if len(run) > 1:
        name, words = ("etf_run_held", "every session held") if whole else ("etf_run", "the sessions in a row")
        yield funds.fact(name, Decimal(len(run)), run[-1], f"{words} of the sign of the last", "count", "count")
    days = _days(funds, count, row)
    if days is None:
        yield from _against(flow, given)
        reason = "the session before the first of the flow is not in the snapshot, so its days are not known"
        yield MissingFact(Subject(funds.asset, "oi_change_flow"), "percent", reason)
        return
    yield funds.fact("etf_first_day", days.first, row, "the day of the first session", "time", "time")
    echo = list(etf_echo(given, funds.asset, days))
    yield from _against(flow, given, echo)
    yield from echo


def _main(funds: Funds, run: Sequence[EtfFlow]) -> tuple[Fact, int | None, EtfFlow]:
    """Return the flow that is told first, its number of sessions, and the row it ends with."""
    last = funds.sessions[-1] if funds.sessions else None
    told = funds.sums[-1] if funds.sums else None
    if told is not None and (last is None or told.at.date() >= last.at.date()):
        return funds.fact("etf_flow", told.net_usd, told), int(told.sessions) if told.sessions else None, told
    if last is None:
        raise ValueError("funds without a row")
    total = sum((row.net_usd for row in run), Decimal(0))
    words = f"the sum of the last {len(run)} sessions"
    return funds.fact("etf_flow", total, last, words if len(run) > 1 else ""), len(run), last


def _sum_before(funds: Funds, flow: Fact, count: int) -> Iterator[Fact]:
    """Yield the largest sum of as many sessions before those of a flow that is larger than all of them."""
    held = [one for one in funds.sessions if one.at.date() <= flow.as_of.date()][:-count]
    sums = [(sum((one.net_usd for one in held[i : i + count]), Decimal(0)), i) for i in range(len(held) - count + 1)]
    if count < 2 or len(sums) < SESSIONS_NEEDED:
        return
    most, start = max(sums, key=lambda one: (one[0] * flow.number, one[1]))
    if 0 < most * flow.number < flow.number**2:
        words = f"the largest sum, of that sign, of {count} sessions in a row before those of the flow"
        yield funds.fact("etf_flow_sum_next", most, held[start + count - 1], words)


def _run(sessions: Sequence[EtfFlow]) -> list[EtfFlow]:
    """Return the last sessions of one sign, in order of time; at least the last."""
    if not sessions:
        return []
    last = sessions[-1]
    backwards = takewhile(lambda row: row.net_usd * last.net_usd > 0, reversed(sessions))
    return list(backwards)[::-1] or [last]


def _days(funds: Funds, count: int, row: EtfFlow) -> Days | None:
    """Return from which close to which a flow runs, where the snapshot holds its sessions and the one before."""
    held = [one for one in funds.sessions if one.at.date() <= row.at.date()]
    if len(held) <= count or held[-1].at.date() != row.at.date():
        return None
    return Days(held[-count - 1].at, held[-1].at, _midnight(held[-count].at))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _against(flow: Fact, given: Given, echo: Sequence[Fact | MissingFact] = ()) -> Iterator[Fact]:
    """Yield the flow in coins, at the price of its last close where that is held, and beside open interest."""
    asset = flow.subject.asset
    price, held = given.sheet.get("price", asset=asset), given.sheet.get("oi_usd", asset=asset, venue="all")
    price = next((one for one in echo if isinstance(one, Fact) and one.subject.metric == "price_flow"), price)
    if price is not None and given.snapshot.quote == "USD":
        coins = flow.subject._replace(metric="etf_flow_coin")
        words = f"|etf_flow| / {price.subject.metric}"
        yield derive(coins, abs(flow.number) / price.number, "coin", "level", (flow, price), words)
    if held is not None and held.number:
        share = flow.subject._replace(metric="etf_flow_to_oi")
        words = "|etf_flow| / oi_usd * 100"
        yield derive(share, abs(flow.number) / held.number * 100, "percent", "share", (flow, held), words)


def _usual(funds: Funds) -> Iterator[Result]:
    """Yield where the last session stands among the earlier ones held."""
    *earlier, last = funds.sessions
    about = Subject(funds.asset, "etf_flow_rank", None, last.venue)
    if len(earlier) < SESSIONS_NEEDED or not last.net_usd:
        reason = f"a rank needs {SESSIONS_NEEDED} earlier sessions, the snapshot holds {len(earlier)}"
        yield MissingFact(about, "count", reason)
        return
    alike = [abs(row.net_usd) for row in earlier if row.net_usd * last.net_usd > 0]
    place = Decimal(rank(abs(last.net_usd), alike))
    flow = funds.fact("etf_flow_last", last.net_usd, last)
    words = "1 + the earlier sessions with a larger flow of the same sign"
    subject = flow.subject._replace(metric="etf_flow_rank")
    yield Fact(subject, place, "count", "count", flow.evidence, flow.source, flow.as_of, words, (flow.id,))
    for name, sign in (("etf_flow_next", 1), ("etf_flow_opposite", -1)):
        ones = [row for row in earlier if row.net_usd * last.net_usd * sign > 0]
        if ones:
            row = max(ones, key=lambda one: abs(one.net_usd))
            words = f"the largest flow of {'the same' if sign > 0 else 'the other'} sign in an earlier session"
            yield funds.fact(name, row.net_usd, row, words)
    usual = median(abs(row.net_usd) for row in earlier)
    words = "the median size of the earlier sessions, whichever way"
    yield funds.fact("etf_flow_median", usual, last, words, "usd", "level")
    words = "the earlier sessions with a known flow"
    yield funds.fact("etf_sessions_held", Decimal(len(earlier)), last, words, "count", "count")
