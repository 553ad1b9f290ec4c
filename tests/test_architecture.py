"""The architecture: one direction of flow, no clock, no zone of the machine, everything documented."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from auditor.kinds import KINDS, Rule

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "auditor").rglob("*.py"))
OF_THE_MACHINE = {
    "time.time", "time.localtime", "time.gmtime", "time.time_ns", "time.tzname", "datetime.now", "datetime.utcnow",
    "datetime.today", "date.today", "tzlocal.get_localzone", "os.getlogin", "locale.setlocale", "random.random",
    "uuid.uuid4", "uuid.uuid1",
}  # fmt: skip


def test_there_are_modules() -> None:
    assert len(MODULES) > 100


def test_imports_go_one_way() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield f"{name}.{node.attr}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_asks_the_machine_for_time_or_chance(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert OF_THE_MACHINE.isdisjoint(_calls(tree))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not any(word in text.lower() for text in texts for word in ("now()", "current_timestamp", "current_date"))


def _public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{inside}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{node.name}.")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module"
    assert [name for name, node in _public(tree.body) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


def _descendants(model: type[Rule]) -> Iterator[type[Rule]]:
    for child in model.__subclasses__():
        yield child
        yield from _descendants(child)


def test_every_kind_is_registered_under_its_word() -> None:
    for path in (ROOT / "auditor" / "kinds").glob("*.py"):
        import_module(f"auditor.kinds.{path.stem}")
    written = {model for model in _descendants(Rule) if "words" in vars(model)}
    assert written == set(KINDS.values())
    assert {word: get_args(model.model_fields["kind"].annotation) for word, model in KINDS.items()} == {
        word: (word,) for word in KINDS
    }


@pytest.mark.parametrize(("word", "model"), KINDS.items())
def test_every_kind_has_words_and_says_what_it_is(word: str, model: type[Rule]) -> None:
    assert model.words.zh
    assert model.words.en
    assert (model.__doc__ or "").strip(), word
