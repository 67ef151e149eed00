"""Coverage of a source's text by its claims: which clauses no phrase of evidence touches.

The text is split into sentences, and each sentence into clauses: runs of characters between
punctuation marks or white space; a space between two words in ASCII separates no clauses. A clause
that no phrase overlaps is a gap, and every gap needs a reason. Words of a clause with a phrase that
lie outside every phrase are listed apart; they need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import node
from kg.evidence.reader import HAS_SOURCE, Position, positions, quad_lookup, texts

_SENTENCE: Final = re.compile(r"[^。！？\n]+[。！？]?")
_RUN: Final = r"[^\s,;:!?，。；：、！？《》()（）]+"
_CLAUSE: Final = re.compile(rf"{_RUN}(?:(?<=[!-~]) (?=[!-~]){_RUN})*")
_WORD: Final = re.compile(r"\w")
_WORDS: Final = re.compile(r"\w+")
_REASON: Final = node("std:reason")


@dataclass(frozen=True)
class UncoveredStretch:
    """A stretch of text that curators list as carrying no claim; ``reason`` is an IRI."""

    position: Position
    reason: str


@dataclass(frozen=True)
class ClaimPhrase:
    """A claim (IRI) and the position of its phrase in the text."""

    claim: str
    position: Position


@dataclass(frozen=True)
class Sentence:
    """A sentence at ``start`` to ``end`` (code points), the phrases that overlap it, and its gaps.

    Each gap is paired with the IRI of its reason, or None. ``loose`` are words of clauses with a
    phrase that no claim carries.
    """

    start: int
    end: int
    phrases: tuple[ClaimPhrase, ...]
    gaps: tuple[tuple[Position, str | None], ...]
    loose: tuple[Position, ...] = ()


@dataclass(frozen=True)
class TextCoverage:
    """Coverage of a whole text.

    ``stale`` are stretches listed as uncovered that a phrase overlaps or that end beyond the text.
    ``characters`` counts letters and digits, ``covered`` those inside phrases, ``clauses`` all
    clauses.
    """

    sentences: tuple[Sentence, ...]
    stale: tuple[UncoveredStretch, ...]
    characters: int
    covered: int
    clauses: int

    @property
    def unexplained(self) -> int:
        """The number of gaps without a reason."""
        return sum(reason is None for s in self.sentences for _, reason in s.gaps)

    @property
    def complete(self) -> bool:
        """Whether every gap has a reason, and no listed stretch is stale."""
        return not self.unexplained and not self.stale

    @property
    def explained(self) -> int:
        """The number of gaps with a reason."""
        return sum(len(s.gaps) for s in self.sentences) - self.unexplained


def read_uncovered_stretches(quads: Iterable[ox.Quad], source: str) -> list[UncoveredStretch]:
    """Read the stretches of a source (IRI) that are listed as uncovered, sorted by position."""
    quads = list(quads)
    lookup = quad_lookup(quads)
    of_source = {
        quad.subject
        for quad in quads
        if quad.predicate == HAS_SOURCE and quad.object == ox.NamedNode(source)
    }
    stretches = [
        UncoveredStretch(position, reason)
        for subject in of_source
        if isinstance(subject, ox.NamedNode)
        for reason in texts(lookup, subject, _REASON)
        for position in positions(lookup, subject)
    ]
    return sorted(stretches, key=lambda s: (s.position.start, s.position.end))


def measure_text_coverage(
    text: str, phrases: Sequence[ClaimPhrase], uncovered: Sequence[UncoveredStretch]
) -> TextCoverage:
    """Find the gaps between phrases in a text.

    >>> coverage = measure_text_coverage("A vote, all yes", [ClaimPhrase("c", Position(2, 6))], [])
    >>> [(gap.start, gap.end) for gap, reason in coverage.sentences[0].gaps]
    [(8, 15)]
    """
    marked = bytearray(len(text))
    for phrase in phrases:
        start, end = phrase.position.start, phrase.position.end
        marked[start:end] = b"\1" * (end - start)
    sentences = []
    clauses = 0
    for sentence in _SENTENCE.finditer(text):
        gaps, loose = [], []
        for clause in _CLAUSE.finditer(sentence.group()):
            if not _WORD.search(clause.group()):
                continue
            clauses += 1
            position = Position(sentence.start() + clause.start(), sentence.start() + clause.end())
            if not any(marked[position.start : position.end]):
                gaps.append((position, _reason(position, uncovered)))
            else:
                loose += _words_outside(text, marked, position)
        overlapping = tuple(
            sorted(
                (
                    phrase
                    for phrase in phrases
                    if phrase.position.start < sentence.end()
                    and phrase.position.end > sentence.start()
                ),
                key=lambda phrase: (phrase.position.start, phrase.claim),
            )
        )
        if overlapping or gaps:
            sentences.append(
                Sentence(sentence.start(), sentence.end(), overlapping, tuple(gaps), tuple(loose))
            )
    words = [bool(_WORD.match(c)) for c in text]
    return TextCoverage(
        sentences=tuple(sentences),
        stale=tuple(
            s
            for s in uncovered
            if any(marked[s.position.start : s.position.end]) or s.position.end > len(text)
        ),
        characters=sum(words),
        covered=sum(word and bool(mark) for word, mark in zip(words, marked, strict=True)),
        clauses=clauses,
    )


def _words_outside(text: str, marked: bytearray, clause: Position) -> list[Position]:
    """Return the runs of letters and digits in a clause that no phrase marks."""
    free = "".join(" " if marked[at] else text[at] for at in range(clause.start, clause.end))
    return [
        Position(clause.start + run.start(), clause.start + run.end())
        for run in _WORDS.finditer(free)
    ]


def _reason(gap: Position, uncovered: Sequence[UncoveredStretch]) -> str | None:
    return next(
        (
            s.reason
            for s in uncovered
            if s.position.start <= gap.start and gap.end <= s.position.end
        ),
        None,
    )
