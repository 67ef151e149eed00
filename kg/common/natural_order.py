"""Natural order of texts: numbers within them are compared as numbers."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile("[0-9]+")


def natural_key(text: str) -> str:
    """Return the key that sorts a text naturally.

    >>> sorted(("ISO/TC 10", "ISO/TC 2/SC 10", "ISO/TC 2/SC 9"), key=natural_key)
    ['ISO/TC 2/SC 9', 'ISO/TC 2/SC 10', 'ISO/TC 10']
    """
    return _NUMBER.sub(_with_length, text)


def _with_length(match: re.Match[str]) -> str:
    # Of two numbers, the one with more digits is larger; leading zeros don't count.
    digits = match[0].lstrip("0")
    return f"{len(digits):03}{digits}"
