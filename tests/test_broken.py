"""Every way of being wrong in fixtures/broken: the exact messages and the exit code of the command.

A case is a folder laid over ``sound``: ``command.txt`` is what is typed there, ``expected.txt`` the exit code on
its first line and then all of standard error. ``AUDITOR_ACCEPT=1 pytest tests/test_broken.py`` writes the expected
texts anew; read the difference before you keep it.
"""

import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.commands.door import Spoken, in_process, in_subprocess

BROKEN = Path(__file__).parent.parent / "fixtures" / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.name != "sound")
THROUGH_THE_DOOR = ("three_mistakes", "missing_file", "nothing_to_judge", "output_in_a_missing_folder")


def laid_out(case: str, folder: Path) -> list[str]:
    """The files of a case in ``folder``; returns the command's words."""
    for source in (BROKEN / "sound", BROKEN / case):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    return shlex.split((folder / "command.txt").read_text(encoding="utf-8"))


def expected(case: str, spoken: Spoken) -> str:
    path = BROKEN / case / "expected.txt"
    if os.environ.get("AUDITOR_ACCEPT"):
        path.write_text(f"{spoken.code}\n{spoken.stderr}", encoding="utf-8")
    return path.read_text(encoding="utf-8")


def test_there_are_cases() -> None:
    assert len(CASES) > 80


@pytest.mark.parametrize("case", CASES)
def test_the_message_and_the_exit_code(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = laid_out(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    spoken = in_process(words)
    assert f"{spoken.code}\n{spoken.stderr}" == expected(case, spoken)
    assert spoken.stdout == "" or spoken.code in (0, 1, 5) or words[0] in ("rules", "inspect")


@pytest.mark.parametrize("case", THROUGH_THE_DOOR)
def test_the_same_through_the_door(case: str, tmp_path: Path) -> None:
    spoken = in_subprocess(laid_out(case, tmp_path), tmp_path)
    assert f"{spoken.code}\n{spoken.stderr}" == (BROKEN / case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_message_has_a_place_and_a_remedy(case: str) -> None:
    _, *lines = (BROKEN / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(lines)
    assert lines
    for foreign in ("Traceback", "pydantic", "validation error", "Errno", "site-packages"):
        assert foreign not in text
