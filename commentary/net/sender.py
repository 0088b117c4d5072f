"""httpx's client as this network uses it: what every question says of us, and what no answer may leave behind."""

import httpx

from commentary.net.exchange import Waits


def sender(transport: httpx.AsyncBaseTransport, waits: Waits, agent: str) -> httpx.AsyncClient:
    """Return a client that sends over a transport and asks nothing of the environment: no proxy, no netrc.

    Args:
        transport: what it sends over.
        waits: how long one try may take.
        agent: the name that servers are told.
    """
    return _Sender(
        transport=transport,
        headers={"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": "gzip"},
        timeout=httpx.Timeout(waits.silence, connect=waits.connect),
        auth=httpx.Auth(),  # none, not even what stands in a URL
        trust_env=False,
    )


class _NoCookies(httpx.Cookies):
    def extract_cookies(self, response: httpx.Response) -> None:
        """Leave them: what is asked depends on no answer before it."""


_NO_COOKIES = _NoCookies()


class _Sender(httpx.AsyncClient):
    @property
    def cookies(self) -> httpx.Cookies:
        return _NO_COOKIES

    @cookies.setter
    def cookies(self, cookies: object) -> None:
        raise AttributeError("this client keeps no cookies")
