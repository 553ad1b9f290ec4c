"""Reading what cannot be looked through beforehand (.xls, .xlsb, .ods) in a process of its own, within limits.

The process is this module: ``python -m auditor.intake.container.child FORMAT BYTES PATH``. It answers on stdout
with the pickled sheets.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.intake.container.cells import Cells
from auditor.location import Location
from auditor.problem import Problem

_DAMAGED, _PROTECTED = 3, 4
_REMEDY = "Open it in Excel, copy the table to a new workbook and save that as .xlsx."


@dataclass(frozen=True)
class Limits:
    """What the process may use: bytes of memory, and seconds."""

    memory: int = 3 << 30
    seconds: float = 300


LIMITS = Limits()


def read_in_child(path: Path, kind: str, limits: Limits = LIMITS) -> tuple[list[Cells], list[Problem]]:
    """The sheets with anything on them; none and a fatal Problem when the process failed, died or took too long."""
    command = [sys.executable, "-m", __name__, kind, str(limits.memory), str(path)]
    root = str(Path(__file__).parents[3])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=limits.seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        what = f"Reading the workbook took longer than {limits.seconds:g} seconds, so it was given up."
        return [], [Problem(Location(str(path)), "workbook-too-slow", what, _REMEDY, True)]
    if done.returncode == 0:
        found: list[Cells] = pickle.loads(done.stdout)
        return found, []
    return [], [_failure(path, done.returncode, limits)]


def _failure(path: Path, code: int, limits: Limits) -> Problem:
    if code == _PROTECTED:
        return protected(path)
    if code == _DAMAGED:
        return damaged(path)
    what = f"The workbook could not be read within {limits.memory >> 20} MB of memory."
    return Problem(Location(str(path)), "workbook-too-large", what, _REMEDY, True)


def protected(path: Path) -> Problem:
    """The workbook has a password."""
    what = "The workbook is protected with a password."
    remedy = "Open it in Excel and save it without a password."
    return Problem(Location(str(path)), "workbook-protected", what, remedy, True)


def damaged(path: Path) -> Problem:
    """The workbook cannot be opened."""
    what = "The workbook cannot be opened: it is damaged or not a workbook."
    remedy = "Open it in Excel and save it again, or export it again."
    return Problem(Location(str(path)), "workbook-damaged", what, remedy, True)


def _read(path: Path, kind: str) -> list[Cells]:
    from auditor.intake.container.calamine import opened, read_sheets
    from auditor.intake.container.scans import scans_of

    with opened(path) as workbook:
        scans = scans_of(path, kind, workbook.sheet_names)
        return list(read_sheets(workbook, scans.__getitem__))


def _main(kind: str, memory: str, path: str) -> int:
    """Read within ``memory`` bytes and answer; returns the exit code."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    from python_calamine import PasswordError

    try:
        found: Any = _read(Path(path), kind)
    except MemoryError:
        raise
    except PasswordError:
        return _PROTECTED
    except Exception:
        return _DAMAGED
    pickle.dump(found, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
