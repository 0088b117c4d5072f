"""How a house writes: the choices that decide a fact's spelling."""

from datetime import datetime
from typing import Literal, NamedTuple


class HouseStyle(NamedTuple):
    """A newsroom's form of figures and dates."""

    spelling: Literal["us"] = "us"
    """British spelling is not written yet, so it cannot be asked for."""
    billions: Literal["$1.07 billion", "$1.07bn"] = "$1.07 billion"
    dates: Literal[
        "Nov. 22",
        "22 November",
        "November 22",
        "Nov 22",
        "22 Nov",
        "Nov. 22, 2026",
        "22 November 2026",
        "November 22, 2026",
        "2026-11-22",
    ] = "Nov. 22"
    """A form without a year takes one where the date is of another year than the document."""
    percents: Literal["5.4%", "5.4 percent", "5.4 per cent"] = "5.4%"
    counts: Literal["nine", "9"] = "nine"
    """Whether one to nine are words in running text."""


class Edition(NamedTuple):
    """What spelling depends on besides fact and style."""

    as_of: datetime
    """The document's own time: a figure of that UTC day may be given by its clock time alone."""
    names: tuple[tuple[str, str], ...] = ()
    """Ticker and name of each asset, such as ("BTC", "Bitcoin")."""
    house: HouseStyle = HouseStyle()

    def name(self, ticker: str) -> str:
        """Return the asset's name, or its ticker where no name is known."""
        return dict(self.names).get(ticker, ticker)
