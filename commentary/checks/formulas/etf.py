"""Formulas of the flows of funds, and of what futures did over the same days."""

from collections.abc import Mapping

from commentary.checks.formulas.base import HUNDRED, Form, difference, payer, percent_change, words

FORMS: Mapping[str, tuple[Form, ...]] = {
    **dict.fromkeys(("etf_flow_last", "basis_flow_annual", "basis_flow_before_annual", "basis_flow_days"), (Form(),)),
    "etf_calendar": words("whether the snapshot is of a Saturday or Sunday"),
    "funding_flow": words("the mean of # settlements"),
    "funding_flow_before": words("the mean of # settlements"),
    "oi_flow": words("the level at the close of the last session"),
    "oi_change_flow": (Form("(oi_flow / oi_flow_from - 1) * 100", "oi_flow oi_flow_from", percent_change),),
    "oi_delta_flow": (Form("oi_flow - oi_flow_from", "oi_flow oi_flow_from", difference),),
    "oi_flow_further": words("the earlier spans with a larger change of the same sign", of="oi_change_flow"),
    "oi_flow_next": words("the largest change of the same sign in an earlier span"),
    "oi_flow_spans": words("the earlier spans with a known change"),
    "oi_flow_twice": (
        Form("oi_flow + (oi_flow - oi_flow_from)", "oi_flow oi_flow_from", lambda end, start: 2 * end - start),
    ),
    "oi_flow_from": words("the level at the close before the first session"),
    "funding_flow_money": (
        Form(
            "|{0}| / 100 * {1}",
            "funding_flow example_notional",
            lambda rate, notional: abs(rate) / HUNDRED * notional,
        ),
    ),
    "funding_flow_payer": (Form("the side that pays on average: the sign of {0}", "funding_flow", payer),),
    "funding_flow_prints": words("the settlements in those days"),
    "etf_first_day": words("the day of the first session"),
    "etf_flow": (Form(), *words("the sum of the last # sessions")),
    "etf_flow_coin": (
        Form("|etf_flow| / price", "etf_flow price", lambda flow, price: abs(flow) / price),
        Form("|etf_flow| / price_flow", "etf_flow price_flow", lambda flow, price: abs(flow) / price),
    ),
    "price_flow": words("the price at the close of the last session"),
    "price_flow_from": words("the price at the close before the first session"),
    "price_change_flow": (
        Form("(price_flow / price_flow_from - 1) * 100", "price_flow price_flow_from", percent_change),
    ),
    "etf_flow_rank": words("1 + the earlier sessions with a larger flow of the same sign", of="etf_flow_last"),
    "etf_flow_sum_next": words("the largest sum, of that sign, of # sessions in a row before those of the flow"),
    "etf_flow_next": words("the largest flow of the same sign in an earlier session"),
    "etf_flow_opposite": words("the largest flow of the other sign in an earlier session"),
    "etf_flow_to_oi": (
        Form("|etf_flow| / oi_usd * 100", "etf_flow oi_usd", lambda flow, held: abs(flow) / held * HUNDRED),
    ),
    "etf_flow_median": words("the median size of the earlier sessions, whichever way"),
    "etf_run": words("the sessions in a row of the sign of the last"),
    "etf_run_held": words("every session held of the sign of the last"),
    "etf_sessions": words("the sessions that the flow adds up"),
    "etf_sessions_held": words("the earlier sessions with a known flow"),
}
