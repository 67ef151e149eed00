"""Ids and names that stand in two lists of one row: which name belongs to which id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LEGAL_FORM: Final = re.compile(r"(?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|Limited|e\.V)\.?", re.I)


def paired(ids: Sequence[str], parts: Sequence[str]) -> tuple[list[tuple[str, str]], str]:
    """Each id with its name, and what was done where the lists differ in length.

    A list in a cell can't tell the commas of names from its own, so that a legal form stands as a
    part of its own: it belongs to the name before it (``joined``). Where the lists still differ,
    the ids are sure and the names are not: these are left out (``left-out``).

    >>> paired(["1", "2"], ["IIF", "Inc", "OECD"])
    ([('1', 'IIF, Inc'), ('2', 'OECD')], 'joined')
    >>> paired(["1", "2"], ["A", "B", "C"])
    ([('1', ''), ('2', '')], 'left-out')
    """
    if len(ids) == len(parts):
        return list(zip(ids, parts, strict=True)), ""
    names: list[str] = []
    for part in parts:
        if names and _LEGAL_FORM.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    if len(ids) == len(names):
        return list(zip(ids, names, strict=True)), "joined"
    return [(each, "") for each in ids], "left-out"
