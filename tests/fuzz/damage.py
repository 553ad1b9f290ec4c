"""Damage: what disks, mail programs and impatient people do to the bytes of a file."""

from __future__ import annotations

from random import Random

from tests.fuzz.archive import packed, unpacked

_TOKENS = (
    b"", b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"-1", b"0", b"1e999", b"nan", b"99999999999999999999",
    b"XFD1048576", b"A0", b'"', b"'", b"<", b">", b"&", b"&#0;", b"]]>", b"<!--", b",", b"\n", b"\r", b"\t", b"{", b"}",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\x81\x30\x81\x30", "㐀𠮷".encode(),
)  # fmt: skip
"""What is written over a place now and then: limits of figures, and signs that mean something to a reader."""


def damaged(sound: bytes, random: Random) -> bytes:
    """``sound`` with one to four injuries; those of an archive are, more often than not, inside one of its parts."""
    if sound.startswith(b"PK") and random.random() < 0.7:
        return _inside(sound, random)
    return _injured(sound, random)


def _inside(sound: bytes, random: Random) -> bytes:
    """The archive with one of its parts injured before it was packed, or left out."""
    contents = unpacked(sound)
    victim = random.choice(sorted(contents))
    if random.random() < 0.1:
        del contents[victim]
    else:
        contents[victim] = _injured(contents[victim], random)
    return packed(contents)


def _injured(content: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 4)):
        injury = random.choice((_flip, _flip, _cut, _double, _overwrite, _overwrite, _leave_out, _swap))
        content = injury(content, random) if content else content
    return content


def _flip(content: bytes, random: Random) -> bytes:
    """Some bits are wrong."""
    bytes_ = bytearray(content)
    for _ in range(random.choice((1, 1, 4, 16))):
        bytes_[random.randrange(len(bytes_))] ^= 1 << random.randrange(8)
    return bytes(bytes_)


def _cut(content: bytes, random: Random) -> bytes:
    """The end is missing."""
    return content[: random.randrange(len(content) + 1)] if random.random() < 0.3 else content


def _double(content: bytes, random: Random) -> bytes:
    """A piece stands there twice, or many times."""
    start, stop = _piece(content, random)
    times = random.choice((1, 1, 2, 50))
    return content[:stop] + content[start:stop] * times + content[stop:]


def _overwrite(content: bytes, random: Random) -> bytes:
    """Something else stands in place of a piece, or between two."""
    token = random.choice(_TOKENS)
    start = random.randrange(len(content) + 1)
    return content[:start] + token + content[start + random.choice((0, 1, len(token))) :]


def _leave_out(content: bytes, random: Random) -> bytes:
    """A piece is missing."""
    start, stop = _piece(content, random)
    return content[:start] + content[stop:]


def _swap(content: bytes, random: Random) -> bytes:
    """Two neighbouring pieces have changed places."""
    start, stop = _piece(content, random)
    middle = random.randint(start, stop)
    return content[:start] + content[middle:stop] + content[start:middle] + content[stop:]


def _piece(content: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(content))
    return start, min(len(content), start + random.choice((1, 4, 16, 64, 256)))
