"""Rank canned questions by the words of a text.

There are two scores between 0 and 1. One says how much of the text a question explains: each
term counts by its rarity among the questions (idf) and by how typical it is of the question, a
saturating weight of the fields in which it occurs (as BM25F: Robertson, Zaragoza and Taylor, CIKM
2004). The other is the mean cosine of the text with
the most similar examples of the question.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

_SATURATION: Final = 1.2
_NEIGHBORS: Final = 3
"""Number of examples of a question with which a text is compared, the most similar ones."""
_UNKNOWN: Final = 0.7
"""Weight of a term that no question has, as a share of the highest idf."""

Weights = Mapping[str, float]


class Field(NamedTuple):
    """A text about a question as a set of terms; an ``example`` is compared as a whole, too."""

    terms: frozenset[str]
    weight: float
    example: bool


@dataclass(frozen=True)
class WordModel:
    """``typical`` has the weight of each term for each question, ``examples`` unit vectors."""

    idf: Weights
    typical: Mapping[str, Weights]
    examples: Mapping[str, tuple[Weights, ...]]

    @classmethod
    def of(cls, questions: Mapping[str, Iterable[Field]]) -> WordModel:
        """Learn from the fields of each question."""
        fields = {name: list(own) for name, own in questions.items()}
        counts = {name: _count(own) for name, own in fields.items()}
        spread: Counter[str] = Counter()
        for own in counts.values():
            spread.update({term for term, count in own.items() if count >= 1})
        size = len(fields)
        every = {term for own in counts.values() for term in own}
        idf = {
            term: math.log(1 + (size - spread[term] + 0.5) / (spread[term] + 0.5)) for term in every
        }
        typical = {
            name: {term: count / (count + _SATURATION) for term, count in own.items()}
            for name, own in counts.items()
        }
        examples = {
            name: tuple(_unit(field.terms, idf) for field in own if field.example)
            for name, own in fields.items()
        }
        return cls(idf, typical, examples)

    def known_share(self, terms: Collection[str]) -> float:
        """Return which share of the terms of a text any question has, by their weight."""
        unknown = _UNKNOWN * max(self.idf.values(), default=1)
        weights = {term: self.idf.get(term, unknown) for term in terms}
        known = sum(weight for term, weight in weights.items() if term in self.idf)
        return known / (sum(weights.values()) or 1)

    def scores(self, terms: Collection[str]) -> dict[str, tuple[float, float]]:
        """Return both scores of each question for a text; terms that none has don't count."""
        weights = {term: self.idf[term] for term in terms if term in self.idf}
        total = sum(weights.values()) or 1
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1
        scores = {}
        for name, typical in self.typical.items():
            explained = sum(weight * typical.get(term, 0) for term, weight in weights.items())
            alike = sorted(
                sum(weight * example.get(term, 0) for term, weight in weights.items())
                for example in self.examples[name]
            )[-_NEIGHBORS:]
            scores[name] = explained / total, sum(alike) / _NEIGHBORS / length
        return scores


def _count(fields: Iterable[Field]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for field in fields:
        for term in field.terms:
            counts[term] = counts.get(term, 0) + field.weight
    return counts


def _unit(terms: Iterable[str], idf: Weights) -> dict[str, float]:
    vector = {term: idf[term] for term in terms}
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1
    return {term: weight / length for term, weight in vector.items()}
