"""Damaged files are read with Problems or refused in words: no exception, no hang, no gigabyte, no lost row.

AUDITOR_FUZZ is the number of damaged files; `make fuzz` reads thousands. A failure names its case, which
``python -W error -m tests.fuzz.worker NAME NUMBER NUMBER+1`` repeats.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.damage import damaged
from tests.fuzz.seeds import SEEDS, sound

CASES = int(os.environ.get("AUDITOR_FUZZ", "300")) // len(SEEDS)
ROOT = Path(__file__).parent.parent.parent
DAY = 86_400


def outcomes(name: str) -> Iterator[tuple[int, str]]:
    """What came of every case; a process that dies is told and begun again behind the case it died of."""
    number = 0
    while number <= CASES:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.fuzz.worker", name, str(number), str(CASES + 1)],
            cwd=ROOT, capture_output=True, text=True, timeout=DAY, check=False,
        )  # fmt: skip
        for line in done.stdout.splitlines():
            number, outcome = json.loads(line)
            yield number, outcome
            number += 1
        if done.returncode:
            yield number, f"the process ended with {done.returncode}: {done.stderr}"
            number += 1


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked and measured as Linux does")
@pytest.mark.parametrize("name", SEEDS)
def test_whatever_happens_to_its_bytes_a_file_is_read_or_refused(name: str) -> None:
    found = dict(outcomes(name))
    assert {number: outcome for number, outcome in found.items() if outcome not in ("read", "refused")} == {}
    assert [*found] == [*range(CASES + 1)]
    assert found[0] == "read"
    assert {*found.values()} == {"read", "refused"}


@pytest.mark.parametrize("name", SEEDS)
def test_the_same_case_is_the_same_damage(name: str, tmp_path: Path) -> None:
    content = sound(name, tmp_path)
    first, second, another = (damaged(content, Random(f"{name}/{number}")) for number in (1, 1, 2))
    assert first == second != another
