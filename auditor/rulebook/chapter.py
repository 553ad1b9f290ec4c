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
from auditor.rulebook.parameters import Parameter, references, substitute
from auditor.shape import Shape
from auditor.yamlfile import Place, YamlFile

_TOP_KEYS = ("regulation", "parameters", "defaults", "rules")
_PARAMETER = Shape(Parameter, "a parameter", {"from": "Add `from: source` (the regulation) or `from: ours`."})
_FORMS = {
    "id": "Write it like DEC-AS-01: capitals, digits and hyphens.",
    "title": "Write it as {zh: ..., en: ...}.",
    "subject": "Name a column, a list of columns, or write {role: ...}.",
    "covers": "Write a list of clauses, such as [DEC-084].",
}


def read_chapter(file: YamlFile, world: World) -> tuple[list[Entry], list[Problem]]:
    """The rules of one file, checked against the declared records and calendars of ``world``."""
    if not isinstance(file.data, dict) or not isinstance(file.data.get("rules"), list):
        what = "This is not a rule file: it has no list of rules."
        return [], [Problem(file.at(()), "no-rules", what, "Write `regulation: ...` and `rules: [...]`.", True)]
    problems = [
        Problem(file.at((key,), key=True), "unknown-key", f"There is no key '{key}' in a rule file.",
                nearest(key, _TOP_KEYS), True)
        for key in file.data if key not in _TOP_KEYS
    ]  # fmt: skip
    parameters = _parameters(file, problems)
    entries = []
    for index, raw in enumerate(file.data["rules"]):
        entry = _entry(file, index, raw, parameters, world, problems)
        if entry is not None:
            entries.append(entry)
    return entries, problems


def _parameters(file: YamlFile, problems: list[Problem]) -> dict[str, Parameter]:
    found = {}
    raw = file.data.get("parameters") or {}
    if not isinstance(raw, dict):
        problems.append(Problem(file.at(("parameters",)), "wrong-type", "'parameters' should be a mapping.",
                                "Write `name: {value: 24h, from: source}`.", True))  # fmt: skip
        return {}
    for name, value in raw.items():
        try:
            found[name] = Parameter.model_validate(value if isinstance(value, dict) else {"value": value})
        except ValidationError as error:
            problems += _PARAMETER.mistakes(error.errors(), value, file.within(("parameters", name)))
    return found


def _entry(
    file: YamlFile, index: int, raw: Any, parameters: Mapping[str, Parameter], world: World, problems: list[Problem]
) -> Entry | None:
    place = file.within(("rules", index))
    if not isinstance(raw, dict):
        problems.append(Problem(place(), "wrong-type", "A rule is a mapping.", "Write `- id: ...`.", True))
        return None
    full = {**(file.data.get("defaults") or {}), **raw}
    used = {}
    for path, name in references(full):
        if name in parameters:
            used[name] = parameters[name]
            continue
        remedy = nearest(name, parameters, "Declare it under `parameters:`.")
        problems.append(Problem(place(path), "unknown-parameter", f"There is no parameter '{name}'.", remedy, True))
    if len(used) < len({name for _, name in references(full)}):
        return None
    rule = _rule(file, full, used, place, problems)
    if rule is None:
        return None
    examples = _examples(raw, rule, place, problems)
    entry = Entry(rule, file, index, used, tuple(examples))
    problems += _compiled(entry, world)
    return entry


def _rule(
    file: YamlFile, full: dict[str, Any], used: Mapping[str, Parameter], place: Place, problems: list[Problem]
) -> Rule | None:
    kind = full.get("kind")
    model = KINDS.get(str(kind))
    if model is None:
        what = f"'{kind}' is not a kind of rule." if kind else "A rule needs a 'kind'."
        remedy = nearest(kind or '', KINDS)
        problems.append(Problem(place(("kind",)), "unknown-kind", what, remedy, True))
        return None
    data = {key: value for key, value in substitute(full, used).items() if key != "examples"}
    try:
        return model.model_validate({"regulation": file.data.get("regulation"), **data})
    except ValidationError as error:
        article = "an" if model.words.en[0] in "aeiou" else "a"
        shape = Shape(model, f"{article} {model.words.en} rule", _FORMS)
        problems += shape.mistakes(error.errors(), data, place)
        return None


def _examples(raw: dict[str, Any], rule: Rule, place: Place, problems: list[Problem]) -> list[Example]:
    written, found = raw.get("examples") or [], []
    if not isinstance(written, list):
        what = "'examples' should be a list."
        problems.append(Problem(place(("examples",)), "wrong-type", what, "Write `- {...}`.", True))
        return []
    for index, item in enumerate(written):
        example = read_example(item, rule, place(("examples", index)))
        if isinstance(example, str):
            remedy = "Write the cells and `expect: pass`, or `given: {record: [rows]}` and `expect`."
            problems.append(Problem(place(("examples", index)), "bad-example", example, remedy, True))
        else:
            found.append(example)
    return found


def _compiled(entry: Entry, world: World) -> list[Problem]:
    """What is wrong with the rule's expressions, found by compiling it against the declared records."""
    scope = None
    try:
        scope = Scope(entry.rule, entry.rule.judged_record(), world, entry.place)
        entry.rule.judge(scope)
    except NotChecked as missing:
        if scope is None or not scope.problems:
            what = f"There is no record type '{missing.detail}'."
            remedy = nearest(missing.detail, world.records, "Declare it in records.yaml.")
            return [Problem(entry.place(("record",)), "unknown-record", what, remedy, True)]
    return scope.problems if scope else []
