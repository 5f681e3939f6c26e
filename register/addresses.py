"""Addresses of the web: which are fit for a reader, and which lead to one page."""

import ipaddress
import re
from urllib.parse import quote, urlsplit

# RFC 3986, sections 2 and 3; a letter of another script stands for its bytes (RFC 3987).
_SIGN = r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})"
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_BEHIND_HOST = re.compile(rf"(?:[/?]{_SIGN}*)?(?:#{_SIGN}*)?")
_HOST = re.compile(r"([\w-]+\.)+[^\W\d][\w-]*\.?")


def is_public(url: str) -> bool:
    """Whether it is an http or https address of a host that every reader can reach.

    Without a name and password, and of a host with a dot in it or of a public IP address.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port  # A port beyond 65535 is a ValueError.
    except ValueError:
        return False
    return (
        _SCHEME.match(url) is not None
        and _BEHIND_HOST.fullmatch(url.partition("//")[2].removeprefix(parts.netloc)) is not None
        and "@" not in parts.netloc
        and _is_public_host(host)
    )


def page(url: str) -> str:
    """What two addresses of one page have in common.

    Scheme, ``www.``, the scheme's own port, trailing slash, fragment and ``utm_*`` parameters do
    not count, nor does the case of the host, nor whether letters of other scripts are encoded.
    """
    parts = urlsplit(url)
    host = _ascii(parts.hostname or "").removeprefix("www.").rstrip(".")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = "&".join(
        part
        for part in _encoded(parts.query).split("&")
        if part and not part.casefold().startswith("utm_")
    )
    return f"{host}{port}{_encoded(parts.path).rstrip('/')}" + (f"?{query}" if query else "")


def _encoded(text: str) -> str:
    """The path or query with each letter of another script as its bytes."""
    encoded = quote(text, safe="~!$&'()*+,;=:@/?%")
    return re.sub("%[0-9A-Fa-f]{2}", lambda byte: byte[0].upper(), encoded)


def _ascii(host: str) -> str:
    """The host as name servers know it (IDNA)."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # A part of it is too long.
        return host


def _is_public_host(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return _HOST.fullmatch(host) is not None
