"""What the Containerfile makes of the project, as far as it can be had without a container."""

import json
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONTAINERFILE = ROOT / "deploy" / "Containerfile"


def copy_into(folder: Path) -> Path:
    """The files of the image: those that ``.containerignore`` lets in."""
    lines = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    for name in (line[1:] for line in lines if line.startswith("!")):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, place)
    return folder


def command() -> list[str]:
    """What the container runs."""
    (found,) = re.findall(r"^CMD (.+)$", CONTAINERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    return list(json.loads(found))
