"""The styles of figures, by name: every legal way to write a number in English."""

from commentary.languages.base import Style
from commentary.languages.en.announced import ANNOUNCED
from commentary.languages.en.changes import CHANGES
from commentary.languages.en.counts import COUNTS
from commentary.languages.en.currencies import CURRENCIES
from commentary.languages.en.funding import FUNDING
from commentary.languages.en.rates import RATES
from commentary.languages.en.sizes import SIZES
from commentary.languages.en.trade import TRADE

STYLES: dict[str, Style] = {
    style.name: style for style in (*SIZES, *RATES, *CHANGES, *COUNTS, *CURRENCIES, *FUNDING, *TRADE, *ANNOUNCED)
}
