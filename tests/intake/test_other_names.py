"""By what other names the people of a roster are known, so that nobody decides about themselves under another one."""

from pathlib import Path

from auditor.intake.people.othernames import other_names
from tests.intake.test_people import ROSTER, read

DUTY = "值班日期,值班人,检查人,工号,门店,来电人\n2025-03-05 10:00,张敏,李强,A1,东店,\n"


def test_staff_number_and_other_names_of_everybody(tmp_path: Path) -> None:
    roster = ROSTER + "A1,张敏,小敏、Minnie,东店\nA2,李强,,西店\n"
    data, _ = read(tmp_path, {"花名册.csv": roster, "值班表.csv": DUTY})
    assert other_names(data) == {"张敏": ("A1", "小敏", "Minnie"), "李强": ("A2",)}


def test_two_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    roster = ROSTER + "A1,张敏,小敏,东店\nA2,张敏,阿敏,西店\n"
    data, _ = read(tmp_path, {"花名册.csv": roster, "值班表.csv": DUTY})
    assert other_names(data) == {"张敏（A1）": ("A1", "小敏"), "张敏（A2）": ("A2", "阿敏")}


def test_without_a_roster_nobody_has_another_name(tmp_path: Path) -> None:
    data, _ = read(tmp_path, {"值班表.csv": DUTY})
    assert other_names(data) == {}
