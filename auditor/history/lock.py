"""Lock: one writer at a time. The operating system frees it when its process ends, however that happens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from auditor.location import Location
from auditor.problem import Busy, Problem

LOCK_FILE = "lock"


class Lock:
    """A lock on a folder, held until ``free``."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises Busy when another process holds it."""
        self._file = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(self._file)
        except OSError:
            os.close(self._file)
            raise busy(folder) from None

    def free(self) -> None:
        """Let others write."""
        os.close(self._file)


def busy(folder: Path) -> Busy:
    """What to say when another process holds the history in ``folder``."""
    what = "Another auditor is writing to this history, or reading it."
    remedy = "Nothing was changed. Try again when it has finished."
    return Busy([Problem(Location(str(folder)), "history-busy", what, remedy, True)])


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
