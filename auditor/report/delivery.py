"""Delivery: a report takes the place of the old one at once and whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from auditor.location import Location
from auditor.problem import NotDelivered, Problem

_CAUSES = {
    errno.ENOSPC: ("The disk is full.", "Make room, or write to another disk with -o."),
    errno.EDQUOT: ("The disk is full.", "Make room, or write to another disk with -o."),
    errno.ENOENT: ("Its folder does not exist.", "Make the folder, or choose another with -o."),
    errno.ENOTDIR: ("Its folder is a file.", "Choose another folder with -o."),
    errno.EISDIR: ("There is a folder of this name.", "Choose another name with -o."),
    errno.EROFS: ("The disk cannot be written to.", "Write to another disk with -o."),
    errno.EACCES: ("It is open in another program or may not be written.", "Close it, or choose another name with -o."),
    errno.EPERM: ("It is open in another program or may not be written.", "Close it, or choose another name with -o."),
}


def deliver(path: Path, make: Callable[[Path], object]) -> None:
    """Let ``make`` write a file beside ``path``, then put it in the place of ``path``; its folder is tried first.

    Raises NotDelivered when the disk is full, the folder missing or the old file locked; the old file then stays.
    """
    check_place(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.touch()
        make(draft)
        os.replace(draft, path)
    except OSError as error:
        raise NotDelivered([_problem(path, error)]) from error
    finally:
        draft.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make ``folder`` where it is not there; raises NotDelivered when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotDelivered([_problem(folder, OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))]) from error


def check_place(path: Path) -> None:
    """Raise NotDelivered when no file can stand at ``path``: its folder is missing, or a folder has its name."""
    wrong = None
    if path.is_dir():
        wrong = errno.EISDIR
    elif not path.parent.is_dir():
        wrong = errno.ENOTDIR if path.parent.exists() else errno.ENOENT
    if wrong is not None:
        raise NotDelivered([_problem(path, OSError(wrong, os.strerror(wrong)))])


def _problem(path: Path, error: OSError) -> Problem:
    told = error.strerror or type(error).__name__
    cause, remedy = _CAUSES.get(error.errno or 0, (f"{told}.", "Choose another name with -o."))
    return Problem(Location(str(path)), "not-delivered", f"The report was not written. {cause}", remedy, True)
