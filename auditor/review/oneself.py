"""Oneself: whether a reviewer may be the person a finding is about, however either is written."""

from __future__ import annotations

from functools import lru_cache

from auditor.fold import fold
from auditor.intake.people.spelling import Spelling, spelling


@lru_cache(maxsize=4096)
def may_be(reviewer: str, subject: str, names: tuple[str, ...] = ()) -> bool:
    """The reviewer is the subject, or cannot be told from them; ``names`` are other names of the subject.

    What stands beside a name tells two people apart only where it contradicts: 张敏 may be 张敏（A017）, and
    张敏（店长） is 张敏, but 张敏（B02） is not 张敏（A017）.
    """
    if not reviewer or not subject:
        return False
    if fold(reviewer) in {fold(name) for name in (subject, *names)}:
        return True
    one, other = spelling(reviewer), spelling(subject)
    known = {fold(name) for name in (other.name, *names)}
    if fold(one.name) not in known:
        return fold(one.beside or "") in known and one.numbered
    return not _apart(one, other, known)


def _apart(one: Spelling, other: Spelling, known: set[str]) -> bool:
    """Something stands beside the reviewer's name that is no post, and contradicts what is known of the subject."""
    if one.beside is None or one.titled:
        return False
    beside = fold(one.beside)
    own = {fold(other.beside)} if other.beside and not other.titled else set()
    numbers = {name for name in known if any(character.isdigit() for character in name)}
    return bool(own | numbers) and beside not in own | numbers
