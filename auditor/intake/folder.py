"""Folders: which files in them are meant, and which merely lie there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.location import Location
from auditor.problem import Problem

_IGNORED_BEGINNINGS = ("~$", ".")
_NAMED = 5
_IGNORED_NAMES = ("thumbs.db", "desktop.ini")
_TABLES = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".csv", ".tsv", ".jsonl", ".parquet"))
_NOTHING_IN_IT = frozenset(("file-not-recognised", "empty-file"))


def expand(paths: Sequence[Path]) -> tuple[dict[Path, Path | None], list[Problem]]:
    """The files meant by ``paths`` in order, each with the folder it was found in (None: named itself).

    Folders are opened and sorted; lock files and hidden files are passed over, and said to be.
    """
    files: dict[Path, Path | None] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            found = sorted(item for item in path.iterdir() if item.is_file())
            inside = [item for item in found if not _ignored(item)]
            problems += _passed_over(path, [item.name for item in found if _ignored(item)])
            if not inside:
                what = "There is no file to read in this folder."
                problems.append(Problem(Location(str(path)), "empty-folder", what, "Name a folder with logs.", True))
            for item in inside:
                files.setdefault(item, path)
        elif path.is_file():
            files[path] = None
        else:
            what = "There is no such file."
            problems.append(Problem(Location(str(path)), "no-file", what, "Check the path.", True))
    return files, problems


def _passed_over(folder: Path, names: Sequence[str]) -> list[Problem]:
    """One line for all files of a folder that are no logs by their names."""
    if not names:
        return []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    what = f"Passed over because of their names: {', '.join(names[:_NAMED])}{more}."
    remedy = "Close the workbooks that are open, if one of these is theirs."
    return [Problem(Location(str(folder)), "passed-over", what, remedy, count=len(names))]


def _ignored(path: Path) -> bool:
    named = path.name.startswith(_IGNORED_BEGINNINGS) or path.name.lower() in _IGNORED_NAMES
    return named or path.suffix.lower() == ".tmp"


def pardon_strays(
    problems: Sequence[Problem], files: Mapping[Path, Path | None], used: Collection[str]
) -> list[Problem]:
    """``problems``, those of files that merely lie in a folder no longer fatal.

    Such a file holds no known table, and another file of its folder was among the ``used``. A file that
    should hold a table but cannot be opened stays fatal: without its rows others would seem to have failed.
    """
    fruitful = {folder for path, folder in files.items() if folder is not None and str(path) in used}
    pardoned = {str(path) for path, folder in files.items() if folder in fruitful}
    return [
        replace(problem, fatal=False) if problem.where.file in pardoned and _stray(problem) else problem
        for problem in problems
    ]


def _stray(problem: Problem) -> bool:
    return problem.code in _NOTHING_IN_IT or Path(problem.where.file).suffix.lower() not in _TABLES
