"""Record types: the canonical tables that logs and sheets are read into."""

from auditor.records.model import Derivation, DerivedColumn, Field, FieldType, RecordType
from auditor.records.table import Table

__all__ = ["Derivation", "DerivedColumn", "Field", "FieldType", "RecordType", "Table"]
