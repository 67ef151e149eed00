"""How much of a source's text its claims stand on.

The text falls into sentences, and each sentence into clauses: runs of characters between
punctuation marks or white space. A clause on which no phrase lies is a gap, and every gap needs a
reason. Characters beside a phrase in the same clause are its grammar, not a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES, STD
from kg.evidence.selectors import Position

_SENTENCE: Final = re.compile(r"[^。！？\n]+[。！？]?")
_CLAUSE: Final = re.compile(r"[^\s,;:!?，。；：、！？《》()（）]+")
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True)
class Stretch:
    """A stretch of text without a claim, and the IRI of the reason."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Standing:
    """A claim's phrase in the text."""

    claim: str
    place: Position


@dataclass(frozen=True)
class Sentence:
    """A sentence with the phrases that lie in it and its gaps (reason None: unexplained)."""

    start: int
    end: int
    standing: tuple[Standing, ...]
    gaps: tuple[tuple[Position, str | None], ...]


@dataclass(frozen=True)
class Coverage:
    """The whole text: its sentences, and stretches listed although claims stand on them."""

    sentences: tuple[Sentence, ...]
    stale: tuple[Stretch, ...]
    characters: int
    covered: int
    clauses: int

    @property
    def unexplained(self) -> int:
        """How many gaps have no reason."""
        return sum(reason is None for s in self.sentences for _, reason in s.gaps)

    @property
    def complete(self) -> bool:
        """Whether every clause carries a claim or has a reason not to, and no reason is stale."""
        return not self.unexplained and not self.stale

    @property
    def explained(self) -> int:
        """How many gaps have a reason."""
        return sum(len(s.gaps) for s in self.sentences) - self.unexplained


def stretches(quads: Iterable[ox.Quad], source: str) -> list[Stretch]:
    """The stretches of a source that the curator lists as carrying no claim."""
    facts: dict[str, dict[str, str]] = {}
    for quad in quads:
        facts.setdefault(str(quad.subject), {})[quad.predicate.value] = getattr(
            quad.object, "value", ""
        )
    oa = PREFIXES["oa"]
    return sorted(
        (
            Stretch(int(f[oa + "start"]), int(f[oa + "end"]), f[STD + "reason"])
            for f in facts.values()
            if f.get(oa + "hasSource") == source and STD + "reason" in f
        ),
        key=lambda s: (s.start, s.end),
    )


def measure(text: str, standing: Sequence[Standing], listed: Sequence[Stretch]) -> Coverage:
    """Lay the phrases over the text and find the gaps.

    >>> found = measure("A vote. Yes", [Standing("c", Position(2, 6))], [])
    >>> [(text.start, text.end) for text, reason in found.sentences[0].gaps]
    [(0, 1), (8, 11)]
    """
    on = bytearray(len(text))
    for one in standing:
        on[one.place.start : one.place.end] = b"\1" * (one.place.end - one.place.start)
    sentences = []
    clauses = 0
    for match in _SENTENCE.finditer(text):
        gaps = []
        for clause in _CLAUSE.finditer(match.group()):
            start, end = match.start() + clause.start(), match.start() + clause.end()
            if not _WORD.search(clause.group()):
                continue
            clauses += 1
            if not any(on[start:end]):
                gaps.append((Position(start, end), _reason(start, end, listed)))
        inside = tuple(
            sorted(
                (
                    s
                    for s in standing
                    if s.place.start < match.end() and s.place.end > match.start()
                ),
                key=lambda s: (s.place.start, s.claim),
            )
        )
        if inside or gaps:
            sentences.append(Sentence(match.start(), match.end(), inside, tuple(gaps)))
    words = [bool(_WORD.match(c)) for c in text]
    return Coverage(
        sentences=tuple(sentences),
        stale=tuple(s for s in listed if any(on[s.start : s.end]) or s.end > len(text)),
        characters=sum(words),
        covered=sum(word and bool(flag) for word, flag in zip(words, on, strict=True)),
        clauses=clauses,
    )


def _reason(start: int, end: int, listed: Sequence[Stretch]) -> str | None:
    return next((s.reason for s in listed if s.start <= start and end <= s.end), None)
