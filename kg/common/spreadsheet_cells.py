"""Protect cells against CSV injection."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)


def escape_formula(cell: str) -> str:
    """Return a cell, prefixed with an apostrophe if a spreadsheet would run it as a formula.

    Follows OWASP's advice on CSV injection; plain numbers are unchanged.

    >>> escape_formula("=1+1"), escape_formula("-5"), escape_formula("a=b")
    ("'=1+1", '-5', 'a=b')
    """
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
