"""Many texts in two arrays, so that they can be mapped into memory and looked at one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Texts:
    """Texts by number: their bytes in UTF-8 (``text``), each from one of the ``starts`` on.

    They are in ascending order of their bytes where :meth:`find` is to be used.
    """

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Texts in the order given."""
        held = [text.encode("utf-8") for text in texts]
        starts = np.zeros(len(held) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in held], out=starts[1:])
        return cls(np.frombuffer(b"".join(held), dtype=np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes(number).decode("utf-8")

    def all(self) -> list[str]:
        """All of them, in their order."""
        whole, starts = bytes(self.text), self.starts.tolist()
        return [whole[start:end].decode("utf-8") for start, end in pairwise(starts)]

    def find(self, text: str) -> int | None:
        """The number of a text, or None if it is not there."""
        wanted = text.encode("utf-8")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._bytes(low) == wanted else None

    def _bytes(self, number: int) -> bytes:
        return bytes(self.text[self.starts[number] : self.starts[number + 1]])
