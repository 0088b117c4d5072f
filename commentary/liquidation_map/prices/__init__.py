"""Liquidation prices: at which mark price an exchange takes a position over, one file for each exchange.

All take and return exact decimals and know no rounding to a tick. Every exchange judges by the mark price, so a last
price that touches a level is an approximation. None: no price above zero closes the position.
"""
