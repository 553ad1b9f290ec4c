"""Values: what the text of a cell means, for each type of field."""

from auditor.intake.values.cell import CellReader, reader_of
from auditor.intake.values.reading import Reading, State

__all__ = ["CellReader", "Reading", "State", "reader_of"]
