"""The parts of an .xlsx archive: which one holds which sheet."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree
from zipfile import ZipFile

from auditor.intake.container.biff12 import sheet_relations

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_BINARY_BOOK = "xl/workbook.bin"
_BINARY_RELATIONS = "xl/_rels/workbook.bin.rels"


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The part of each sheet, by its title; raises KeyError, ValueError or ParseError when the book is damaged."""
    names = _names(archive)
    targets = _targets(archive, names, _RELATIONS)
    parts = {}
    for item in _parsed(archive, names[_BOOK]).iter():
        relation = next((value for key, value in item.attrib.items() if key.endswith("}id")), None)
        if item.tag.rpartition("}")[2] == "sheet" and relation in targets:
            parts[item.attrib["name"]] = targets[relation]
    return parts


def binary_sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The same for an .xlsb archive; raises also struct.error or UnicodeDecodeError."""
    names = _names(archive)
    targets = _targets(archive, names, _BINARY_RELATIONS)
    relations = sheet_relations(archive.read(names[_BINARY_BOOK]))
    return {title: targets[relation] for title, relation in relations.items()}


def _names(archive: ZipFile) -> dict[str, str]:
    return {name.replace("\\", "/").lower(): name for name in archive.namelist()}


def _targets(archive: ZipFile, names: dict[str, str], relations: str) -> dict[str, str]:
    """The part that each relation of the book leads to; relations that lead nowhere are left out."""
    targets = {
        item.attrib["Id"]: posixpath.normpath(posixpath.join("/xl", item.attrib["Target"])).lstrip("/").lower()
        for item in _parsed(archive, names[relations])
        if item.attrib.get("TargetMode") != "External"
    }
    return {relation: names[target] for relation, target in targets.items() if target in names}


def _parsed(archive: ZipFile, name: str) -> ElementTree.Element:
    text = archive.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError(f"{name} declares entities")
    return ElementTree.fromstring(text)
