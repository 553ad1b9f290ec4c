import errno
import json

import pytest

import auditor
from auditor.problem import NotDelivered, RuleError
from auditor.report.delivery import deliver

OPEN = "It is open in another program or may not be written. Close it, or choose another name with -o."
FULL = "The disk is full. Make room, or write to another disk with -o."


def test_json_by_its_suffix(kept, tmp_path):
    auditor.write(kept, tmp_path / "report.JSON")
    assert json.loads((tmp_path / "report.JSON").read_text(encoding="utf-8"))["findings"] == []


def test_any_other_suffix_is_a_mistake_of_the_caller(kept, tmp_path):
    with pytest.raises(RuleError) as caught:
        auditor.write(kept, tmp_path / "report.docx")
    assert (
        str(caught.value)
        == f"{tmp_path}/report.docx: A report cannot be written as '.docx'. Name it .xlsx, .html or .json."
    )


@pytest.mark.parametrize(("code", "told"), [
    (errno.ENOSPC, FULL),
    (errno.EACCES, OPEN),
    (errno.EIO, "Input/output error. Choose another name with -o."),
])  # fmt: skip
def test_when_writing_fails_the_old_report_stays(code, told, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_text("old")

    def make(draft):
        draft.write_text("half")
        raise OSError(code, "Input/output error")

    with pytest.raises(NotDelivered) as caught:
        deliver(path, make)
    assert str(caught.value) == f"{path}: The report was not written. {told}"
    assert caught.value.exit_code == 5
    assert [one.name for one in tmp_path.iterdir()] == ["report.xlsx"]
    assert path.read_text() == "old"


def test_a_report_that_another_program_holds(tmp_path, monkeypatch):
    path = tmp_path / "report.xlsx"
    path.write_text("old")

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(NotDelivered, match="It is open in another program"):
        deliver(path, lambda draft: draft.write_bytes(b"new"))
    assert [one.name for one in tmp_path.iterdir()] == ["report.xlsx"]


@pytest.mark.parametrize(("name", "told"), [
    ("missing/report.xlsx", "Its folder does not exist. Make the folder, or choose another with -o."),
    ("folder.xlsx", "There is a folder of this name. Choose another name with -o."),
])  # fmt: skip
def test_a_place_that_cannot_be_written(kept, name, told, tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(NotDelivered) as caught:
        auditor.write(kept, tmp_path / name)
    assert str(caught.value) == f"{tmp_path}/{name}: The report was not written. {told}"
