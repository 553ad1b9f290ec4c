"""Read a policy file: its shape, then its sense; every mistake at once, in the order of the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.adjudicate.check import check
from auditor.adjudicate.model import Policy
from auditor.adjudicate.shape import shaped
from auditor.problem import Problem
from auditor.yamlfile import YamlFile, parse_yaml, read_yaml

if TYPE_CHECKING:
    from auditor.kinds import World


def read_policy(path: Path, name: str | None = None, world: World | None = None) -> tuple[Policy | None, list[Problem]]:
    """The policy in the file at ``path``, called ``name`` in messages; ``(None, problems)`` if it has mistakes.

    What it says of records is checked where a ``world`` of declared records is given.
    """
    return _policy(*read_yaml(path, name=name), world)


def parse_policy(text: str, name: str, world: World | None = None) -> tuple[Policy | None, list[Problem]]:
    """The policy written in ``text``, called ``name`` in messages; ``world`` is as for ``read_policy``."""
    return _policy(*parse_yaml(text, name), world)


def _policy(file: YamlFile | None, problems: list[Problem], world: World | None) -> tuple[Policy | None, list[Problem]]:
    if file is None or problems:
        return None, problems
    policy, problems = shaped(file, file.file)
    if policy is not None:
        problems = check(policy, file)
        if world is not None:
            from auditor.adjudicate.sourcecheck import source_mistakes

            problems += source_mistakes(policy.merits, file, world)
    problems.sort(key=lambda each: (each.where.line or 0, int(each.where.column or 0), each.what))
    return (None if problems else policy), problems
