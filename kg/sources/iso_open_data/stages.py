"""ISO's harmonized stage codes (https://www.iso.org/stage-codes.html)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from kg.sources.iso_open_data.rows import RowError, shown

_PUBLICATION = (60, 60)
_WITHDRAWAL = (95, 99)
_ABANDONED = 98
_DIGITS = 4


@dataclass(frozen=True)
class Stage:
    """A stage and the substage in it; ``str`` prints them as ISO does.

    >>> str(Stage(60, 60)), Stage(60, 60).concept(), Stage(40, 98).concept()
    ('60.60', 'published', 'cancelled')
    >>> Stage(95, 99).concept(replaced=True), Stage(95, 99).concept()
    ('superseded', 'withdrawn')
    """

    stage: int
    substage: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read a code as a number of up to four digits or with a point; None for an empty text.

        RowError for what is no code.

        >>> str(Stage.read("6060")), str(Stage.read("98")), str(Stage.read("40.20"))
        ('60.60', '00.98', '40.20')
        """
        if not text:
            return None
        digits = text.replace(".", "", 1)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            raise RowError("unreadable value", f"{shown(text)} is no stage code such as 6060")
        filled = digits.zfill(_DIGITS)
        return cls(int(filled[:2]), int(filled[2:]))

    def __str__(self) -> str:
        return f"{self.stage:02}.{self.substage:02}"

    @property
    def published(self) -> bool:
        """Whether the document has been published, withdrawn or not."""
        return (self.stage, self.substage) >= _PUBLICATION

    def concept(self, *, replaced: bool = False) -> str:
        """Which concept of the code list of stages it is; ``replaced`` says by a newer document."""
        if (self.stage, self.substage) == _WITHDRAWAL:
            return "superseded" if replaced else "withdrawn"
        if self.published:
            return "published"
        return "cancelled" if self.substage == _ABANDONED else "development"
