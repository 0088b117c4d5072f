"""Which addresses are those of single machines on the public internet.

Definition: IANA's IPv4 and IPv6 special-purpose address registries, read 2026-11-30, by way of Python's `ipaddress`,
whose tables of 3.11 lack what `_SPECIAL` adds.
"""

from ipaddress import IPv4Address, IPv6Address, ip_network

_NAT64 = ip_network("64:ff9b::/96")
"""RFC 6052: an IPv4 address behind a translator, judged by that address."""
_GLOBAL_UNICAST = ip_network("2000::/3")
"""All that is handed out of IPv6; what embeds an IPv4 address otherwise lies outside it or in `_SPECIAL`."""
_SPECIAL = tuple(
    ip_network(each)
    for each in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is one of the public internet's, to single machines."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address.scope_id is not None or address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not any(address in each for each in _SPECIAL)
