"""Options: what a person says on the command line; None where nothing was said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from auditor.project.model import Level
from auditor.report.wording import Language


@dataclass(frozen=True)
class Options:
    """The words of a command that go before those of the project."""

    files: tuple[str, ...] = ()
    project: Path | None = None
    profile: str | None = None
    regulations: tuple[str, ...] | None = None
    rules: Path | None = None
    policy: Path | None = None
    output: Path | None = None
    fail_on: Level | None = None
    lang: Language | None = None
    history: Path | None = None
    no_history: bool = False
