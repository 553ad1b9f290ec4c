"""A folder with the small sound rules, a log of two tickets, and room for an auditor.yaml."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.door import ROOT

SOUND = ROOT / "fixtures" / "broken" / "sound"
Write = Callable[[str], Path]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    (tmp_path / "logs").mkdir()
    shutil.move(tmp_path / "tickets.csv", tmp_path / "logs" / "tickets.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(shop: Path) -> Write:
    """Write auditor.yaml: sources and rules, and what a test has to say."""

    def written(text: str) -> Path:
        path = shop / "auditor.yaml"
        path.write_text(f"sources: [logs]\nrules: rules\n{text}", encoding="utf-8")
        return path

    return written
