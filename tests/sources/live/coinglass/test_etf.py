"""CoinGlass's flows of funds: sessions by their close, and none that is not wholly reported."""

from decimal import Decimal

from commentary.sources.live.base import Asked
from commentary.sources.live.coinglass.etf import close_of
from tests.sources.live.coinglass.replies import recorded, rows, utc


def test_the_flow_of_today_that_no_fund_has_reported_is_no_flow_of_nought():
    # 2026-11-20: 0.0 with every fund null.
    assert [row.time.date().day for row in rows("etf_flows")] == [30, 19]


def test_a_day_that_no_fund_ever_reported_is_left_out_between_others_too():
    reply = recorded("etf_flows")
    for fund in reply["data"][1]["etf_flows"]:
        fund["flow_usd"] = None
    assert [row.time.date().day for row in rows("etf_flows", {"etf_flows": reply})] == [30]


def test_the_newest_session_is_left_out_until_each_fund_of_the_one_before_has_reported():
    reply = recorded("etf_flows")
    funds = reply["data"][-1]["etf_flows"]
    funds[1]["flow_usd"] = reply["data"][-1]["flow_usd"] = Decimal(5)
    assert len(rows("etf_flows", {"etf_flows": reply})) == 2
    funds[0]["flow_usd"] = funds[2]["flow_usd"] = Decimal(0)
    assert rows("etf_flows", {"etf_flows": reply})[-1].net_usd == 5


def test_a_day_without_flows_that_all_funds_report_is_a_flow_of_nought():
    reply = recorded("etf_flows")
    for fund in reply["data"][-1]["etf_flows"]:
        fund["flow_usd"] = Decimal("0.0")
    assert rows("etf_flows", {"etf_flows": reply})[-1].net_usd == 0


def test_a_session_is_told_from_its_close_in_new_york():
    # 2026: summer time from 8 March to 1 November.
    told = {day: close_of(utc("01 00:00").replace(month=month, day=day).date()).hour
            for month, day in ((3, 7), (3, 8), (10, 31), (11, 1))}  # fmt: skip
    assert told == {7: 21, 8: 20, 31: 20, 1: 21}


def test_a_session_that_has_not_closed_is_left_out():
    before = Asked("BTC", utc("19 20:59"))
    assert [row.time.date().day for row in rows("etf_flows", asked=before)] == [30]
