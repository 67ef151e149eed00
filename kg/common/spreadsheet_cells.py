"""Cells that a spreadsheet may open without running them."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)


def harmless(cell: str) -> str:
    """The cell, with an apostrophe in front of what a spreadsheet would take for a formula.

    Follows OWASP's advice on CSV injection; a plain number is no formula.

    >>> harmless("=1+1"), harmless("-5"), harmless("a=b")
    ("'=1+1", '-5', 'a=b')
    """
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
