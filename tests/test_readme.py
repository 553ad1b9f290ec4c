"""The Python of the README runs as it is printed, in a folder that has the logs it names."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


@pytest.mark.skipif(not README.exists(), reason="no README yet")
def test_the_four_verbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    (tmp_path / "logs").symlink_to(ROOT / "fixtures" / "worlds" / "decoration")
    monkeypatch.chdir(tmp_path)
    for block in blocks:
        exec(compile(block, str(README), "exec"), {})
