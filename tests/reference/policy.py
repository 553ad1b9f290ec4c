"""What follows from facts by a policy, worked out by trying all facts in all places until nothing new comes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

Conclusion = tuple[str, frozenset[tuple[str, Any]]]
Derived = tuple[int, tuple[Conclusion | int, ...]]

ASKED: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, wanted: value == wanted,
    "not": lambda value, wanted: value != wanted,
    "any_of": lambda value, wanted: value in wanted,
    "at_least": lambda value, wanted: value >= wanted,
    "at_most": lambda value, wanted: value <= wanted,
    "same_as": lambda value, wanted: value == wanted,
}
"""Written anew from the words of the policy language."""


def meets(compared: dict[str, Any], value: Any, matched: list[dict[str, Any]]) -> bool:
    """Whether an attribute meets what is asked; an attribute that is not there meets nothing."""
    if value is None:
        return False
    for word, wanted in compared.items():
        alias, _, key = wanted.partition(".") if word == "same_as" else ("", "", "")
        if not ASKED[word](value, matched[int(alias[1:])].get(key) if alias else wanted):
            return False
    return True


def reference(policy: list[dict[str, Any]], given_facts: list[Any]) -> set[Derived]:
    """Every way in which every provision applies, facts by number if given and by content if concluded."""
    known: dict[Conclusion | int, tuple[str, dict[str, Any]]] = {
        number: (name, dict(values)) for number, (name, values) in enumerate(given_facts, start=1)
    }
    derived: set[Derived] = set()
    while True:
        before = len(known), len(derived)
        for number, provision in enumerate(policy):
            for chosen in permutations(list(known), len(provision["when"])):
                if applies(provision, [known[each] for each in chosen]):
                    derived.add((number, chosen))
                    if "fact" in provision["conclude"]:
                        name, values = conclusion(provision["conclude"], [known[each][1] for each in chosen])
                        known[name, frozenset(values.items())] = name, values
        if before == (len(known), len(derived)):
            return derived


def applies(provision: dict[str, Any], chosen: list[tuple[str, dict[str, Any]]]) -> bool:
    matched = [values for _, values in chosen]
    return all(
        name == antecedent["fact"]
        and all(meets(compared, values.get(key), matched) for key, compared in antecedent["where"].items())
        for antecedent, (name, values) in zip(provision["when"], chosen, strict=True)
    )


def conclusion(conclude: dict[str, Any], matched: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {}
    for key, value in conclude.items():
        if key != "fact":
            carried = value
            if isinstance(value, dict):
                alias, source = value["from"].split(".")
                carried = matched[int(alias[1:])].get(source)
            if carried is not None:
                values[key] = carried
    return conclude["fact"], values
