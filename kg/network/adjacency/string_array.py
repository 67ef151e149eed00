"""Many strings in two arrays, which can be mapped into memory and read one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class StringArray:
    """An immutable sequence of strings.

    ``data`` is their UTF-8, ``starts`` the offset of each string in it and, last, its length. For
    :meth:`index_of` the strings must be sorted by their UTF-8.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Iterable[str]) -> Self:
        """Make an array of strings, in their order."""
        encoded = [string.encode("utf-8") for string in strings]
        starts = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> str:
        return self._bytes(index).decode("utf-8")

    def to_list(self) -> list[str]:
        """Return all strings, in order."""
        data, starts = bytes(self.data), self.starts.tolist()
        return [data[start:end].decode("utf-8") for start, end in pairwise(starts)]

    def index_of(self, string: str) -> int | None:
        """Return the index of a string, or None if it is missing."""
        encoded = string.encode("utf-8")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < encoded:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._bytes(low) == encoded else None

    def _bytes(self, index: int) -> bytes:
        return bytes(self.data[self.starts[index] : self.starts[index + 1]])
