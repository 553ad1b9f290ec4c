"""Secrets: what stands in the environment or in a file of its own, and never in a message."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from auditor.mistake import Mistake

REFERENCE = re.compile(r"\$\{(file:)?([^}]*)\}")
"""``${NAME}``, a variable of the environment, or ``${file:/run/secrets/db}``, the content of a file."""

HIDDEN = "***"


@dataclass(frozen=True)
class Revealed:
    """A text with its secrets filled in, and the secrets themselves so that they can be kept out of messages."""

    text: str = field(repr=False)
    secrets: frozenset[str] = field(repr=False)

    def hide(self, message: str, *more: str) -> str:
        """``message`` without any of the secrets, nor ``more`` of them."""
        for secret in sorted(self.secrets.union(more) - {""}, key=len, reverse=True):
            message = message.replace(secret, HIDDEN)
        return message


def reveal(template: str, environment: Mapping[str, str] = os.environ) -> Revealed:
    """``template`` with every reference replaced; within a longer text as a part of a URL, quoted for it.

    Raises Mistake, without any secret, for a variable that is not set and a file that cannot be read.
    """
    found = {match[0]: _secret(match, environment) for match in REFERENCE.finditer(template)}
    whole = template.strip() in found
    text = REFERENCE.sub(lambda match: found[match[0]] if whole else quote(found[match[0]], safe=""), template)
    return Revealed(text.strip(), frozenset(form for secret in found.values() for form in (secret, quote(secret, ""))))


def _secret(match: re.Match[str], environment: Mapping[str, str]) -> str:
    word = match[2].strip()
    if match[1]:
        try:
            return Path(word).read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise Mistake(
                f"The secret file {word} cannot be read ({reason}).", "Check its name and permissions."
            ) from None
    value = environment.get(word, "").strip()
    if not value:
        raise Mistake(f"The environment has no variable {word}.", f"Set {word} where this runs.")
    return value
