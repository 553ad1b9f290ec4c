"""docs/projects.md is true: its project is sound, and every key is on the page."""

import re
from pathlib import Path

from auditor.pipeline import read_rules
from auditor.project import Options, read_project
from auditor.project.book import project_book
from auditor.project.check import check_names
from auditor.project.model import ProjectFile
from tests.commands.door import ROOT

PAGE = (ROOT / "docs" / "projects.md").read_text(encoding="utf-8")


def test_the_project_on_the_page_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "auditor.yaml"
    [block] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path.write_text(block, encoding="utf-8")
    project, problems = read_project(path)
    assert project is not None
    assert [str(problem) for problem in problems] == []
    book, problems = project_book(project, Options())
    assert [str(problem) for problem in (*problems, *check_names(project, book))] == []
    assert book.version.startswith(read_rules().version)


def test_every_key_is_on_the_page() -> None:
    assert [key for key in ProjectFile.model_fields if f"`{key}`" not in PAGE] == []
