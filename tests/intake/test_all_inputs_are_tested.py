"""Every input of the list that intake must survive has a test that carries its number (``def test_47_49_...``)."""

import re
from pathlib import Path

INPUTS = range(1, 76)
_NUMBERED = re.compile(r"^def test_((?:\d\d_)+)", re.MULTILINE)


def numbers() -> set[int]:
    """The numbers in the names of the tests beside this one."""
    texts = (path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    return {int(number) for text in texts for found in _NUMBERED.findall(text) for number in found.split("_") if number}


def test_no_input_is_without_a_test() -> None:
    assert [number for number in INPUTS if number not in numbers()] == []
