"""A dictionary with a short repr."""

from __future__ import annotations

from itertools import islice
from typing import Final, TypeVar

_Value = TypeVar("_Value")
_MAX_NAMES: Final = 5


class ByName(dict[str, _Value]):
    """A dictionary with a repr of its size and first names.

    >>> ByName({"committees": 1, "events": 2})
    <2 by name: committees, events>
    """

    def __repr__(self) -> str:
        names = [*islice(self, _MAX_NAMES), *["…"][: len(self) > _MAX_NAMES]]
        return f"<{len(self)} by name: {', '.join(names)}>"
