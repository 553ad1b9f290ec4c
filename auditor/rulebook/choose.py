"""Choose: some of the rules of a book, by their ids and regulation."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem, RuleError
from auditor.rulebook.entry import Entry
from auditor.rulebook.rulebook import Rulebook


def rules_named(book: Rulebook, ids: Sequence[str], regulation: str | None = None) -> tuple[Entry, ...]:
    """The rules with these ids, or all of them where there are none, of one regulation if it is named.

    Raises RuleError for an id or regulation that is not in the book, with the nearest one.
    """
    if regulation is not None and regulation not in book.regulations:
        raise _unknown("--regulation", "regulation", regulation, list(book.regulations))
    chosen = tuple(_named(book, one) for one in ids) or book.entries
    return tuple(entry for entry in chosen if regulation in (None, entry.rule.regulation))


def _named(book: Rulebook, rule_id: str) -> Entry:
    entry = book.entry(rule_id)
    if entry is None:
        raise _unknown("RULE_ID", "rule", rule_id, [one.rule.id for one in book.entries])
    return entry


def _unknown(place: str, called: str, word: str, known: Sequence[str]) -> RuleError:
    remedy = nearest(word, known, "`auditor rules list` shows them all.")
    return RuleError([Problem(Location(place), f"unknown-{called}", f"There is no {called} '{word}'.", remedy, True)])
