"""The documentation is true: its rules get the verdicts they expect, its commands exist, nothing is left out."""

from __future__ import annotations

import re
import shlex
import shutil
from glob import glob
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from auditor.adjudicate import read_policy
from auditor.calendar.load import read_calendars
from auditor.commands import auditor
from auditor.condition.functions import FUNCTIONS
from auditor.evaluate.rehearsal import rehearse
from auditor.kinds import KINDS, Rule
from auditor.records.load import read_record_types
from auditor.rulebook import Rulebook, lint, read_rulebook

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
RULES_PAGE = ROOT / "docs" / "rules.md"


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def yaml_blocks(key: str) -> list[Any]:
    """The blocks of all pages that have this key at their top, each with a name for the test."""
    found = [(page, text) for page in PAGES for text in blocks(page, "yaml") if key in yaml.safe_load(text)]
    assert found
    return [pytest.param(text, id=f"{page.stem}-{number}") for number, (page, text) in enumerate(found)]


def book_of(folder: Path, chapter: str) -> Rulebook:
    """The shipped records and calendars with one chapter, under the clauses that are printed or shipped for it."""
    rules = folder / "rules"
    regulation = yaml.safe_load(chapter)["regulation"]
    (rules / regulation).mkdir(parents=True)
    for name in ("records.yaml", "calendars.yaml"):
        shutil.copy(ROOT / "rules" / name, rules / name)
    printed = {yaml.safe_load(text)["regulation"]: text for text in blocks(RULES_PAGE, "yaml") if "\nclauses:" in text}
    shipped = ROOT / "rules" / regulation / "clauses.yaml"
    clauses = printed.get(regulation) or shipped.read_text(encoding="utf-8")
    (rules / regulation / "clauses.yaml").write_text(clauses, encoding="utf-8")
    (rules / regulation / "chapter.yaml").write_text(chapter, encoding="utf-8")
    book, problems = read_rulebook(rules)
    assert [str(problem) for problem in problems] == []
    assert book is not None
    return book


@pytest.mark.parametrize("chapter", yaml_blocks("rules"))
def test_rules_get_the_verdicts_they_expect(chapter: str, tmp_path: Path) -> None:
    book = book_of(tmp_path, chapter)
    rehearsed = list(rehearse(book, book.entries))
    assert rehearsed
    assert [str(problem) for one in rehearsed for problem in one.problems] == []
    assert [str(problem) for problem in lint(book) if problem.code != "uncovered-clause"] == []


@pytest.mark.parametrize("text", yaml_blocks("policies"))
def test_policies_get_the_conclusions_they_expect(text: str, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    policy, problems = read_policy(tmp_path / "policy.yaml")
    assert [str(problem) for problem in problems] == []
    assert policy is not None
    assert all(provision.examples for provision in policy.policies)


@pytest.mark.parametrize("text", yaml_blocks("calendars"))
def test_calendars_are_sound(text: str, tmp_path: Path) -> None:
    (tmp_path / "calendars.yaml").write_text(text, encoding="utf-8")
    calendars, problems = read_calendars(tmp_path / "calendars.yaml")
    assert [str(problem) for problem in problems] == []
    assert set(calendars) == set(yaml.safe_load(text)["calendars"])


@pytest.mark.parametrize("text", yaml_blocks("complaint"))
def test_record_types_are_sound(text: str, tmp_path: Path) -> None:
    (tmp_path / "records.yaml").write_text(text, encoding="utf-8")
    records, problems = read_record_types(tmp_path / "records.yaml")
    assert [str(problem) for problem in problems] == []
    assert set(records) == {"complaint"}


def section(heading: str) -> str:
    """The part of the rules page under a heading, up to the next one of any level."""
    found = re.search(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", RULES_PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found, heading
    return found[1]


def fields(model: type[Rule]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize("word", KINDS)
def test_every_field_of_a_kind_is_on_the_page(word: str) -> None:
    own = fields(KINDS[word]) - fields(Rule) - {"record"}
    page = section(word) + section("Durations")
    assert {name for name in own if f"`{name}`" not in page} == set()


def test_every_common_field_is_on_the_page() -> None:
    page = section("Fields of every rule")
    assert {name for name in fields(Rule) - {"regulation"} if f"`{name}`" not in page} == set()


def test_every_function_is_on_the_page() -> None:
    page = section("Conditions")
    assert {name for name in FUNCTIONS if not re.search(rf"`{name}[`(]", page)} == set()


def commands() -> list[Any]:
    """Every call of ``auditor`` that a page shows, in a block or inline."""
    found = [
        (page.stem, line)
        for page in PAGES
        for line in re.findall(r"(?:^\$ |`|^ *)(auditor [a-z][^`\n]*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert found
    return [pytest.param(line, id=f"{page}: {line}") for page, line in dict.fromkeys(found)]


@pytest.mark.parametrize("line", commands())
def test_commands_exist_with_their_options(line: str) -> None:
    words = shlex.split(line)[1:]
    command: click.Command = auditor
    while isinstance(command, click.Group) and words:
        assert words[0] in command.commands, line
        command = command.commands[words.pop(0)]
    if words:
        options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("-")} <= options


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []


def test_the_rule_of_the_readme_is_a_shipped_one() -> None:
    printed = yaml.safe_load(next(text for text in blocks(ROOT / "README.md", "yaml") if "\nrules:" in text))
    shipped = yaml.safe_load((ROOT / "rules" / "decoration" / "after_sale.yaml").read_text(encoding="utf-8"))
    assert printed["rules"][0] == shipped["rules"][0]


@pytest.mark.parametrize("command", ["auditor run", "auditor explain"])
def test_the_readme_prints_what_the_command_says(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every printed line, in order; trailing blanks and what stands for ``[...]`` do not count."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    printed = next(text for text in blocks(ROOT / "README.md", "text") if text.startswith(f"$ {command}"))
    call, *lines = printed.splitlines()
    said = iter([line.rstrip() for line in say(call, tmp_path).splitlines()])
    assert [line for line in lines if line != "[...]" and line not in said] == [], (
        "run the command and paste its output"
    )


def say(call: str, folder: Path) -> str:
    """What the command says on both streams, its patterns expanded as by a shell, its report written to ``folder``."""
    words = [path for word in shlex.split(call)[2:] for path in (sorted(glob(word)) or [word])]
    target = folder / "report.xlsx"
    done = CliRunner().invoke(
        auditor, [str(target) if word.startswith("build/") else word for word in words], standalone_mode=False
    )
    return done.output.replace(str(target), "build/demo/report.xlsx")
