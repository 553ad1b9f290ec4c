"""Intake: bytes -> cells -> table -> columns -> values -> Dataset and Problems."""

from auditor.intake.dataset import ColumnMatch, Dataset, Source
from auditor.intake.given import from_rows
from auditor.intake.inspect import ColumnView, Inspection, SheetView, inspect_file
from auditor.intake.read import read_files

__all__ = [
    "ColumnMatch",
    "ColumnView",
    "Dataset",
    "Inspection",
    "SheetView",
    "Source",
    "from_rows",
    "inspect_file",
    "read_files",
]
