"""Roster: the people we know, under which names, numbers and other names, and where they work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.fold import fold
from auditor.intake.people.spelling import Spelling, called, spelling

_BETWEEN = re.compile(r"[、,，;；/\s]+")


def split_names(others: str | None) -> list[str]:
    """The other names in a cell of a roster."""
    return [name for name in _BETWEEN.split(others or "") if name]


@dataclass(frozen=True)
class Row:
    """One row of a roster, or of any log: a name, a staff number, and the names of places (store, department)."""

    name: str
    number: str | None = None
    places: tuple[str | None, ...] = ()
    others: str | None = None
    """Other names of the person, as a roster lists them."""


@dataclass(frozen=True)
class Person:
    """Somebody on the roster: one staff number, or one name at one place where the roster has no numbers."""

    name: str
    number: str | None
    place: str | None

    @property
    def beside(self) -> str | None:
        """What tells the person from another of the same name."""
        return self.number or self.place


class Roster:
    """Finds the people on it by any of their names."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._named: dict[str, dict[Person, None]] = defaultdict(dict)
        self._places: dict[Person, list[tuple[str | None, ...]]] = defaultdict(list)
        for row in rows:
            person = _person(row)
            self._places[person].append(row.places)
            for word in (person.name, row.name, person.number, *split_names(row.others)):
                if word:
                    self._named[fold(word)][person] = None

    @property
    def namesakes(self) -> bool:
        """Whether some name stands for several people."""
        return any(len(people) > 1 for people in self._named.values())

    def find(self, row: Row) -> list[Person]:
        """Who ``row`` may mean: nobody we know, one person, or several people between whom it does not decide."""
        written = spelling(row.name)
        people = list(self._named.get(fold(row.name), ()))
        if not people and written.beside is not None:
            people = self._beside(written, list(self._named.get(fold(written.name), ())))
        if row.number is not None:
            exact = [person for person in people if person.number == row.number]
            people = exact or [person for person in people if person.number is None]
        fitting = [person for person in people if self._works(person, row.places)] if len(people) > 1 else []
        return fitting if len(fitting) == 1 else people

    def _beside(self, written: Spelling, people: list[Person]) -> list[Person]:
        """Those of ``people`` whom what stands beside the name may mean; a post alone decides nothing."""
        word = fold(written.beside or "")
        meant = [person for person in people if word in map(fold, self._marks(person))]
        return meant or (people if written.titled else [])

    def _marks(self, person: Person) -> list[str]:
        return [mark for places in self._places[person] for mark in (person.number, *places) if mark]

    def _works(self, person: Person, places: Sequence[str | None]) -> bool:
        """Whether a row of the roster agrees with ``places`` in one and contradicts none."""
        for own in self._places[person]:
            told = [(fold(a), fold(b)) for a, b in zip(own, places, strict=False) if a and b]
            if told and all(a == b for a, b in told):
                return True
        return False

    def call(self, person: Person) -> str:
        """The one name of ``person``: with the number (else the place) beside it where others have the name too."""
        alone = len(self._named[fold(person.name)]) == 1 or person.beside is None
        return person.name if alone else called(person.name, str(person.beside))


def _person(row: Row) -> Person:
    """Whom a row of a roster is about; a post beside the name is no part of it, a mark such as 小 is."""
    written = spelling(row.name)
    number = row.number or (written.beside if written.numbered else None)
    marked = written.beside is not None and not written.titled and not written.numbered
    place = next((place for place in row.places if place), None)
    return Person(row.name if marked else written.name, number, None if number else place)
