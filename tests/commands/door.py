"""The command as a person runs it: in this process (quick) or through ``python -m auditor``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Spoken:
    """What the command said and the code it left with."""

    code: int
    stdout: str
    stderr: str


def in_process(words: Sequence[str]) -> Spoken:
    from auditor.commands import main

    out, err = StringIO(), StringIO()
    with patch.object(sys, "argv", ["auditor", *words]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as left:
            return Spoken(int(left.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("the command did not leave with a code")


def in_subprocess(words: Sequence[str], folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Spoken:
    """``python -W error -m auditor WORDS`` run in ``folder``; ``environment`` is added to ours."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "auditor", *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return Spoken(done.returncode, done.stdout, done.stderr)
