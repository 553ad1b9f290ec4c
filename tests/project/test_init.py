"""``auditor init``: a folder that runs at once, whose every commented line can be uncommented, and nothing lost."""

import hashlib
import re
from pathlib import Path

import pytest

from auditor.pipeline import read_rules
from auditor.project import read_project
from tests.commands.door import in_process

REGULATIONS = sorted({entry.rule.regulation for entry in read_rules().entries})


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_a_new_project_runs_at_once_and_finds_something(regulation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = in_process(("init", "north", "--regulation", regulation))
    assert (made.code, made.stdout) == (0, "cd north && auditor run\n")
    monkeypatch.chdir("north")
    run = in_process(("run", "--fail-on", "observation"))
    assert run.code == 1, run.stderr
    assert run.stdout.startswith("项目 north,无方案,调整 0 处\n")
    assert Path("reports/latest.json").exists()


def test_every_commented_setting_can_be_taken_into_force() -> None:
    in_process(("init", "north"))
    path = Path("north/auditor.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^#(?=[ ]*[-a-z#]\S*( \{|:))", "", text), encoding="utf-8")
    assert path.read_text(encoding="utf-8").count("\n#") < text.count("\n#") - 10
    project, problems = read_project(path)
    assert project is not None
    assert [str(problem) for problem in problems] == []
    assert {"tailoring", "profiles", "mappings", "duplicates", "covers_until", "roster"} <= set(project.file.data)
    shown = in_process(("config", "show", "--project", "north", "--rules", str(read_rules().folder)))
    assert (shown.code, shown.stderr) == (0, "")


def test_the_same_command_makes_the_same_bytes() -> None:
    for parent in ("a", "b"):
        in_process(("init", f"{parent}/north"))
    first, second = (
        {
            path.relative_to(parent): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(Path(parent).rglob("*.*"))
        }
        for parent in ("a", "b")
    )
    assert first == second
    assert len(first) > 4


def test_nothing_is_overwritten() -> None:
    Path("north/logs").mkdir(parents=True)
    Path("north/auditor.yaml").write_text("mine", encoding="utf-8")
    spoken = in_process(("init", "north"))
    assert spoken.code == 2
    assert spoken.stderr == (
        "north/auditor.yaml: This is there already. Name a new folder, or move it away.\n"
        "north/logs: This is there already. Name a new folder, or move it away.\n"
    )
    assert Path("north/auditor.yaml").read_text(encoding="utf-8") == "mine"
    assert list(Path("north/logs").iterdir()) == []


def test_an_unknown_regulation_is_named() -> None:
    spoken = in_process(("init", "north", "--regulation", "decoraton"))
    assert spoken.stderr == "--regulation: There is no regulation 'decoraton'. Did you mean 'decoration'?\n"
    assert (spoken.code, Path("north").exists()) == (2, False)


def test_a_folder_that_cannot_be_made_is_told() -> None:
    Path("file").write_text("", encoding="utf-8")
    spoken = in_process(("init", "file/north"))
    assert spoken.stderr == "file/north: The project cannot be written (Not a directory). Name another folder.\n"
    assert spoken.code == 5


def test_rules_of_one_s_own_are_named_in_the_project() -> None:
    from tests.project.conftest import SOUND

    in_process(("init", "it's: north", "--rules", str(SOUND / "rules"), "--regulation", "shop"))
    project, problems = read_project(Path("it's: north"))
    assert project is not None
    assert (problems, project.name) == ([], "it's: north")
    assert (project.folder / str(project.keys.rules)).resolve() == (SOUND / "rules").resolve()
