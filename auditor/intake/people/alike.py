"""Alike names: spellings that differ in spaces or a bracketed post only, joined where no roster says who is who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.fold import fold
from auditor.intake.people.spelling import Spelling, spelling


@dataclass(frozen=True)
class Joined:
    """What each spelling became, and the names that may stand for several people."""

    names: Mapping[str, str] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()


def join_alike(texts: Iterable[str]) -> Joined:
    """One name for the spellings of one person.

    A name beside which several posts were written may be several people: those stay apart, and the name alone
    is doubtful. What stands beside a name and is no post (A017, 小, a store) tells it from others.
    """
    groups: dict[str, dict[str, Spelling]] = defaultdict(dict)
    for text in sorted(texts):
        found = spelling(text)
        plain = found.beside is None or found.titled
        groups[_unspaced(found.name if plain else text)][text] = found
    names: dict[str, str] = {}
    doubtful: set[str] = set()
    for group in groups.values():
        posts = {fold(found.beside) for found in group.values() if found.titled and found.beside}
        bare = max((found.name for found in group.values()), key=lambda name: (len(name), name))
        if len(posts) > 1:
            doubtful.add(bare)
        for text, found in group.items():
            keep = found.beside is not None and (len(posts) > 1 or not found.titled)
            names[text] = text if keep else bare
    return Joined(names, frozenset(doubtful))


def _unspaced(name: str) -> str:
    return "".join(name.split())
