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


class Obstacle(Exception):
    """The command cannot go on: the place, what is wrong there, and the mend."""

    def __init__(self, place: Path | str, what: str, mend: str) -> None:
        super().__init__(f"{place}: {what}. Mend: {mend}.")

    @classmethod
    def of(cls, error: OSError | duckdb.Error | UnicodeError) -> "Obstacle":
        """The same for what the system, DuckDB or an encoding has against it."""
        if isinstance(error, OSError):
            what = error.strerror or type(error).__name__
            mend = _MENDS.get(error.errno or 0, "see what the system says of it, then try again")
            return cls(error.filename or "Output", what[:1].lower() + what[1:], mend)
        place = "The database" if isinstance(error, duckdb.Error) else "Text"
        mend = "see that there is room and the right to write" if place != "Text" else "use UTF-8"
        return cls(place, str(error).partition("\n")[0].rstrip("."), mend)
