"""YAML that remembers the line and column of every key and value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from auditor.location import Location
from auditor.problem import Problem

Path_ = tuple[str | int, ...]


class Place(Protocol):
    """Where a path stands, or its key: ``YamlFile.at``, whole or within a part of the file."""

    def __call__(self, path: Path_ = (), *, key: bool = False) -> Location:
        """The location of ``path``."""
        ...


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: plain ``data`` and, for each path into it, where key and value stand.

    Scalars are ``str``, ``int``, ``float``, ``bool`` or ``None``; dates stay text.
    """

    file: str
    data: Any
    keys: dict[Path_, tuple[int, int]] = field(repr=False)
    values: dict[Path_, tuple[int, int]] = field(repr=False)

    def at(self, path: Path_ = (), *, key: bool = False) -> Location:
        """Where ``path`` stands (its key if ``key`` and it has one); a missing path gives its nearest ancestor."""
        while path and path not in self.values:
            path = path[:-1]
        line, column = (self.keys.get(path) if key else None) or self.values.get(path, (1, 1))
        return Location(self.file, line=line, column=column)

    def within(self, base: Path_) -> Place:
        """``at`` for paths that begin at ``base``."""

        def place(path: Path_ = (), *, key: bool = False) -> Location:
            return self.at((*base, *path), key=key)

        return place


def read_yaml(path: Path, *, name: str | None = None) -> tuple[YamlFile | None, list[Problem]]:
    """Read one YAML file; ``name`` is how the file is called in messages (default: the path).

    Returns ``(None, problems)`` when it is missing, not UTF-8 or not YAML; doubled keys are problems too.
    """
    shown = name or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        where = Location(shown, line=1 + error.object[: error.start].count(b"\n"), column=1)
        return None, [Problem(where, "not-utf8", "The file is not UTF-8 text.", "Save it as UTF-8.", True)]
    except OSError as error:
        what = f"The file cannot be read ({error.strerror or error})."
        return None, [Problem(Location(shown), "unreadable", what, "Check its name and permissions.", True)]
    return parse_yaml(text, shown)


def parse_yaml(text: str, name: str) -> tuple[YamlFile | None, list[Problem]]:
    """Parse YAML ``text``, called ``name`` in messages."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Location(name, line=mark.line + 1, column=mark.column + 1) if mark else Location(name)
        what = f"This is not valid YAML: {error.problem or error.context}."
        remedy = "Check the indentation, quotes and colons here."
        if mark and text[mark.index : mark.index + 1] == "\t":
            what, remedy = "A tab stands here, and YAML is not indented with tabs.", "Indent with spaces."
        return None, [Problem(where, "not-yaml", what, remedy, True)]
    reader = _Reader(name)
    data = reader.plain(node, ()) if node is not None else None
    return YamlFile(name, data, reader.keys, reader.values), reader.problems


class _Loader(yaml.CBaseLoader):
    """Composes nodes without tags: what a scalar is, is decided here and not by YAML 1.1."""

    def resolve(self, kind: type[Node], value: str | None, implicit: tuple[bool, bool] | bool) -> str:
        return ""


class _Reader:
    """Turns composed nodes into plain data and notes every place on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.values: dict[Path_, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def plain(self, node: Node, path: Path_) -> Any:
        self.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return _scalar(node)

    def _mapping(self, node: MappingNode, path: Path_) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in out:
                where = Location(self.name, line=place[0], column=place[1])
                first = self.keys[(*path, key)][0]
                what = f"The key '{key}' is written twice; it already stands on line {first}."
                self.problems.append(Problem(where, "doubled-key", what, "Keep one of them.", True))
                continue
            self.keys[(*path, key)] = place
            out[key] = self.plain(value_node, (*path, key))
        return out


_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


def _scalar(node: ScalarNode) -> str | int | float | bool | None:
    """The value of a scalar by the core schema of YAML 1.2; quoted text, dates and ``0012`` stay text."""
    text = str(node.value)
    if node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
