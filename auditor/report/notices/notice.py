"""Notice: what one person is told, as plain text in the order in which it stands on the page."""

from __future__ import annotations

from dataclasses import dataclass

Line = tuple[str, str]
"""A label and what stands beside it."""


@dataclass(frozen=True, slots=True)
class Charge:
    """A finding: its ``number`` on the page, what was found, by which clauses, and how that follows."""

    number: int
    severity: str
    severity_words: str
    title: str
    sentence: str
    clauses: tuple[str, ...]
    facts: tuple[Line, ...]
    evidence: tuple[str, ...]
    review: str
    waived: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A consequence: what is proposed, where it stands, and because of what."""

    kind: str
    measure: str
    extent: str
    period: str
    state: str
    because: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The page of one ``subject``, a person or a role; ``head`` are the facts above, ``key`` tells it from others."""

    subject: str
    department: str
    head: tuple[Line, ...]
    charges: tuple[Charge, ...]
    outcomes: tuple[Outcome, ...]
    footer: str
