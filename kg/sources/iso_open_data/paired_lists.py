"""Pair the ids and names that a row gives in two lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LEGAL_FORM: Final = re.compile(r"(?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|Limited|e\.V)\.?", re.I)


def pair_names(ids: Sequence[str], parts: Sequence[str]) -> tuple[list[tuple[str, str]], str]:
    """Return pairs of id and name, and the repair if the lists differ in length.

    Commas in names are not quoted, so a legal form becomes a separate item: it is joined to the
    name before it (``joined``). If the lengths still differ, it is unknown which name belongs to
    which id, and names are left out (``left-out``).

    >>> pair_names(["1", "2"], ["IIF", "Inc", "OECD"])
    ([('1', 'IIF, Inc'), ('2', 'OECD')], 'joined')
    >>> pair_names(["1", "2"], ["A", "B", "C"])
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
