"""What an article leaves out, by exactly the rules that it breaks; and which of its figures its body does not bear."""

import pytest

from commentary import Settings, check_text

END = " This is not investment advice."
MAP = "At 08:55 UTC on Nov. 22 CoinGlass's model had $1.07 billion of longs to $60,593"

LACKS = [
    # what, snapshot, body of the article, what is missing
    ("both sides", "btc-long-side", f"{MAP}, and $412 million of shorts to $64,900.", ""),
    ("the other side is said to be missing", "btc-long-side", f"{MAP}. Of shorts it has none.", ""),
    ("the other side is nowhere", "btc-long-side", f"{MAP}.", "other_side"),
    ("the shorts alone", "btc-long-side", "At 08:55 UTC CoinGlass's model had $412 million of shorts.", "other_side"),
    ("price alone needs no side", "btc-long-side", "At 08:55 UTC the mark price on Binance was $62,140.", ""),
    ("a source by its genitive", "btc-long-side", "At 08:55 UTC CoinGlass's count was 270,300 BTC.", ""),
    ("a time by its day alone", "btc-long-side", "On Nov. 22 CoinGlass's count was 270,300 BTC.", ""),
    ("no time", "btc-long-side", "CoinGlass's count was 270,300 BTC.", "time"),
    ("nothing told", "btc-long-side", "Nothing is said here.", ""),
    ("a question asks, and states no sum", "btc-long-side",
     "At 08:55 UTC CoinGlass gave 270,300 BTC. Are $1.07 billion of longs to be sold, or shorts?", ""),
    ("no model", "btc-long-side",
     "At 08:55 UTC CoinGlass had $1.07 billion of longs and $412 million of shorts.", "model"),
    ("the coin by its name", "sol-liquidations",
     "CoinGlass recorded $132 million of Solana liquidations in the 24 hours to 16:00 UTC.", ""),
    ("the coin by its ticker", "sol-liquidations",
     "CoinGlass recorded $132 million of SOL liquidations in the 24 hours to 16:00 UTC.", ""),
    ("no coin", "sol-liquidations",
     "CoinGlass recorded $132 million of liquidations in the 24 hours to 16:00 UTC.", "scope"),
    ("all coins", "market-liquidations",
     "CoinGlass recorded $893 million across all coins in the 24 hours to 17:50 UTC.", ""),
    ("crypto", "market-liquidations",
     "CoinGlass recorded $893 million of crypto liquidations in the 24 hours to 17:50 UTC.", ""),
    ("no window", "sol-liquidations", "At 16:00 UTC CoinGlass had $132 million of Solana liquidations.", "window"),
    ("the window behind it", "sol-liquidations",
     "At 16:00 UTC CoinGlass had $132 million of Solana liquidations. It is a count of 24 hours.", ""),
    ("a daily count", "sol-liquidations",
     "At 16:00 UTC CoinGlass had a daily $132 million of Solana liquidations.", ""),
    ("a change without its window", "btc-long-side",
     "At 08:50 UTC CoinGlass's count of open interest had fallen 1.1% in coin.", "window"),
    ("a rate with its interval", "btc-long-side",
     "CoinGlass and Binance: funding on Binance was 0.0024% per eight hours at 08:00 UTC.", ""),
    ("a rate of every eight hours", "btc-long-side",
     "By CoinGlass funding on Binance was 0.0024% at 08:00 UTC, paid every eight hours.", ""),
    ("a rate without its interval", "btc-long-side",
     "By CoinGlass funding on Binance was 0.0024% at 08:00 UTC.", "interval"),
]  # fmt: skip


def missing(text, snapshot, sheet):
    found = check_text(text, sheet(snapshot), settings=Settings(), scope="article").findings
    return sorted(one.code.removeprefix("completeness.") for one in found if one.code.startswith("completeness."))


@pytest.mark.parametrize(("snapshot", "body", "rules"), [row[1:] for row in LACKS], ids=[row[0] for row in LACKS])
def test_an_article_lacks_just_this(snapshot, body, rules, sheet):
    assert missing(f"# Head\n\n{body}{END}", snapshot, sheet) == rules.split()
    assert missing(f"# Head\n\n{body}", snapshot, sheet) == sorted([*rules.split(), "disclaimer"])


def test_a_passage_may_leave_it_to_its_surroundings(sheet):
    text = "CoinGlass had $1.07 billion of longs."
    found = check_text(text, sheet("btc-long-side"), settings=Settings(), scope="passage").findings
    assert [one.code for one in found if one.code.startswith(("completeness.", "agreement."))] == []


LOOK = [
    # the text, and what is found in it: rule, severity, characters
    ("It is $1.O7 or $l.5 or 1,I or o.5 or 5.", ["digit error O", "digit error l", "digit error o"]),
    ("I own 1 or none; O. Henry, 5l, Ol.", []),
    ("It is ５% and ²3 and Ⅳ.", ["digit error ５", "digit error ²", "digit error Ⅳ"]),
    ("5٪ and 5٫1 and 5⁄1 and a⁄b", ["sign error ٪", "sign error ٫", "sign error ⁄"]),
    ("＄5 and 5％ and ＋5, ＋a", ["sign error ＄", "sign error ％", "sign error ＋"]),
    ("a\u200bb \ufeff c", ["hidden error \u200b", "hidden error \ufeff"]),
    ("☂\u200d☂ and a\u200db and \u200d", ["hidden error \u200d", "hidden error \u200d"]),
    ("e\u0301 and x\u0336 and 5\ufe0f", ["hidden error \u0336"]),
    ("long‑side, 5‑6, a ‑5 b, −5, ‑$5, 1−2", ["dash warning ‑", "dash warning ‑", "dash warning ‑"]),
    ("long−side and −5", ["dash warning −"]),
    ("1\u00a0000 and 1\u00a0.5", ["space error \u00a0", "space error \u00a0"]),
    ("$5\u00a0million and a\u00a0b and a\u2003b and 5\u2003a", ["space warning \u00a0", "space warning \u2003"]),
    ("Bin\u00a0ance and Coin\u2009Glass", ["space error \u00a0", "space error \u2009"]),
    ("Вinance and ВТС", ["letter error Вinance", "letter error ВТС"]),
    ("β and αβ and Ѕ", ["letter error Ѕ"]),
    ("Yıldırım, Bınance, é, naïve", ["letter error Bınance"]),
    ("Биткоин", []),
]


@pytest.mark.parametrize(("text", "found"), LOOK)
def test_characters_that_are_not_what_they_look_like(text, found, sheet):
    findings = check_text(text, sheet("btc-long-side"), settings=Settings(), scope="passage").findings
    own = sorted((one for one in findings if one.code.startswith("lookalikes.")), key=lambda one: one.span)
    shown = [f"{one.code.removeprefix('lookalikes.')} {one.severity} {one.text}" for one in own]
    assert shown == found
