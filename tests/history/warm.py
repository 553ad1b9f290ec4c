"""Preloaded by the server that forks the writers: what is slow the first time is done before they are timed."""

import tempfile
import warnings
from pathlib import Path

from auditor.history import Outcomes, open_history
from tests.history.given import finding, penalty, run

warnings.filterwarnings("ignore", category=DeprecationWarning)
with tempfile.TemporaryDirectory() as folder, open_history(Path(folder), write=True) as history:
    history.record(run(), [finding("f1")], [penalty("c1", "f1")], Outcomes())
