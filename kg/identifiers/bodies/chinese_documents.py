"""Parse the numbers of official documents of China (GB/T 9704)."""

from __future__ import annotations

import re
from typing import Final, Self

from kg.identifiers.model import Designation, segment

LEADS: Final[tuple[str, ...]] = ()
"""Any agency can come first."""
EXAMPLES: Final = ("国市监标技〔2018〕699号", "中华人民共和国国家标准公告2018年第17号")

_HAN: Final = "[\u4e00-\u9fff]"
_LETTER: Final = re.compile(
    rf"(?P<agency>{_HAN}{{1,15}})[〔\[(【](?P<year>(?:19|20)\d\d)[〕\])】]"
    r" ?第? ?(?P<number>\d+) ?号"
)
_NOTICE: Final = re.compile(
    rf"(?P<agency>{_HAN}{{2,40}}公告) ?\(?(?P<year>(?:19|20)\d\d) ?年 ?第? ?(?P<number>\d+) ?号\)?"
)


class ChineseDocument(Designation):
    """The number of an official document; ``publishers`` holds the Chinese name of the agency."""

    def __str__(self) -> str:
        [agency] = self.publishers
        if self.type:
            return f"{agency}{self.year}年第{self.number}号"
        return f"{agency}〔{self.year}〕{self.number}号"

    @property
    def owner(self) -> tuple[str, ...]:
        """China and the agency."""
        return ("cn", *self.publishers)

    @property
    def core(self) -> str:
        """The year and the number."""
        return f"{self.year}-{segment(self.number)}"

    def undated(self) -> Self:
        """Return the same: numbers begin anew each year, so that there are no editions."""
        return self


def parse(text: str) -> ChineseDocument | None:
    """Parse a cleaned text; None if it isn't the number of an official document."""
    match = _LETTER.fullmatch(text) or _NOTICE.fullmatch(text)
    if not match:
        return None
    return ChineseDocument(
        publishers=(match["agency"],),
        type="公告" if match["agency"].endswith("公告") else "",
        year=int(match["year"]),
        number=match["number"],
    )
