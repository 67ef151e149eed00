"""Find what a question names: entities of the graph, designations, codes and years."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.common.folding import fold
from kg.common.namespaces import BASE, iri, node
from kg.entities.codes import iris_of_code
from kg.entities.index import Name, NameIndex
from kg.entities.index.schema import Rank
from kg.entities.resolution import DOCUMENTS, candidates
from kg.entities.short_names import find_short
from kg.interpretation.terms import Token, is_han
from kg.interpretation.vocabulary import Vocabulary

_LONGEST: Final = 40
"""Maximum number of words and Han characters of a name."""
_LONGEST_NUMBER: Final = 14
_YEAR: Final = re.compile(r"(?<![\d:/.-])(1[89]\d\d|20\d\d)(?![\d:/.-])\s?年?")
_COMMITTEE: Final = re.compile(
    r"(?<![A-Z])(?:(?:ISO/IEC|ISO|IEC|CISPR|SAC|CEN|ITU-[TRD]|OIML)[ /]?)?"
    r"(?:TC|JTC|PC|JPC|SC|SG|WG)[ -]?\d+(?:/(?:SC|WG|JWG|TC)[ -]?\d+)*(?!\d)",
    re.IGNORECASE,
)
_ICS: Final = re.compile(
    r"(?:(?:ICS|field|class|领域|类目?)[\s:]*)?(?<![\d.:/-])\d\d(?:\.\d{3}(?:\.\d\d)?)?(?![\d.:/-]*\d)",
    re.IGNORECASE,
)
_TERMS: Final = f"{BASE}scheme/"
_CONCEPT: Final = node("skos:Concept")
_COMMITTEES: Final = iri("std:TechnicalCommittee")
YEAR: Final = "year"
"""The kind of a mentioned year, in place of a class."""


@dataclass(frozen=True)
class Candidate:
    """What a name can mean: its IRI (or the year), and the IRIs of its classes and code lists.

    ``label`` is the name of the graph that was found.
    """

    value: str
    kinds: frozenset[str]
    label: str = field(default="", compare=False)

    @property
    def is_term(self) -> bool:
        """Whether it is a concept of a code list or a class."""
        return self.value.startswith((_TERMS, f"{BASE}ontology#"))


@dataclass(frozen=True)
class Mention:
    """A part of a text that names something, the best candidates first.

    Without candidates it is a designation or code that the graph lacks; ``kinds`` are then the
    classes that it would have. Of an ``ambiguous`` one nobody can tell which candidate is meant.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    kinds: frozenset[str] = frozenset()
    ambiguous: bool = False

    @property
    def is_term(self) -> bool:
        """Whether it can only be a concept or a class, named by an ordinary word."""
        return bool(self.candidates) and all(each.is_term for each in self.candidates)

    @property
    def is_concept(self) -> bool:
        """Whether it can only be a concept, such as a field, or a class."""
        return bool(self.candidates) and all(
            each.is_term or _CONCEPT.value in each.kinds for each in self.candidates
        )


def find_mentions(
    index: NameIndex,
    text: str,
    tokens: Sequence[Token],
    vocabulary: Vocabulary,
    ordinary: Collection[str],
) -> list[Mention]:
    """Return the mentions of a normalized text in order; they don't overlap.

    The longest are preferred. A word that is also in ``ordinary``, the words in which people ask,
    is a name only if it is spelled like one: in capitals (``US``).
    """
    found = [*_numbers(index, text), *_years(text)]
    found += _names(index, text, tokens, vocabulary, ordinary)
    return without_overlaps(found)


def without_overlaps(*groups: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that overlap no better one, in order; earlier groups are better."""
    taken: list[Mention] = []
    for group in groups:
        for mention in sorted(group, key=_preference):
            if all(mention.end <= other.start or other.end <= mention.start for other in taken):
                taken.append(mention)
    return sorted(taken, key=lambda mention: mention.start)


def _preference(mention: Mention) -> tuple[bool, int]:
    return not mention.candidates and not mention.kinds, mention.start - mention.end


def _names(
    index: NameIndex,
    text: str,
    tokens: Sequence[Token],
    vocabulary: Vocabulary,
    ordinary: Collection[str],
) -> Iterator[Mention]:
    """Yield the parts of a text that equal a name."""
    spans: dict[str, list[tuple[int, int]]] = {}
    words: set[tuple[int, int]] = set()
    for first, token in enumerate(tokens):
        for last in range(first, min(first + _LONGEST, len(tokens))):
            start, end = token.start, tokens[last].end
            part = text[start:end]
            if last == first and (is_han(token.word) or token.word.isdigit()):
                continue
            if last == first and not _is_name(part, token.word, ordinary):
                words.add((start, end))
            spans.setdefault(fold(part), []).append((start, end))
    names = index.find_each(spans)
    for folded, places in spans.items():
        own = [candidate_of(index, name) for name in _preferred(names.get(folded, ()))]
        others = index.labels(vocabulary.names.get(folded, ()))
        further = [candidate_of(index, name) for name in others]
        for start, end in places:
            ordinary_word = (start, end) in words
            meant = [each for each in own if each.is_term or not ordinary_word]
            if not ordinary_word or text[start].isupper():
                meant += further
            if meant:
                yield Mention(start, end, text[start:end], tuple(dict.fromkeys(meant)))


def _is_name(part: str, word: str, ordinary: Collection[str]) -> bool:
    return word not in ordinary or (part.isupper() and len(part) > 1)


def _preferred(names: Iterable[Name]) -> list[Name]:
    """Return names of things before terms, without claims and titles of documents."""
    kept = [
        name
        for name in names
        if name.rank not in (Rank.STATEMENT, Rank.CLAIM)
        and (not name.is_title or "/tc/" in name.iri or "/jtc/" in name.iri)
    ]
    return sorted(kept, key=lambda name: (name.rank == Rank.TERM, name.is_title))


def candidate_of(index: NameIndex, name: Name) -> Candidate:
    """Return what a name of the index means."""
    return Candidate(name.iri, index.kind_sets[name.kind].every, name.text)


def _numbers(index: NameIndex, text: str) -> Iterator[Mention]:
    """Yield designations, numbers of committees and classes of the ICS."""
    for match in _COMMITTEE.finditer(text):
        kinds = index.kind_sets_with(_COMMITTEES)
        names = candidates(index, match[0], kinds) or find_short(index, match[0], kinds)
        own = tuple(candidate_of(index, name) for name in names)
        yield Mention(*match.span(), match[0], own, frozenset((_COMMITTEES,)))
    for match in _ICS.finditer(text):
        codes = iris_of_code(re.sub("(?i)field|class|领域|类目?", "ICS", match[0]), _CONCEPT)
        for name in index.labels(code.value for code in codes):
            yield Mention(*match.span(), match[0], (candidate_of(index, name),))
    yield from _designations(index, text)


def _designations(index: NameIndex, text: str) -> Iterator[Mention]:
    if not re.search(r"[A-Za-z].*\d", text):
        return
    from kg.identifiers import parse

    words = list(re.finditer(r"[A-Za-z][A-Za-z/-]*|\d[\w.:/-]*|\S", text))
    at = 0
    while at < len(words):
        end = min(at + _LONGEST_NUMBER, len(words))
        if words[at][0][0].isascii() and words[at][0][0].isalpha():
            for last in range(end - 1, at - 1, -1):
                part = text[words[at].start() : words[last].end()].rstrip(".,;:")
                if any(map(str.isdigit, part)) and not _COMMITTEE.fullmatch(part) and parse(part):
                    names = candidates(index, part)
                    own = tuple(candidate_of(index, name) for name in names)
                    start = words[at].start()
                    if not own and words[at][0].islower():
                        continue
                    yield Mention(start, start + len(part), part, own, DOCUMENTS)
                    at = last
                    break
        at += 1


def _years(text: str) -> Iterator[Mention]:
    for match in _YEAR.finditer(text):
        candidate = Candidate(match[1], frozenset((YEAR,)))
        yield Mention(*match.span(), match[0].strip(), (candidate,))
