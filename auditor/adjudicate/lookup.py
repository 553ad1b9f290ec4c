"""The key under which a policy looks its measure up in a map."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditor.adjudicate.model import Provision
from auditor.adjudicate.outcome import Firing

Values = Callable[[int], Mapping[str, str | bool | int]]
"""The attributes of the fact of a number."""


def map_key(provision: Provision, firing: Firing, values: Values) -> str | None:
    """The word that is looked up when the provision fires; None if its measure is written, or the fact lacks it."""
    term = provision.conclude.consequence
    key = term.measure.key if term else None
    if key is None or "." not in key:
        return key
    alias, attribute = key.split(".")
    found = values(firing.facts[provision.places[alias]]).get(attribute)
    return None if found is None else str(found)
