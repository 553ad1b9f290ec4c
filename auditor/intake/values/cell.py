"""One cell of text, read as its field asks. The one place that decides what a cell means."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.fold import fold, simplify
from auditor.intake.values.clock import read_clock
from auditor.intake.values.marks import read_mark
from auditor.intake.values.number import read_integer, read_number
from auditor.intake.values.reading import Reading
from auditor.intake.values.text import read_id, read_person, read_text, read_word
from auditor.intake.values.time import Order, read_time
from auditor.intake.values.yesno import read_yesno
from auditor.records import Field, FieldType, RecordType

_TEXT_LIKE = frozenset({FieldType.ID, FieldType.PERSON, FieldType.TEXT})


@dataclass(frozen=True)
class CellReader:
    """Reads the cells of one column: the field's type and words, the zone, the order of day and month.

    ``year`` is that of dates without one. In a ``traditional`` sheet names and text are written in simplified
    characters, as rules write their words.
    """

    type: FieldType
    zone: str
    order: Order | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    blanks: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)
    traditional: bool = False
    year: int | None = None

    def read(self, text: str) -> Reading:
        """What ``text`` means in this column."""
        if self.words and fold(text) in self.words:
            return read_word(text, self.words)
        yesno = self.type is FieldType.YESNO
        if not (yesno and fold(text) in {fold(word) for word in (*self.yes, *self.no, "无", "没有")}):
            mark = read_mark(text, self.blanks, text_like=self.type in _TEXT_LIKE and not self.words)
            if mark is not None:
                return mark
        if yesno:
            return read_yesno(text, self.yes, self.no)
        if self.type is FieldType.TIME:
            return read_time(text, self.zone, self.order, self.year)
        if self.words:
            return read_word(text, self.words)
        return _PLAIN[self.type](simplify(text) if self.rewrites else text)

    @property
    def rewrites(self) -> bool:
        """Every cell may come out written otherwise."""
        return self.traditional and self.type in (FieldType.PERSON, FieldType.TEXT)


_PLAIN = {
    FieldType.ID: read_id,
    FieldType.PERSON: read_person,
    FieldType.TEXT: read_text,
    FieldType.NUMBER: read_number,
    FieldType.INTEGER: read_integer,
    FieldType.CLOCK: read_clock,
}


def reader_of(record: RecordType, name: str, zone: str) -> CellReader:
    """The reader of field ``name`` of ``record``; raises KeyError for a field it does not have."""
    model: Field = record.fields[name]
    words = {fold(word): word for word in record.values.get(name, ())}
    blanks = frozenset(fold(mark) for mark in record.blank)
    return CellReader(model.type, zone, model.order, model.yes, model.no, blanks, words)
