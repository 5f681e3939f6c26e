"""docs/curating.md: every command of the guide works as it stands there, one after the other."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.__main__ import main
from tests.conftest import REAL_REGISTER

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "curating.md"

BLOCK = re.compile(r"^( *)```(sh|yaml|csv)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)

COMMAND = ".venv/bin/python -m etl "


def blocks() -> list[tuple[str, str]]:
    """Kind and text of each block, without the indent of a list."""
    found = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    return [
        (kind, re.sub(f"^{indent}", "", text, flags=re.MULTILINE)) for indent, kind, text in found
    ]


def test_every_command_of_the_guide_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register = shutil.copytree(REAL_REGISTER, tmp_path / "register")
    monkeypatch.chdir(tmp_path)
    ran = []
    for kind, text in blocks():
        if kind != "sh":
            head, content = text.split("\n", 1)
            Path(head.removeprefix("# ")).write_text(content, encoding="utf-8")
            continue
        for command in text.replace("\\\n", " ").splitlines():
            assert command.startswith(COMMAND)
            arguments = shlex.split(command.removeprefix(COMMAND))
            ran.append(arguments[0])
            result = CliRunner().invoke(main, [*_where(arguments, register)])
            assert result.exit_code == 0, f"{command}\n{result.output}"
    tried = {"find", "show", "apply", "new", "set", "rename", "withdraw", "undo"}
    assert set(ran) == tried


def _where(arguments: list[str], register: Path) -> list[str]:
    """The arguments with the register that is tried on."""
    at = 2 if arguments[0] == "new" else 1
    return [*arguments[:at], "--register", str(register), *arguments[at:]]
