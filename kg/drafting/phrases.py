"""The phrases on which a claim stands, each of which occurs once in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.drafting.model import RelationSpan

_LONGEST: Final = 39
"""Code points that the phrase of a claim may have at most."""
_CARRYING: Final = frozenset(("subject", "predicate", "object", "observed", "kind"))


def find_phrases(text: str, spans: Sequence[RelationSpan]) -> Iterator[dict[str, str]]:
    """Yield one phrase that has all parts of a claim, or else one for each part.

    A phrase has ``exact``, and ``prefix`` or ``suffix`` if it occurs more than once.
    """
    places = sorted({(s.start, s.end) for s in spans if s.role in _CARRYING})
    start, end = places[0][0], max(last for _, last in places)
    if end - start <= _LONGEST and "\n" not in text[start:end]:
        places = [(start, end)]
    for first, last in places:
        yield _unique(text, first, min(last, first + _LONGEST))


def _unique(text: str, start: int, end: int) -> dict[str, str]:
    """Return a phrase with as much before or after it as makes it occur once in the text."""
    before = after = 0
    while text.count(text[start - before : end + after]) > 1:
        if before < start and (before <= after or end + after == len(text)):
            before += 1
        else:
            after += 1
    around = {"prefix": text[start - before : start], "suffix": text[end : end + after]}
    return {"exact": text[start:end]} | {key: words for key, words in around.items() if words}
