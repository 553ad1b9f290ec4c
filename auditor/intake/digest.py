"""Digest: the SHA-256 of a file, worked out while the file is being judged."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from threading import Thread


class Digest:
    """The fingerprint of the file ``path`` as it stood when it was read.

    Hashing starts at once, beside everything else, since it takes a large log longer than some rules do.
    """

    def __init__(self, path: Path) -> None:
        """Start hashing; raises OSError when the file cannot be opened."""
        self.path = path
        self.size = path.stat().st_size
        self._stream = path.open("rb")
        self._failed: OSError | None = None
        self._thread = Thread(target=self._hash, daemon=True)
        self._thread.start()

    def _hash(self) -> None:
        with self._stream as stream:
            try:
                self._hex = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError as error:
                self._failed = error

    @cached_property
    def sha256(self) -> str:
        """The digest in hexadecimal; waits until it is known. Raises OSError when the file could not be read."""
        self._thread.join()
        if self._failed is not None:
            raise self._failed
        return self._hex
