"""Natural order of texts: numbers within them are compared as numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_NUMBER: Final = re.compile("[0-9]+")
_DIGITS: Final = "0123456789"


def natural_key(text: str) -> str:
    """Return the key that sorts a text naturally.

    >>> sorted(("ISO/TC 10", "ISO/TC 2/SC 10", "ISO/TC 2/SC 9"), key=natural_key)
    ['ISO/TC 2/SC 9', 'ISO/TC 2/SC 10', 'ISO/TC 10']
    """
    return _NUMBER.sub(_with_length, text)


def first_in_natural_order(texts: Collection[str], limit: int) -> list[str]:
    """Return the first ``limit`` texts in natural order, as sorting all by their keys would.

    Few keys are made: texts that differ before their first number are ordered by what is before it.

    >>> first_in_natural_order({"ISO/TC 10", "ISO/TC 9", "IEC/TC 1"}, 2)
    ['IEC/TC 1', 'ISO/TC 9']
    """
    shared = len(_common_start(min(texts), max(texts)).rstrip(_DIGITS)) if texts else 0
    groups: dict[str, list[str]] = {}
    for text in texts:
        number = _NUMBER.search(text, shared)
        # The number of 0 digits stands for all numbers: they sort alike against other characters.
        head = f"{text[shared : number.start()]}0" if number else text[shared:]
        groups.setdefault(head, []).append(text)
    found: list[str] = []
    for head in sorted(groups):
        if len(found) >= limit:
            break
        found += sorted(groups[head], key=natural_key)
    return found[:limit]


def _common_start(first: str, last: str) -> str:
    ends = (n for n, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1])
    return first[: next(ends, min(len(first), len(last)))]


def _with_length(match: re.Match[str]) -> str:
    # Of two numbers, the one with more digits is larger; leading zeros don't count.
    digits = match[0].lstrip("0")
    return f"{len(digits):03}{digits}"
