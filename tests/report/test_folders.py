"""A folder for reports that cannot be made is told in words."""

from pathlib import Path

import pytest

from auditor.problem import NotDelivered
from auditor.report.delivery import make_folder


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(NotDelivered) as caught:
        make_folder(tmp_path / "out" / "deeper")
    told = "The report was not written. Its folder is a file. Choose another folder with -o."
    assert str(caught.value) == f"{tmp_path}/out/deeper: {told}"
