"""Other coins at the times of two bundled snapshots, for wraps of several assets: Aug. 12 and Oct. 28."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, cast

from commentary.runs.samples import bitcoin, samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import DAY, candles, funding, liquidations, open_interest, stepped

AUGUST = moment(8, 12, 8)
OCTOBER = moment(10, 28, 16)
DAYS = 60
BEFORE = 30
"""Days of candles before those, where a week is to be ranked among earlier ones."""


class Coin(NamedTuple):
    """An invented market of one coin up to a moment."""

    ticker: str
    name: str
    end: datetime
    price: Wander
    coins: Wander
    tick: Decimal
    step: Decimal
    """Of open interest, in coins."""
    usual_usd: float
    """Of a day's liquidations."""
    seed: int


def _market(ticker: str, name: str, end: datetime, seed: int, *, prices: tuple[str, ...], held: tuple[int, ...],
            tick: str, step: int, usual_usd: float, percent: float, began: str | None = None) -> Coin:  # fmt: skip
    """Return a market through prices and open interest of 62 days before, a day before, and at the end.

    `began` gives the price thirty days before those.
    """
    times = (end - (DAYS + 2) * DAY, end - DAY, end)
    path = wander(seed, tuple(Point(t, Decimal(p)) for t, p in zip(times, prices, strict=True)), percent)
    if began is not None:
        first = (Point(times[0] - BEFORE * DAY, Decimal(began)), Point(times[0], Decimal(prices[0])))
        earlier = wander(seed + 5, first, percent)
        path = Wander(earlier.start, earlier.values[:-1] + path.values)
    coins = wander(seed + 1, tuple(Point(t, c) for t, c in zip(times, held, strict=True)), percent / 2)
    return Coin(ticker, name, end, path, coins, Decimal(tick), Decimal(step), usual_usd, seed)


def _day(coin: Coin, known: tuple[int, int] | None = None, settled: str | None = None) -> Row:
    """Return sixty days of every series; `known` gives the last day's longs and shorts, `settled` the last rate."""
    end, price = coin.end, stepped(coin.price.at(coin.end), coin.tick)
    bars = candles(coin.price, end=end, days=DAYS, tick=coin.tick, volume_usd=4e8, seed=coin.seed + 3)
    if coin.price.start < end - (DAYS + BEFORE) * DAY:
        earlier = candles(
            coin.price, end=end - DAYS * DAY, days=BEFORE, tick=coin.tick, volume_usd=4e8, seed=coin.seed + 6
        )
        bars["bars"] = [*cast("list[Row]", earlier["bars"]), *cast("list[Row]", bars["bars"])]
    change = (Decimal(repr(coin.price.at(end) / coin.price.at(end - DAY))) - 1) * 100
    return snapshot(
        coin.ticker,
        end,
        name=coin.name,
        prices=[{"value": price, "kind": "mark", "venue": "Binance", "time": end, "source": "Binance"}],
        price_changes=[bitcoin.price_change(str(stepped(float(change), Decimal("0.1"))), end)],
        liquidations=liquidations(
            coin.price, seed=coin.seed + 2, end=end, days=DAYS, usual_usd=coin.usual_usd,
            known={end: known} if known else {},
        ),
        candles=[bars],
        funding=funding(
            seed=coin.seed + 4, start=end - DAYS * DAY, end=end, known={end: Decimal(settled)} if settled else {}
        ),
        open_interest=open_interest(coin.coins, coin.price, end=end, days=DAYS + 1, step=coin.step),
    )  # fmt: skip


@samples.add("eth-october")
def eth_october() -> Row:
    """Return ether on a day when open interest fell by more than on any of the days held."""
    coin = _market(
        "ETH",
        "Ether",
        OCTOBER,
        4101,
        prices=("2980", "2874", "2717"),
        held=(5_610_000, 5_904_000, 5_472_000),
        tick="0.01",
        step=1_000,
        usual_usd=31e6,
        percent=2.4,
    )
    return _day(coin, known=(96_400_000, 17_800_000), settled="-0.00004210")


@samples.add("bnb-october")
def bnb_october() -> Row:
    """Return BNB on the same day, with little to tell."""
    market = _market("BNB", "BNB", OCTOBER, 4201, prices=("884", "862.40", "856.20"), held=(968_000, 951_000, 947_500),
                     tick="0.01", step=100, usual_usd=5e6, percent=2.1, began="871")  # fmt: skip
    return _day(market, known=(1_900_000, 1_200_000), settled="0.00002140")


@samples.add("xrp-october")
def xrp_october() -> Row:
    """Return XRP on the same day with a price and nothing to hold it against."""
    return snapshot(
        "XRP",
        OCTOBER,
        name="XRP",
        prices=[{"value": Decimal("1.8342"), "kind": "mark", "venue": "Binance", "time": OCTOBER, "source": "Binance"}],
        price_changes=[bitcoin.price_change("-2.9", OCTOBER)],
    )


@samples.add("eth-august")
def eth_august() -> Row:
    """Return ether on a quiet day."""
    coin = _market(
        "ETH",
        "Ether",
        AUGUST,
        4301,
        prices=("2655", "2744", "2762"),
        held=(5_230_000, 5_388_000, 5_402_000),
        tick="0.01",
        step=1_000,
        usual_usd=29e6,
        percent=2.4,
        began="2590",
    )
    return _day(coin, known=(9_800_000, 11_200_000), settled="0.0001")


@samples.add("doge-august")
def doge_august() -> Row:
    """Return dogecoin on the same day, with the largest rise in weeks."""
    coin = _market(
        "DOGE",
        "Dogecoin",
        AUGUST,
        4401,
        prices=("0.1391", "0.1402", "0.1523"),
        held=(6_120_000_000, 6_310_000_000, 6_544_000_000),
        tick="0.00001",
        step=100_000,
        usual_usd=6e6,
        percent=3.1,
    )
    return _day(coin, known=(2_100_000, 14_300_000), settled="0.00021300")
