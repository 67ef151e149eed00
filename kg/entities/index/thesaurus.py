"""Topics of standardization in several languages, and what people mean by them.

``ontology/thesaurus.ttl`` has them in SKOS: labels and other words in each language, and the
documents and committees that are commonly meant. It is the curators' general knowledge and no part
of the graph; search uses it where no name has the words that were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.folding import fold
from kg.common.namespaces import node
from kg.entities.index.words import content_words, split_words

FILE: Final = "thesaurus.ttl"

_LABELS: Final = (node("skos:prefLabel"), node("skos:altLabel"))
_SCHEME: Final = node("skos:ConceptScheme")
_MEANT: Final = node("schema:subjectOf")
_PLAIN: Final = re.compile(r"[\w\s'’-]+")


@dataclass(frozen=True)
class Topic:
    """A topic that a text names: the label that it equals, and in which language.

    ``english`` are the labels in English, ``meant`` the IRIs of the documents and committees that
    people mean by the topic, the most important first.
    """

    label: str
    language: str
    english: tuple[str, ...]
    meant: tuple[str, ...]


def read_topics(file: Path) -> list[tuple[list[tuple[str, str]], list[str]]]:
    """Return the labels (language and text, the main ones first) and the IRIs of each topic."""
    topics: dict[ox.NamedNode, tuple[list[tuple[str, str]], list[str]]] = {}
    schemes = set()
    for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode):
            continue
        labels, meant = topics.setdefault(subject, ([], []))
        if triple.predicate in _LABELS and isinstance(value, ox.Literal):
            labels.append((value.language or "", value.value))
        elif triple.predicate == _MEANT and isinstance(value, ox.NamedNode):
            meant.append(value.value)
        elif value == _SCHEME:
            schemes.add(subject)
    return [topic for subject, topic in topics.items() if subject not in schemes]


def topic_keys(text: str) -> set[str]:
    """Return the keys under which a word for a topic is found.

    Plurals and function words make no difference, unless symbols count (``C++``).

    >>> topic_keys("Country codes") & topic_keys("country code")
    {'country code'}
    """
    keys = {fold(text)}
    if _PLAIN.fullmatch(text):
        keys.add(" ".join(content_words(split_words(text))))
    return keys - {""}


def split_compound(text: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a compound made of known words, as few and long as possible.

    Yields nothing if the text can't be made of them.
    """
    words = frozenset(known)
    longest = max(map(len, words), default=0)
    # The best split of each beginning of the text: the number of pieces, and the last one's start.
    best: list[tuple[int, int] | None] = [(0, 0), *[None] * len(text)]
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            before = best[start]
            if before is not None and text[start:end] in words:
                own = best[end]
                if own is None or before[0] + 1 < own[0]:
                    best[end] = before[0] + 1, start
    pieces, end = [], len(text)
    while end and (split := best[end]) is not None:
        pieces.append(text[split[1] : end])
        end = split[1]
    if not end:
        yield from reversed(pieces)
