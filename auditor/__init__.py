"""auditor: checks service logs against written regulations, and says who kept which obligation.

The four verbs: ``read_rules``, ``read_data``, ``audit``, ``write``. They are imported when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from auditor.version import __version__

if TYPE_CHECKING:
    from auditor.pipeline import Audit, audit, read_data, read_rules
    from auditor.report import write

__all__ = ["Audit", "__version__", "audit", "read_data", "read_rules", "write"]

_HOME = {"Audit": "pipeline", "audit": "pipeline", "read_data": "pipeline", "read_rules": "pipeline", "write": "report"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'auditor' has no attribute '{name}'")
    return getattr(import_module(f"auditor.{_HOME[name]}"), name)
