"""Protect cells against CSV injection."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)


def escape_formula(cell: str) -> str:
    """Return the cell, with an apostrophe before anything a spreadsheet would run as a formula.

    Follows OWASP's advice on CSV injection; plain numbers are left alone.

    >>> escape_formula("=1+1"), escape_formula("-5"), escape_formula("a=b")
    ("'=1+1", '-5', 'a=b')
    """
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
