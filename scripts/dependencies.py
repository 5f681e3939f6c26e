"""What the project runs with: a list with licences, and a bill of materials (CycloneDX).

``python scripts/dependencies.py`` writes both from the lock file and from what the installed
packages say of themselves. They have no time and no random number: the same lock gives the same.
"""

import json
import re
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import metadata
from pathlib import Path
from typing import Any, NamedTuple, cast

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
LIST = ROOT / "docs" / "dependencies.md"
BILL = ROOT / "docs" / "bom.cdx.json"

PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)
SHORT = 60
"""Some packages have the whole text of their licence where its name belongs."""

HEAD = """\
# Dependencies

The packages that the project runs with, with the licence that each names itself. `make sbom` writes
this list and the bill of materials ([bom.cdx.json](bom.cdx.json),
[CycloneDX](https://cyclonedx.org) 1.6) from `requirements.txt`, which has the exact versions and
hashes. `make audit` looks for known weaknesses of them on the Python Package Index; it fails where
it finds one, and where a package cannot be looked up.

All are used unchanged, as packages of their own.

| package | licence |
| --- | --- |
"""


class Package(NamedTuple):
    """A package of the lock file, in one of the versions that it has there."""

    name: str
    version: str

    @property
    def purl(self) -> str:
        """Its name among the packages of the world."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked() -> list[Package]:
    """The packages with which the project runs; one may be there in two versions."""
    text = LOCK.read_text(encoding="utf-8")
    return [Package(match["name"], match["version"]) for match in PINNED.finditer(text)]


def licence(name: str) -> tuple[str, bool]:
    """The licence that the package names, and whether it is an expression of SPDX.

    Raises:
        LookupError: it names none.
        importlib.metadata.PackageNotFoundError: it is not installed.
    """
    said = cast(Message, metadata(name))
    if expression := said.get("License-Expression"):
        return str(expression), True
    classes = [str(each) for each in said.get_all("Classifier") or []]
    names = [each.rpartition(" :: ")[2] for each in classes if each.startswith("License :: ")]
    told = str(said.get("License") or "").strip()
    if told and "\n" not in told and len(told) <= SHORT and not told.startswith("Copyright"):
        return told, False
    if names:
        return ", ".join(names), False
    raise LookupError(f"{name} names no licence")


def listed() -> str:
    """``docs/dependencies.md``."""
    rows = dict.fromkeys(f"| {each.name} | {licence(each.name)[0]} |\n" for each in locked())
    return HEAD + "".join(rows)


def bill() -> str:
    """``docs/bom.cdx.json``."""
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "moscow-partnerships"}},
        "components": [_component(each) for each in locked()],
    }
    return json.dumps(document, indent=2) + "\n"


def _component(package: Package) -> dict[str, Any]:
    said, is_expression = licence(package.name)
    licences = [{"expression": said}] if is_expression else [{"license": {"name": said}}]
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "licenses": licences,
        "purl": package.purl,
    }


def written() -> Iterator[tuple[Path, str]]:
    """The files that are made, with what belongs in them."""
    yield LIST, listed()
    yield BILL, bill()


if __name__ == "__main__":
    for path, content in written():
        path.write_text(content, encoding="utf-8")
