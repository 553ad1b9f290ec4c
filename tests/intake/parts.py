"""Small workbooks written part by part, with whatever a real program would not write."""

import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = f'<Relationship Id="r{{n}}" Type="{_OFFICE}/{{kind}}" Target="{{target}}"/>'
FORMATS = (0, 22, 31, 57, 58, 46)
"""The number formats of the styles 0, 1, 2... in these workbooks."""

_XFS = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in FORMATS)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    f"<cellXfs>{_XFS}</cellXfs></styleSheet>"
)


def cells(*values: str, row: int = 0) -> str:
    """A row of inline texts as XML cells; those of row 0 do not say their places."""
    places = [f'r="{chr(ord("A") + column)}{row}"' if row else "" for column in range(len(values))]
    return "".join(f'<c {place} t="inlineStr"><is><t>{v}</t></is></c>' for place, v in zip(places, values, strict=True))


def workbook(path: Path, sheet: str, *, book: str = "", more: dict[str, bytes] | None = None) -> Path:
    """Write a workbook whose only sheet 报修登记表 has the XML ``sheet`` between its tags."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{book}'
            '<sheets><sheet name="报修登记表" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        start = _RELATION.format(n=1, kind="officeDocument", target="xl/workbook.xml")
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}">{start}</Relationships>')
        relations = _RELATION.format(n=1, kind="worksheet", target="worksheets/sheet1.xml")
        relations += _RELATION.format(n=2, kind="styles", target="styles.xml")
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
        )
        archive.writestr("xl/styles.xml", _STYLES)
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>')
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return path


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, figure = b"", len(data)
    while True:
        size += bytes([figure & 0x7F | (0x80 if figure > 0x7F else 0)])
        figure >>= 7
        if not figure:
            return head + size + data


def _string(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook(path: Path, rows: list[list[str | float | int]], *, hidden: int) -> Path:
    """Write an .xlsb; an ``int`` is the number of an error, row ``hidden`` (1-based) is hidden."""
    body = b""
    for number, row in enumerate(rows, start=1):
        flags = b"\x00\x10\x00" if number == hidden else b"\x00\x00\x00"
        body += _record(0, struct.pack("<IIH", number - 1, 0, 300) + flags + struct.pack("<I", 0))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                body += _record(6, place + _string(value))
            else:
                body += (
                    _record(3, place + bytes([value]))
                    if isinstance(value, int)
                    else _record(5, place + struct.pack("<d", value))
                )
    extent = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = _record(129) + _record(148, extent) + _record(145) + body + _record(146) + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _string("r1") + _string("报修登记表"))
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.bin", book)
        relations = _RELATION.format(n=1, kind="worksheet", target="worksheets/sheet1.bin")
        archive.writestr(
            "xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def compound(path: Path, stream: str) -> Path:
    """Write a compound file (OLE) that holds an empty ``stream`` of that name and nothing else."""
    free, chain_end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, chain_end, 0, chain_end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    table = struct.pack("<II", fat, chain_end) + struct.pack("<I", free) * 126
    directory = _entry("Root Entry", 5, 1) + _entry(stream, 2, free) + bytes(256)
    path.write_bytes(header + table + directory)
    return path


def _entry(name: str, kind: int, child: int) -> bytes:
    text = name.encode("utf-16-le")
    free, chain_end = 0xFFFFFFFF, 0xFFFFFFFE
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, free, free, child)
    return head + bytes(36) + struct.pack("<IQ", chain_end, 0)


def replaced(path: Path, part: str, content: str) -> Path:
    """Write the workbook again with another ``part``."""
    with ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()} | {part: content.encode()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in kept.items():
            archive.writestr(name, text)
    return path
