"""Do the tests notice? Small mistakes put into the code, one at a time: ``make mutants``."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
