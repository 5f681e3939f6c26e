"""What the project runs with is listed with its licence, and is what the lock file has."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scripts import dependencies

FREE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "MIT"),
    *("MIT-CMU", "PSF-2.0", "Zlib", "LGPL-2.1-only", "MPL-2.0", "LGPLv3"),
    *("BSD License", "3-Clause BSD License", "MIT License", "ISC License (ISCL)"),
    "Apache License 2.0",
}
"""The licences under which the project may use a package as it is, as packages name them."""


@pytest.mark.parametrize("package", dependencies.locked(), ids=str)
def test_a_package_that_the_project_runs_with_may_be_used(
    package: dependencies.Package,
) -> None:
    said, _ = dependencies.licence(package.name)

    assert {said} <= FREE or {*re.split(r" AND | OR ", re.sub("[()]", "", said))} <= FREE


def test_list_and_bill_are_those_of_the_lock_file() -> None:
    for path, content in dependencies.written():
        assert path.read_text(encoding="utf-8") == content, f"{path.name}: run `make sbom`"


def test_the_bill_is_one_and_names_each_package_of_the_lock_file_once() -> None:
    text = dependencies.BILL.read_text(encoding="utf-8")

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    named = [f"{each['name']}=={each['version']}" for each in json.loads(text)["components"]]
    lock = dependencies.LOCK.read_text(encoding="utf-8").splitlines()
    assert named == [line.split(" ")[0] for line in lock if "==" in line and line[0] not in " #"]
