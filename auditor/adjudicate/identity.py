"""The engine knows a message and a session only by a 32-bit hash of its id: prove the hashes distinct."""

from __future__ import annotations

from auditor.adjudicate.failure import AdjudicationError

_OFFSET, _PRIME, _MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF


def engine_hash(text: str) -> int:
    """FNV-1a, 32 bits, over the bytes of ``text``: what the engine takes for identity."""
    value = _OFFSET
    for byte in text.encode():
        value = (value ^ byte) * _PRIME & _MASK
    return value


class Identities:
    """The ids one session has seen."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._seen: dict[int, str] = {}

    def admit(self, each: str) -> None:
        """Raises AdjudicationError naming two ids that the engine would take for one."""
        other = self._seen.setdefault(engine_hash(each), each)
        if other is not each:
            raise AdjudicationError(f"The ids '{other}' and '{each}' are one and the same to the inference engine.")
