"""Answers that were sent before, so that a query that many ask is run once for each graph."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

_SIZE: Final = 64 << 20
"""Bytes of all answers that are kept."""
_OVERHEAD: Final = 1000
"""Bytes that an answer takes besides its body."""
_LONGEST: Final = 1 << 16
"""Characters of a query."""
_CHANGING: Final = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b", re.IGNORECASE)


def is_repeatable(query: str) -> bool:
    """Return whether a query has the same answer each time, on the same graph.

    False also where a word only looks like a call of NOW, RAND, UUID, STRUUID or BNODE, and for a
    text that takes long to look through.
    """
    return len(query) <= _LONGEST and not _CHANGING.search(query)


@dataclass(frozen=True)
class KnownAnswer:
    """A whole answer with its headers."""

    body: bytes
    media_type: str
    headers: dict[str, str]


class AnswerCache:
    """Keeps the answers that were last asked for, up to a size in all; keys are entity tags."""

    def __init__(self, size: int = _SIZE) -> None:
        self._left = size
        self._answers: OrderedDict[str, KnownAnswer] = OrderedDict()
        self.hits = 0

    def get(self, tag: str) -> KnownAnswer | None:
        """Return an answer, or None if it isn't known."""
        answer = self._answers.get(tag)
        if answer is not None:
            self._answers.move_to_end(tag)
            self.hits += 1
        return answer

    def add(self, tag: str, answer: KnownAnswer) -> None:
        """Keep an answer; those that were asked for longest ago go."""
        if tag in self._answers:
            return
        self._answers[tag] = answer
        self._left -= len(answer.body) + _OVERHEAD
        while self._left < 0:
            _, old = self._answers.popitem(last=False)
            self._left += len(old.body) + _OVERHEAD
