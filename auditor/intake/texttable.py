"""TextTable: a text file whose encoding and delimiter are known."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.intake.encoding import Encoded

_CHUNK = 1 << 20


@dataclass(frozen=True)
class TextTable:
    """A text file with its encoding and delimiter."""

    path: Path
    encoded: Encoded
    delimiter: str

    @contextmanager
    def as_utf8(self) -> Iterator[Path]:
        """The file itself, or a temporary copy in UTF-8."""
        if self.encoded.encoding == "utf-8-sig":
            yield self.path
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "utf8.csv"
            with (
                self.path.open(encoding=self.encoded.encoding, newline="") as source,
                copy.open("w", encoding="utf-8", newline="") as target,
            ):
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
            yield copy
