"""Subject: what a blank sheet is for, by the names that people have for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.fold import fold_header
from auditor.intake.inspection import RECORD
from auditor.kinds.checklist import Checklist
from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem, RuleError
from auditor.records import RecordType
from auditor.report.wording import Language
from auditor.rulebook import Rulebook


@dataclass(frozen=True)
class Subject:
    """A record type, whose blank sheet is a list, or a checklist, whose blank sheet is a form."""

    name: str
    record: RecordType
    checklist: Checklist | None = None

    def title(self, lang: Language) -> str:
        """What stands over the sheet."""
        if self.checklist is not None:
            return str(getattr(self.checklist.title, lang))
        return self.record.name_zh if lang == "zh" else self.record.name.replace("_", " ").capitalize()


def list_subjects(book: Rulebook) -> list[Subject]:
    """Every record type that is kept by hand, then every checklist that can be printed as a form."""
    kept = [Subject(name, record) for name, record in book.records.items() if record.derive is None]
    return [*kept, *_forms(book)]


def _forms(book: Rulebook) -> Iterator[Subject]:
    for entry in book.entries:
        rule = entry.rule
        if isinstance(rule, Checklist) and (rule.sheet, rule.result) == (RECORD, "result"):
            yield Subject(rule.id, book.records[RECORD], rule)


def subject_named(book: Rulebook, name: str) -> Subject:
    """The subject called ``name``: an id, a title or the name of a sheet; raises RuleError with the nearest name."""
    subjects = list_subjects(book)
    known = {known: subject for subject in reversed(subjects) for known in _names(subject)}
    wanted = {fold_header(word): subject for word, subject in known.items()}
    found = wanted.get(fold_header(name))
    if found is not None:
        return found
    remedy = nearest(name, known, "`auditor template --list` shows them all.")
    what = f"There is no record type or checklist '{name}'."
    raise RuleError([Problem(Location("NAME"), "unknown-template", what, remedy, True)])


def _names(subject: Subject) -> Iterator[str]:
    """A record type is also known by its sheets; a checklist by its titles."""
    yield subject.name
    yield subject.title("zh")
    yield subject.title("en")
    if subject.checklist is None:
        yield from subject.record.sheets
