"""Report: an Audit as workbook, JSON or terminal text."""

from __future__ import annotations
