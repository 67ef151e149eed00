"""Find committees that a question describes by their topic: ``the road vehicles committee``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from kg.common.namespaces import iri
from kg.entities.index import NameIndex
from kg.entities.search import find
from kg.interpretation.mentions import Candidate, Mention, candidate_of, without_overlaps
from kg.interpretation.terms import CONCEPT, IGNORED, Token, is_han, terms
from kg.interpretation.vocabulary import Vocabulary

CHOICES: Final = 5
"""Maximum number of candidates of an ambiguous description."""
_LONGEST: Final = 14
"""Maximum number of words or Han characters of a topic."""
_SHORTEST: Final = 3
_HAN: Final = r"(?:标准化|标准)?(?:分?技术委员会|分?委员会|分?委会|分技委|技委会|标委会)"
_BEFORE: Final = re.compile(rf"(?:(?:sub|technical )?committee|TC|{_HAN})(?![a-z])", re.IGNORECASE)
_AFTER: Final = re.compile(r"committees? (?:on|for|of|about|dealing with) ", re.IGNORECASE)
_COMMITTEES: Final = iri("std:TechnicalCommittee")
_MATCHES: Final = ("same", "known", "begins", "contains", "words", "translated")


def find_descriptions(
    index: NameIndex,
    text: str,
    tokens: Sequence[Token],
    vocabulary: Vocabulary,
    named: Sequence[Mention],
) -> list[Mention]:
    """Return ``named`` with the committees that a normalized text describes.

    The words before ``committee``, or after ``committee on``, are searched for in the titles of
    committees and in the thesaurus, the most words first. A description is ambiguous if it fits
    several committees and people mean none of them in particular.
    """
    found = []
    # A field or a class in the description is no name of its own.
    names = [mention for mention in named if not mention.is_concept]
    for start, end, topics in _places(text, tokens, names):
        for own in topics:
            candidates, ambiguous = _meant(index, text, own, vocabulary)
            if candidates:
                first, last = min(own[0].start, start), max(own[-1].end, end)
                words = text[first:last]
                kinds = frozenset((_COMMITTEES,))
                found.append(Mention(first, last, words, candidates, kinds, ambiguous))
                break
    return without_overlaps((*found, *names), named)


def _places(
    text: str, tokens: Sequence[Token], names: Sequence[Mention]
) -> Iterator[tuple[int, int, list[Sequence[Token]]]]:
    """Yield where a committee is spoken of, with the words that may be its topic, most first."""

    def is_named(place: int) -> bool:
        return any(mention.start <= place < mention.end for mention in names)

    for match in _AFTER.finditer(text):
        after = (token for token in tokens if token.start >= match.end())
        own = list(islice(takewhile(lambda token: not is_named(token.start), after), _LONGEST))
        yield match.start(), match.end(), [own[:size] for size in range(len(own), 0, -1)]
    for match in _BEFORE.finditer(text):
        if is_named(match.start()):
            continue
        before = (token for token in reversed(tokens) if token.end <= match.start())
        own = list(islice(takewhile(lambda token: not is_named(token.start), before), _LONGEST))
        yield match.start(), match.end(), [own[:size][::-1] for size in range(len(own), 0, -1)]


def _meant(
    index: NameIndex, text: str, own: Sequence[Token], vocabulary: Vocabulary
) -> tuple[tuple[Candidate, ...], bool]:
    topic = text[own[0].start : own[-1].end]
    said = [term.term for term in terms(own, vocabulary.entries)]
    han = is_han(own[0].word)
    if (
        (not han and IGNORED in (said[0], said[-1]))
        or all(term == IGNORED or term.startswith(CONCEPT) for term in said)
        or len(topic) < (_SHORTEST - han)
    ):
        return (), False
    kinds = index.kind_sets_with(_COMMITTEES)
    if not index.topics(topic) and next(index.find_words(topic, kinds, whole=True), None) is None:
        return (), False
    hits = [hit for hit in find(index, topic, kinds, CHOICES) if hit.match in _MATCHES]
    sure = bool(hits) and (hits[0].known or hits[0].match == "same" or len(hits) == 1)
    names = [hit.name for hit in hits]
    return tuple(candidate_of(index, name) for name in names[: 1 if sure else None]), not sure
