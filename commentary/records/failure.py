"""Kinds of reasons why a question over the network has no reply; light, as all that asks or reads knows them."""

from typing import Literal

Kind = Literal["timeout", "connection", "status", "size", "redirect", "address", "limit", "offline"]
"""Why there is no reply. "limit": no room within a limit, ours or the server's; "address": not sent, since where it
would go or what it would carry is refused; "status": any other status than 2xx; "offline": not among kept replies."""
