"""Chapter: one rule file read into entries, with every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from auditor.kinds import KINDS, NotChecked, Rule, Scope, World
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.rulebook.entry import Entry
from auditor.rulebook.example import Example, read_example
from auditor.rulebook.parameters import Parameter, read_parameters, references, substitute
from auditor.shape import Shape
from auditor.yamlfile import Place, YamlFile

_TOP_KEYS = ("regulation", "parameters", "defaults", "rules")
_FORMS = {
    "id": "Write it like DEC-AS-01: capitals, digits and hyphens.",
    "title": "Write it as {zh: ..., en: ...}.",
    "subject": "Name a column, a list of columns, or write {role: ...}.",
    "covers": "Write a list of clauses, such as [DEC-084].",
}
_STAND_INS = {"id": "X-1", "title": {"zh": "-", "en": "-"}, "covers": (), "severity": "minor", "subject": {"role": "-"}}
"""Fields that do not touch what a rule computes: it can be checked further although they are wrong."""


def read_chapter(file: YamlFile, world: World) -> tuple[list[Entry], list[Problem]]:
    """The rules of one file, checked against the declared records and calendars of ``world``."""
    data = file.data
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        what = "This is not a rule file: it has no list of rules."
        return [], [Problem(file.at(), "no-rules", what, "Write `regulation: ...` and `rules: [...]`.", True)]
    problems = _head(file)
    if not isinstance(data.get("regulation"), str) or not isinstance(data.get("defaults") or {}, dict):
        return [], problems
    parameters, more = read_parameters(file)
    chapter = _Chapter(file, parameters, world, [*problems, *more])
    entries = [chapter.entry(index, raw) for index, raw in enumerate(data["rules"])]
    return [entry for entry in entries if entry is not None], chapter.problems


def read_again(entry: Entry, parameters: Mapping[str, Parameter], world: World) -> tuple[Entry | None, list[Problem]]:
    """The rule with other figures, or what is wrong with it then; ``parameters`` are all that it uses."""
    chapter = _Chapter(entry.file, parameters, world, [])
    return chapter.entry(entry.index, entry.file.data["rules"][entry.index]), chapter.problems


def _head(file: YamlFile) -> list[Problem]:
    """What is wrong with the keys of the file itself."""
    problems = []
    for key in file.data:
        if key not in _TOP_KEYS:
            what = f"There is no key '{key}' in a rule file."
            problems.append(Problem(file.at((key,), key=True), "unknown-key", what, nearest(key, _TOP_KEYS), True))
    if not isinstance(file.data.get("regulation"), str):
        what = "A rule file needs 'regulation'."
        problems.append(Problem(file.at(("regulation",)), "missing-key", what, "Add `regulation: ...`.", True))
    if not isinstance(file.data.get("defaults") or {}, dict):
        what = "'defaults' should be a mapping."
        problems.append(
            Problem(file.at(("defaults",)), "wrong-value", what, "Write `defaults: {severity: ...}`.", True)
        )
    return problems


class _Chapter:
    """The reading of one file: its rules one by one, its problems gathered."""

    def __init__(
        self, file: YamlFile, parameters: Mapping[str, Parameter], world: World, problems: list[Problem]
    ) -> None:
        self.file, self.parameters, self.world, self.problems = file, parameters, world, problems
        self.defaults: Mapping[str, Any] = file.data.get("defaults") or {}
        self.declared = file.data.get("parameters") or {}

    def entry(self, index: int, raw: Any) -> Entry | None:
        """The rule at ``index`` of the file, or None with its problems noted."""
        place = self.file.within(("rules", index))
        if not isinstance(raw, dict):
            self._wrong(place(), "wrong-value", "A rule is a mapping.", "Write `- id: ...`.")
            return None
        full = {**self.defaults, **raw}
        named = references(full)
        for path, name in named:
            if name not in self.declared:
                remedy = nearest(name, self.declared, "Declare it under `parameters:`.")
                self._wrong(place(path), "unknown-parameter", f"There is no parameter '{name}'.", remedy)
        if any(name not in self.parameters for _, name in named):
            return None
        used = {name: self.parameters[name] for _, name in named}
        rule, sound = self._rule(substitute(full, used), place)
        if rule is None:
            return None
        entry = Entry(rule, self.file, index, used, tuple(self._examples(raw, rule, place)) if sound else ())
        self.problems += _compiled(entry, self.world)
        return entry if sound else None

    def _rule(self, written: Mapping[str, Any], place: Place) -> tuple[Rule | None, bool]:
        """The rule, and whether it is as written; with stand-ins it serves to find further mistakes only."""
        kind = written.get("kind")
        model = KINDS.get(str(kind))
        if model is None:
            what = f"'{kind}' is not a kind of rule." if kind else "A rule needs a 'kind'."
            self._wrong(place(("kind",)), "unknown-kind", what, nearest(kind or "", KINDS))
            return None, False
        data = {key: value for key, value in written.items() if key != "examples"}
        data.setdefault("regulation", self.file.data["regulation"])
        try:
            return model.model_validate(data), True
        except ValidationError as error:
            article = "an" if model.words.en[0] in "aeiou" else "a"
            shape = Shape(model, f"{article} {model.words.en} rule", _FORMS)
            self.problems += shape.mistakes(error.errors(), data, place)
            wrong = {str(one["loc"][0]) if one["loc"] else "" for one in error.errors()}
            return _stood_in(model, data, wrong), False

    def _examples(self, raw: Mapping[str, Any], rule: Rule, place: Place) -> list[Example]:
        written, found = raw.get("examples") or [], []
        if not isinstance(written, list):
            self._wrong(place(("examples",)), "wrong-value", "'examples' should be a list.", "Write `- {...}`.")
            return []
        calendar = self.world.calendars[self.world.calendar]
        for index, item in enumerate(written):
            example = read_example(item, rule, place(("examples", index)), calendar)
            if isinstance(example, Problem):
                self.problems.append(example)
            else:
                found.append(example)
        return found

    def _wrong(self, where: Any, code: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(where, code, what, remedy, True))


def _stood_in(model: type[Rule], data: Mapping[str, Any], wrong: set[str]) -> Rule | None:
    """The rule with stand-ins for its ``wrong`` fields, or None when one of them matters to what it computes."""
    if not wrong <= _STAND_INS.keys():
        return None
    try:
        return model.model_validate({**data, **{name: _STAND_INS[name] for name in wrong}})
    except ValidationError:
        return None


def _compiled(entry: Entry, world: World) -> list[Problem]:
    """What is wrong with the rule's expressions, found by compiling it against the declared records."""
    scope = None
    try:
        scope = Scope(entry.rule, entry.rule.judged_record(), world, entry.place)
        scope.placed(entry.rule.judge(scope))
    except NotChecked as missing:
        if scope is None or not scope.problems:
            what = f"There is no record type '{missing.detail}'."
            remedy = nearest(missing.detail, world.records, "Declare it in records.yaml.")
            return [Problem(entry.place(("record",)), "unknown-record", what, remedy, True)]
    return scope.problems if scope else []
