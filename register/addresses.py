"""Addresses of the web: which are fit for a reader, and which lead to one page."""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import quote

# RFC 3986, sections 2 and 3; a letter of another script stands for its bytes (RFC 3987).
_PATH = r"(?:[\w.~!$&'()*+,;=:@/-]++|%[0-9A-Fa-f]{2})*+"
_SIGNS = r"(?:[\w.~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+"
_ADDRESS = re.compile(
    r"(?i:https?)://(?P<host>\[[^]/?#@]*+]|[^][/?#@:]*+)(?::0*+(?P<port>[0-9]{0,5}))?"
    rf"(?P<path>/{_PATH})?(?:\?(?P<query>{_SIGNS}))?(?:#{_SIGNS})?"
)
_BYTE = re.compile("%[0-9A-Fa-f]{2}")
_HOST = re.compile(r"([\w-]+\.)+[^\W\d][\w-]*\.?")

_PLAIN_HOST = r"([a-z0-9_-]+\.)+[a-z][a-z0-9_-]*"
_PLAIN_SIGN = "[0-9A-Za-z._~!$'()*+,;=:@-]"
_PLAIN_BYTE = "%[0-9A-Fa-f]{2}"
PLAIN = (
    rf"https?://{_PLAIN_HOST}(/({_PLAIN_SIGN}|[/&]|{_PLAIN_BYTE})*)?"
    rf"(\?({_PLAIN_SIGN}|[/&?]|{_PLAIN_BYTE})*)?"
)
"""A pattern of RE2; what fits it as a whole ``is_public``."""

PORTS = 65535


PLAIN_PAGE = (
    rf"https?://{_PLAIN_HOST}(/({_PLAIN_SIGN}|[/&])*)?(\?{_PLAIN_SIGN}+(&{_PLAIN_SIGN}+)*)?"
)
"""The same for one of which ``page`` only takes off the scheme, ``www.``, slashes and ``utm_*``."""


def is_public(url: str) -> bool:
    """Whether it is an http or https address of a host that every reader can reach.

    Without a name and password, and of a host with a dot in it or of a public IP address.
    """
    parts = _ADDRESS.fullmatch(url)
    return (
        parts is not None
        and int(parts["port"] or 0) <= PORTS
        and _is_public_host(parts["host"].lower())
    )


def page(url: str) -> str:
    """What two addresses of one page have in common; what is no address as it stands.

    Scheme, ``www.``, the scheme's own port, trailing slash, fragment and ``utm_*`` parameters do
    not count, nor does the case of the host, nor whether letters of other scripts are encoded.
    """
    parts = _ADDRESS.fullmatch(url)
    if parts is None:
        return url
    host = _ascii(parts["host"].lower()).removeprefix("www.").rstrip(".")
    port = f":{parts['port']}" if parts["port"] not in {None, "", "80", "443"} else ""
    query = "&".join(
        part
        for part in _encoded(parts["query"] or "").split("&")
        if part and not part.casefold().startswith("utm_")
    )
    path = _encoded(parts["path"] or "").rstrip("/")
    return f"{host}{port}{path}" + (f"?{query}" if query else "")


def _encoded(text: str) -> str:
    """The path or query with each letter of another script as its bytes."""
    encoded = text if text.isascii() else quote(text, safe="~!$&'()*+,;=:@/?%")
    return _BYTE.sub(lambda byte: byte[0].upper(), encoded)


def _ascii(host: str) -> str:
    """The host as name servers know it (IDNA)."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # A part of it is too long.
        return host


@lru_cache(2**12)
def _is_public_host(host: str) -> bool:
    try:
        if host.startswith("["):
            return ipaddress.IPv6Address(host[1:-1]).is_global
        return ipaddress.IPv4Address(host).is_global
    except ValueError:
        return _HOST.fullmatch(host) is not None
