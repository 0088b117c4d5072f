"""Funds: a run of outflows from bitcoin's over a holiday, a day's inflow of ether's, solana's without an echo."""

from datetime import datetime
from decimal import Decimal
from random import Random

from commentary.runs.samples import ether, samples
from commentary.runs.samples.backwards import open_interest_before
from commentary.runs.samples.bitcoin import OPEN_INTEREST_STEP, coins, funding_history, held, mark, price, price_change
from commentary.runs.samples.expiries import DAY, percent
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.series import coin_open_interest, stepped

CLOSE = 20
"""The hour, UTC, at which New York closes in summer."""
HOLIDAYS = (moment(5, 25, 0), moment(6, 19, 0), moment(7, 3, 0), moment(9, 7, 0))
"""Days of the week on which it does not trade."""
RUN = {
    moment(9, 3, CLOSE): 118_400_000,
    moment(9, 4, CLOSE): -211_900_000,
    moment(9, 8, CLOSE): -147_600_000,
    moment(9, 9, CLOSE): -386_200_000,
    moment(9, 10, CLOSE): -97_300_000,
    moment(9, 11, CLOSE): -563_800_000,
}
"""The last sessions of the bitcoin file, in dollars."""

SETTLED = (
    ("0.00006120", 13, 0),
    ("0.00005744", 13, 8),
    ("0.00006318", 13, 16),
    ("0.00007903", 14, 0),
    ("0.00009215", 14, 8),
    ("0.0001", 14, 16),
    ("0.0001", 15, 0),
)
"""Funding of ether on Binance: the rate, the day of July, the hour."""


def closes(first: datetime, last: datetime) -> list[datetime]:
    """Return the closes from one to another, of the days on which New York trades."""
    days = [first + k * DAY for k in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and day.replace(hour=0) not in HOLIDAYS]


def session(time: datetime, net_usd: int, source: str = "SoSoValue") -> Row:
    """Return the net flow of one session of the funds that trade in the United States."""
    return {"venue": "US", "sessions": 1, "net_usd": net_usd, "time": time, "source": source}


def _ether_before(random: Random) -> list[Row]:
    """Return 58 sessions of ether's funds up to July 10; the largest inflow of them is that of May 13."""
    drawn = 0.0
    rows: list[Row] = []
    for time in closes(moment(4, 17, CLOSE), moment(7, 10, CLOSE)):
        drawn = 0.3 * drawn + random.gauss(6, 84)
        millions = min(stepped(drawn, Decimal("0.1")), Decimal("262.4"))
        if time == moment(5, 13, CLOSE):
            millions = Decimal("411.6")
        rows.append(session(time, int(millions * 1_000_000), "Farside"))
    return rows


@samples.add("btc-etf-outflow")
def bitcoin_outflow() -> Row:
    """Return a run of five outflows, told on a Saturday, with sixty sessions of history and the whole echo."""
    as_of = moment(9, 12, 12)
    random = Random(4107)
    drawn = {time: round(random.gauss(38e6, 190e6), -5) for time in closes(moment(6, 15, CLOSE), moment(9, 11, CLOSE))}
    at_cme: Row = {"venue": "CME", "tenor": "front"}
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(time)), time) for time in (moment(9, 3, CLOSE), moment(9, 11, CLOSE), as_of)],
        price_changes=[price_change(f"{percent(price().at(as_of), price().at(as_of - DAY))}", as_of)],
        etf_flows=[session(time, int(RUN.get(time, flow))) for time, flow in drawn.items()],
        basis=[
            at_cme | {"days": 22, "annualised": Decimal("0.0641"), "time": moment(9, 3, CLOSE), "source": "CME"},
            at_cme | {"days": 14, "annualised": Decimal("0.0527"), "time": moment(9, 11, CLOSE), "source": "CME"},
        ],
        funding=funding_history(as_of)[-60:],
        open_interest=[
            # Of the weeks before, one row a day at the close, so that spans as long as the run compare.
            *coin_open_interest(coins(), end=moment(8, 21, CLOSE), days=71, step=OPEN_INTEREST_STEP, every=DAY),
            *map(_even, coin_open_interest(coins(), end=as_of, days=21, step=OPEN_INTEREST_STEP)),
        ],
    )


def _even(row: Row) -> Row:
    """Return a count; that of the last close is so even that its change works out from what is printed."""
    return {**row, "value_coin": 267_600} if row["time"] == moment(9, 11, CLOSE) else row


@samples.add("eth-etf-inflow")
def ether_inflow() -> Row:
    """Return the inflow of one session, told before the next, with fifty-nine sessions before it and the basis."""
    as_of = moment(7, 15, 8)
    random = Random(715)
    before, close = moment(7, 13, CLOSE), moment(7, 14, CLOSE)
    at_cme: Row = {"venue": "CME", "tenor": "front"}
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    path = ether.price()
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            at_binance | {"value": Decimal(f"{path.at(time):.2f}"), "kind": "mark", "time": time}
            for time in (before, close, as_of)
        ],
        etf_flows=[
            *_ether_before(random),
            session(before, -41_200_000, "Farside"),
            session(close, 347_900_000, "Farside"),
        ],
        funding=[
            at_binance | {"rate": Decimal(rate), "interval_hours": 8, "kind": "settled", "time": moment(7, day, hour)}
            for rate, day, hour in SETTLED
        ],
        open_interest=[
            *open_interest_before(
                random, 4_190_000, end=before, days=92, usual=4_150_000, unrest=0.0125, step=Decimal(1_000)
            ),
            held(4_268_000, close),
            held(4_262_000, as_of),
        ],
        basis=[
            at_cme | {"days": 18, "annualised": Decimal("0.0588"), "time": before, "source": "CME"},
            at_cme | {"days": 17, "annualised": Decimal("0.0643"), "time": close, "source": "CME"},
        ],
    )


@samples.add("sol-etf-no-echo")
def solana_alone() -> Row:
    """Return a large flow with nothing of futures beside it."""
    as_of = moment(11, 5, 8)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            {
                "value": Decimal("149.12"),
                "kind": "mark",
                "venue": "Binance",
                "time": as_of,
                "source": "Binance",
            }
        ],
        etf_flows=[
            session(moment(11, 3, 21), -12_300_000),
            session(moment(11, 4, 21), 218_600_000),
        ],
    )
