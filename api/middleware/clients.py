"""Who asks, as far as limits have to know: an address, held in memory and never written down."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from api.configuration import Network


def client(scope: Scope, proxies: Sequence[Network]) -> str:
    """The address that a request comes from.

    What a proxy says of whom it asks for counts only from those that are trusted, read from the
    last hop backwards: anybody can write the hops before. Of an IPv6 address the network counts,
    since one who asks has all addresses of a /64 at least.
    """
    address = (scope.get("client") or ("", 0))[0]
    hops = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    while hops and _is_of(address, proxies):
        address = hops.pop().strip() or address
    return _network(address)


def _is_of(address: str, networks: Sequence[Network]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
