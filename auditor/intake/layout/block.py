"""Block: the ``mappings:`` that would settle what a table leaves open, for people to correct and paste."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.intake.header import HeaderIndex
from auditor.intake.layout.advice import flow, mapping_line, place_of
from auditor.intake.layout.renamed import guesses
from auditor.intake.layout.sidebyside import tables_beside
from auditor.intake.layout.span import letters
from auditor.intake.recognise import Recognised


def mapping_block(table: Recognised, index: HeaderIndex) -> tuple[str, ...]:
    """The lines under ``mappings:`` for one table; none when nothing is open but columns that resemble no field.

    What is only guessed stands behind ``#``, with the reason.
    """
    if not table.candidates:
        return ()
    best = table.candidates[0]
    if table.chosen is None:
        beside = tables_beside(table.sheet, best, index)
        if beside:
            spans = [(f"{letters(first)}:{letters(last)}", one.record.name) for (first, last), one in beside]
            return tuple(mapping_line(table.sheet, best.mapping, range=span, record=name) for span, name in spans)
    if table.chosen is not None and not best.doubled and not guesses(best):
        return ()
    place = {**place_of(table.sheet, best.mapping), "record": best.record.name, "header_row": best.header.line}
    entry = [f"{'  ' if number else '- '}{key}: {flow(value)}" for number, (key, value) in enumerate(place.items())]
    return *entry, *_columns(table)


def _columns(table: Recognised) -> Iterator[str]:
    """What could be said of columns that were not understood."""
    best = table.candidates[0]
    near = {guess.header: guess for guess in guesses(best)}
    doubled = {header: field for field, headers in best.doubled.items() for header in headers}
    if best.extras:
        yield "  # columns:"
    for header in best.extras:
        if header in near:
            field, why = near[header].field, f"is it {near[header].alias}?"
        elif header in doubled:
            field, why = "null", f"or the other that means {doubled[header]}"
        else:
            field, why = "null", "no field"
        yield f"  #   {flow(header)}: {field}  # {why}"
