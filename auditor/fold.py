"""Folding: how two spellings of one word are made equal before they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources

ZERO_WIDTH = "\u200b\ufeff"
"""What copying out of web pages and other programs leaves inside text."""

INVISIBLE = ZERO_WIDTH + "\u200c\u200d\u2060\u00ad\ufe0e\ufe0f"
SPACES = "".join(character for character in map(chr, range(0x3001)) if character.isspace()) + INVISIBLE
"""Every character that shows nothing."""

_GONE = dict.fromkeys(map(ord, INVISIBLE))
_SPACE = re.compile(r"\s+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_PUNCTUATION = re.compile(r"[()\[\]【】*:/、,.;?_\-]")


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional characters and their simplified forms, from OpenCC's character list."""
    listing = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in listing.splitlines() if "\t" in line)
    return {ord(pair[0]): pair[1].split(" ")[0] for pair in pairs if len(pair[0]) == 1}


def simplify(text: str) -> str:
    """``text`` in simplified characters."""
    return text if text.isascii() else text.translate(_simplified())


def clean(text: str) -> str:
    """``text`` in compatibility-composed form, without invisible characters and outer spaces."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_GONE).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` for comparison: one script, one width, lower case, no spaces."""
    return _SPACE.sub("", simplify(clean(text))).lower()


def fold_header(text: str) -> str:
    """A header for comparison: folded, punctuation dropped."""
    return _PUNCTUATION.sub("", fold(text))


def fold_without_unit(text: str) -> str:
    """A header for comparison without what stands in brackets (金额（元） is 金额)."""
    return _PUNCTUATION.sub("", _BRACKETED.sub("", fold(text)))
