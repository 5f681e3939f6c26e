"""What whoever runs the server can set, by the environment (docs/operations.md lists it)."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "PARTNERSHIPS_"

Network = IPv4Network | IPv6Network

_SOURCE = re.compile(r"(https?://)?(\*\.)?[a-z0-9.-]+(:[0-9]+)?|\*", re.IGNORECASE)
"""A site that may embed the pages, as a policy names it: also all below a name, or all (``*``)."""


def _words(value: Any) -> Any:
    return re.split(r"[,\s]+", value.strip(", \t\n")) if isinstance(value, str) and value else value


def _networks(value: Any) -> Any:
    return tuple(ip_network(word) for word in _words(value)) if value else ()


def _ancestors(value: Any) -> Any:
    words = tuple(word.strip("'").lower() for word in _words(value))
    if words in (("none",), ("self",)):
        return tuple(f"'{word}'" for word in words)
    wrong = [word for word in words if word != "self" and not _SOURCE.fullmatch(word)]
    if wrong or not words:
        raise ValueError(
            "give none, self, or the addresses of sites, as https://city.example"
            + "".join(f"; {word!r} is none" for word in wrong)
        )
    return tuple("'self'" if word == "self" else word for word in words)


class Settings(BaseSettings):
    """The settings of a server; without an environment those that are safe on one machine."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=8502, ge=0, le=65535, validation_alias="PORT")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = (
        "localhost",
        "127.0.0.1",
        "::1",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = ()
    frame_ancestors: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_ancestors)] = ("'none'",)
    hsts_seconds: int = Field(default=0, ge=0)
    metrics_token: SecretStr | None = Field(default=None, min_length=16)
    curate: bool = False
    log_format: Literal["json", "text"] = "json"
    drain_seconds: float = Field(default=0, ge=0, le=600)
    stop_seconds: int = Field(default=20, ge=1, le=600)
    requests_per_minute: int = Field(default=6000, ge=0)
    sessions: int = Field(default=500, ge=0)
    sessions_per_client: int = Field(default=100, ge=0)


def read() -> Settings:
    """The settings that the environment gives.

    Raises:
        SystemExit: some are wrong; the text says all of them.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [_told(each) for each in error.errors(include_url=False)]
        raise SystemExit("\n".join(["These settings are wrong:", *lines])) from None


def _told(error: Any) -> str:
    """A wrong setting in a line, with its value unless that is secret."""
    place = str(error["loc"][0])
    name = place if place.isupper() else PREFIX + place.upper()
    given = "" if place == "metrics_token" else f"={str(error['input'])[:60]!r}"
    return f"  {name}{given}: {error['msg'].removeprefix('Value error, ')}"
