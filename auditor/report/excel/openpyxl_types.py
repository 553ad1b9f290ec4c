"""Types of openpyxl's write-only side, of which its stubs know next to nothing.

Beyond the documented interface we use ``Cell._value`` and ``Cell._style`` (to set a value as it is and share one
style among cells) and ``Table._initialise_columns`` (a streamed sheet cannot look its headers up).
"""

from __future__ import annotations

from typing import Any, TypeAlias

Sheet: TypeAlias = Any
Cell: TypeAlias = Any
Style: TypeAlias = Any
