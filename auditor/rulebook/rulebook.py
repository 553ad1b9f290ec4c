"""Rulebook: the rules in force with their clauses, record types and calendars."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.calendar import Calendars
from auditor.kinds import World, declared_world
from auditor.location import Location
from auditor.records import RecordType
from auditor.rulebook.clause import Regulation
from auditor.rulebook.derived import compile_where
from auditor.rulebook.entry import Entry
from auditor.rulebook.tailoring import Tailoring


@dataclass(frozen=True)
class Rulebook:
    """Everything a folder of rules says. ``version`` is the first 12 hex digits of the hash of its files.

    A tailored book carries its ``tailoring``, and its version ends with ``+`` and the hash of the changes.
    """

    folder: Path
    regulations: Mapping[str, Regulation]
    entries: tuple[Entry, ...]
    records: Mapping[str, RecordType]
    calendars: Calendars
    version: str
    clause_places: Mapping[str, Location] = field(default_factory=dict, repr=False)
    tailoring: Tailoring | None = None
    other_policy: Path | None = None

    @property
    def policy(self) -> Path | None:
        """The policy file that was named, or else that of the folder, if it has one."""
        path = self.other_policy or self.folder / "policy.yaml"
        return path if self.other_policy or path.exists() else None

    def with_policy(self, path: Path) -> Rulebook:
        """The same book with another policy file, which the version tells; one that cannot be read tells nothing."""
        content = path.read_bytes() if path.is_file() else b""
        version = content_hash([("rules", self.version.encode()), ("policy", content)])
        return replace(self, other_policy=path, version=version)

    def compile_where(self, text: str, source: RecordType) -> str:
        """SQL of a derived column's condition over ``source``."""
        return compile_where(text, source, self.calendars[self.calendars.default])

    def entry(self, rule_id: str) -> Entry | None:
        """The rule with this id or a former one, or None."""
        for entry in self.entries:
            if rule_id == entry.rule.id or rule_id in entry.rule.formerly:
                return entry
        return None

    def of(self, regulations: Iterable[str]) -> Rulebook:
        """The same book with the rules of these regulations only."""
        wanted = set(regulations)
        return replace(self, entries=tuple(entry for entry in self.entries if entry.rule.regulation in wanted))

    def declared(self) -> World:
        """A world in which every record has all its columns, to check rules against."""
        return declared_world(self.records, self.calendars, self.calendars.default)


def content_hash(files: Iterable[tuple[str, bytes]]) -> str:
    """Twelve hex digits of names and contents, in the order of the names."""
    digest = hashlib.sha256()
    for name, content in sorted(files):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]
