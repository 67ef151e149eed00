"""The scope and the mandate that the code of a Chinese standard tells (GB/T 20000.1, 标准化法)."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import Designation, codes
from kg.identifiers.bodies.chinese import Chinese

_LOCAL: Final = re.compile(r"DB\d|DBJ|DGJ")
_LAW: Final = 1989
"""The year from which the law tells mandatory from recommended standards."""
_BY_GROUP: Final = {
    "national": "scope:national",
    "metrology": "scope:national",
    "sectors": "scope:sector",
    "engineering": "scope:sector",
}


def scope_of(designation: Designation) -> str:
    """Return the scope of a Chinese standard; empty for other documents.

    >>> from kg.identifiers import parse
    >>> [scope_of(parse(text)) for text in ("GB 1-2009", "DB33/T 1-2009", "T/ZZB 1-2009", "ISO 1")]
    ['scope:national', 'scope:local', 'scope:group', '']
    """
    if not isinstance(designation, Chinese):
        return ""
    [code] = designation.publishers
    if code.startswith("T/") or code == "CECS":
        return "scope:group"
    if code.startswith("Q/"):
        return "scope:enterprise"
    if _LOCAL.match(code):
        return "scope:local"
    table = codes.read("china")
    return next((scope for group, scope in _BY_GROUP.items() if code in table.get(group, {})), "")


def mandate_of(designation: Designation) -> str:
    """Return the mandate of a Chinese standard, as far as its code tells it.

    T stands for a recommended standard of the state, a sector or a place. Without it, a national
    standard is mandatory; sectors also have recommended ones. Before the law of 1988, all national
    standards were GB.

    >>> from kg.identifiers import parse
    >>> [mandate_of(parse(text)) for text in ("GB 1-2009", "YY/T 1-2009", "T/ZZB 1-2009")]
    ['mandate:mandatory', 'mandate:recommended', '']
    >>> mandate_of(parse("GB 1-1985"))
    ''
    """
    if not isinstance(designation, Chinese):
        return ""
    if designation.type == "T":
        return "mandate:recommended"
    national = designation.publishers[0] == "GB" and not designation.type
    return "mandate:mandatory" if national and (designation.year or _LAW) >= _LAW else ""
