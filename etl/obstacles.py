"""What stands in a command's way and is no fault of the register: said in a line, with the mend."""

import errno
from pathlib import Path

import duckdb

_MENDS = {
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there",
    errno.EFBIG: "raise the limit of a file's size",
    errno.EROFS: "choose a folder that can be written",
    errno.EACCES: "give yourself the right to it, or choose another place",
    errno.EPERM: "give yourself the right to it, or choose another place",
    errno.ENOENT: "check the path",
    errno.EEXIST: "move away what is there, or choose another place",
    errno.ENOTDIR: "move away what is there, or choose another place",
    errno.EISDIR: "move away what is there, or choose another place",
}

DUCKDB = (
    duckdb.IOException,
    duckdb.FatalException,  # A full disk at the end of a transaction.
    duckdb.OutOfMemoryException,
    duckdb.PermissionException,
)
"""The errors of DuckDB that are none of the program's own."""


class Obstacle(Exception):
    """The command cannot go on: the place, what is wrong there, and the mend."""

    def __init__(self, place: Path | str, what: str, mend: str) -> None:
        super().__init__(f"{place}: {what}. Mend: {mend}.")

    @classmethod
    def of(cls, error: OSError | duckdb.Error | UnicodeError) -> "Obstacle":
        """The same for what the system, DuckDB or an encoding has against it."""
        if isinstance(error, OSError):
            what = error.strerror or str(error) or type(error).__name__
            mend = _MENDS.get(error.errno or 0, "see what the system says of it, then try again")
            place = error.filename2 or error.filename or "The output"
            return cls(place, what[:1].lower() + what[1:], mend)
        what = str(error).partition("\n")[0].rstrip(".")
        if isinstance(error, duckdb.Error):
            return cls("The database", what, "see that there is room and the right to write")
        return cls("A text", what, "write it in UTF-8")
