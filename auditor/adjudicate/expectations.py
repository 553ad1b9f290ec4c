"""Checks of ``examples``: that they speak of known facts, and of what their provision can conclude."""

from __future__ import annotations

from auditor.adjudicate.facts import article
from auditor.adjudicate.mistakes import Mistake, Mistakes
from auditor.adjudicate.model import Example, GivenFact, Provision
from auditor.adjudicate.vocabulary import UNTOLD, Schemas, attribute_type
from auditor.mistake import nearest

Place = tuple[str | int, ...]


def mistakes(schemas: Schemas, index: int, provision: Provision, *, conclusive: bool) -> Mistakes:
    """Every mistake in the examples of provision number ``index``; ``conclusive`` if its conclusion is sound."""
    for position, example in enumerate(provision.examples):
        place: Place = ("policies", index, "examples", position)
        for number, given in enumerate(example.given):
            yield from _given(schemas, (*place, "given", number), given)
        if conclusive:
            yield from _expected((*place, "expect"), provision, example)
    if not any(example.expect for example in provision.examples):
        what = f"No example of the policy '{provision.id}' shows it conclude anything."
        yield Mistake(("policies", index, "examples"), "no-example", what, "Add one that does.")


def _given(schemas: Schemas, place: Place, given: GivenFact) -> Mistakes:
    if given.fact not in schemas:
        what = f"No fact is called '{given.fact}'."
        yield Mistake((*place, "fact"), "unknown-fact", what, nearest(given.fact, schemas))
        return
    for key, value in given.values.items():
        wanted = attribute_type(schemas, given.fact, key)
        if wanted is None:
            what = f"The fact '{given.fact}' has no attribute '{key}'."
            yield Mistake((*place, key), "unknown-attribute", what, nearest(key, schemas[given.fact]))
        elif type(value) is not wanted and wanted is not UNTOLD:
            what = f"'{key}' is {article(wanted)}, and {value!r} is not."
            yield Mistake((*place, key), "wrong-type", what, f"Write {article(wanted)}.")


def _expected(place: Place, provision: Provision, example: Example) -> Mistakes:
    word, own = _own(provision)
    for number, each in enumerate(example.expect):
        allowed = {word: own, "key": each.key} if word == "map" else {word: own}
        written = {key: value for key, value in each if value is not None and key != "values"}
        if written != allowed or (each.values and word != "fact"):
            ending = own if word in ("fact", "measure", "map") else f"{word} {own}"
            what = f"The policy '{provision.id}' can only conclude '{ending}'."
            shown = f"{word}: {own}, key: ..." if word == "map" else f"{word}: {own}"
            yield Mistake((*place, number), "unknown-conclusion", what, f"Expect '{shown}', or write 'expect: []'.")


def _own(provision: Provision) -> tuple[str, str]:
    """How an example names what the provision concludes."""
    conclude = provision.conclude
    if conclude.consequence is not None:
        choice = conclude.consequence.measure
        return ("measure", str(choice.id)) if choice.map is None else ("map", choice.map)
    if conclude.exempt is not None:
        return "exempt", conclude.exempt.kind
    if conclude.step is not None:
        return "step", conclude.step.kind
    if conclude.offset is not None:
        return "offset", conclude.offset.against
    return "fact", str(conclude.fact)
