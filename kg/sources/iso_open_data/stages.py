"""ISO's harmonized stage codes (https://www.iso.org/stage-codes.html)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from kg.sources.iso_open_data.rows import quoted
from kg.sources.record_batch import RecordError

_PUBLICATION = (60, 60)
_WITHDRAWAL = (95, 99)
_ABANDONED = 98
_DIGITS = 4


@dataclass(frozen=True)
class StageCode:
    """A stage and its substage; ``str`` returns the form that ISO uses.

    >>> str(StageCode(60, 60)), StageCode(60, 60).concept(), StageCode(40, 98).concept()
    ('60.60', 'published', 'cancelled')
    >>> StageCode(95, 99).concept(replaced=True), StageCode(95, 99).concept()
    ('superseded', 'withdrawn')
    """

    stage: int
    substage: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Parse a code of up to four digits, with or without a point; None for an empty text.

        Raises RecordError for anything else.

        >>> str(StageCode.parse("6060")), str(StageCode.parse("98")), str(StageCode.parse("40.20"))
        ('60.60', '00.98', '40.20')
        """
        if not text:
            return None
        digits = text.replace(".", "", 1)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            raise RecordError("unreadable value", f"{quoted(text)} is not a stage code like 6060")
        filled = digits.zfill(_DIGITS)
        return cls(int(filled[:2]), int(filled[2:]))

    def __str__(self) -> str:
        return f"{self.stage:02}.{self.substage:02}"

    @property
    def published(self) -> bool:
        """Whether the document has been published, even if withdrawn since."""
        return (self.stage, self.substage) >= _PUBLICATION

    def concept(self, *, replaced: bool = False) -> str:
        """Return the concept of the code list; ``replaced``: whether a newer document exists."""
        if (self.stage, self.substage) == _WITHDRAWAL:
            return "superseded" if replaced else "withdrawn"
        if self.published:
            return "published"
        return "cancelled" if self.substage == _ABANDONED else "development"
