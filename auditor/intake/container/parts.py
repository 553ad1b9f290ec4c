"""The parts of an .xlsx archive: which one holds which sheet."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree
from zipfile import ZipFile

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The part of each sheet, by its title; raises KeyError, ValueError or ParseError when the book is damaged."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    targets = {
        item.attrib["Id"]: posixpath.normpath(posixpath.join("/xl", item.attrib["Target"])).lstrip("/").lower()
        for item in _parsed(archive, names[_RELATIONS])
        if "Id" in item.attrib and item.attrib.get("TargetMode") != "External"
    }
    parts = {}
    for item in _parsed(archive, names[_BOOK]).iter():
        relation = next((value for key, value in item.attrib.items() if key.endswith("}id")), None)
        if item.tag.rpartition("}")[2] == "sheet" and relation in targets:
            parts[item.attrib["name"]] = names.get(targets[relation], "")
    return parts


def _parsed(archive: ZipFile, name: str) -> ElementTree.Element:
    text = archive.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError(f"{name} declares entities")
    return ElementTree.fromstring(text)
