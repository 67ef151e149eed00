"""The page of an article: what it says, in the order of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.errors import ResolutionError
from kg.common.namespaces import BASE, RDF_TYPE
from kg.entities.lookup import bilingual_labels
from kg.store import Store, Term
from kg.web.pages.groups import entity_groups
from kg.web.pages.html import render
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_PAGE: Final = 40
_SOURCES: Final = """
SELECT ?source (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?exact) AS ?phrases) WHERE {
    ?claim a std:Claim ; std:evidence ?evidence . ?evidence oa:hasSource ?source .
    ?source std:standing ?standing .
    OPTIONAL { ?evidence oa:hasSelector/oa:exact ?exact }
}
GROUP BY ?source ORDER BY DESC(?claims) ?source"""
_PHRASES: Final = """
SELECT DISTINCT ?claim ?exact ?start ?end WHERE {{
    ?claim a std:Claim ; std:evidence ?evidence . ?evidence oa:hasSource {source} .
    OPTIONAL {{ ?evidence oa:hasSelector/oa:exact ?exact }}
    OPTIONAL {{ ?evidence oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end }}
}}"""
_STATEMENTS: Final = """
SELECT ?claim ?subject ?property ?value WHERE {{
    {{ SELECT DISTINCT ?claim WHERE {{
        ?evidence oa:hasSource {source} . ?claim std:evidence ?evidence ; a std:Claim
    }} }}
    GRAPH ?claim {{ ?subject ?property ?value }}
}}"""
_RIGHTS: Final = "SELECT ?rights WHERE {{ {source} dcterms:rights ?rights }} ORDER BY ?rights"
_ABOUT: Final = "SELECT ?property ?value WHERE {{ {source} ?property ?value }}"


@dataclass(frozen=True)
class Source:
    """A source of claims: IRI, name, and how many claims and phrases it has."""

    iri: str
    name: Text
    claims: int
    phrases: int


@dataclass(frozen=True)
class Phrase:
    """A phrase of the text, its position, and the claims (IRIs) that it supports."""

    exact: str
    start: int | None
    end: int | None
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """What a claim says of a thing: pairs of property and value; ``group`` is that of the thing."""

    subject: str
    name: Text
    group: str
    values: tuple[tuple[Text, Term, Text], ...]


def article_sources(graph: KnowledgeGraph) -> tuple[Source, ...]:
    """Return the sources of claims, the one with most claims first."""
    rows = [
        (source.value, int(claims.value), int(phrases.value))
        for source, claims, phrases in graph.store.select(_SOURCES).rows
        if isinstance(source, ox.NamedNode) and claims is not None and phrases is not None
    ]
    names = bilingual_labels(graph.store, [iri for iri, *_ in rows])
    return tuple(Source(iri, names[iri], *counts) for iri, *counts in rows)


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text, where it begins, and the number of the shortest phrase that has it."""

    text: str
    start: int
    phrase: int | None


def read(
    graph: KnowledgeGraph, reader: Reader, name: str, start: int, texts: Mapping[str, str]
) -> str:
    """Return the page of an article, by the end of its IRI; the main one without a name.

    ``start`` is the number of the first phrase to show. ``texts`` are the texts at hand, by the
    IRI of their source: in its text, each phrase leads to its claims.
    """
    sources = article_sources(graph)
    chosen = [each for each in sources if not name or each.iri == f"{BASE}source/{name}"]
    if not chosen:
        raise ResolutionError(f"there is no article {name!r}")
    source = chosen[0]
    phrases = _phrases(graph.store, source.iri)
    return render(
        reader,
        "article.html",
        source=source,
        sources=sources,
        about=_about(graph.store, source.iri),
        rights=_rights(graph.store, source.iri),
        phrases=phrases[start : start + _PAGE],
        total=len(phrases),
        start=start,
        size=_PAGE,
        statements=_statements(graph.store, source.iri),
        stretches=list(_stretches(texts.get(source.iri, ""), phrases)),
    )


def _phrases(store: Store, source: str) -> list[Phrase]:
    """Return the phrases of a source in the order of its text; then what has no phrase."""
    found: dict[tuple[str, int | None, int | None], list[str]] = {}
    rows = store.select(_PHRASES.format(source=ox.NamedNode(source))).rows
    for claim, exact, start, end in rows:
        if claim is not None:
            place = tuple(int(each.value) if each is not None else None for each in (start, end))
            key = exact.value if exact is not None else "", place[0], place[1]
            found.setdefault(key, []).append(claim.value)
    phrases = (Phrase(*key, tuple(sorted(set(claims)))) for key, claims in found.items())
    return sorted(
        phrases, key=lambda each: (each.start is None, each.start or 0, each.end or 0, each.exact)
    )


def _stretches(text: str, phrases: Sequence[Phrase]) -> Iterator[Stretch]:
    """Cut a text where phrases begin and end; none of a text that is not at hand."""
    if not text:
        return
    places = [
        (each.start, each.end, number)
        for number, each in enumerate(phrases, 1)
        if each.start is not None and each.end is not None
    ]
    cuts = sorted({0, len(text), *(cut for first, last, _ in places for cut in (first, last))})
    for first, last in pairwise(cuts):
        over = [(end - begin, number) for begin, end, number in places if begin <= first < end]
        yield Stretch(text[first:last], first, min(over)[1] if over else None)


def _statements(store: Store, source: str) -> dict[str, list[Statement]]:
    """Return what each claim of a source says, by claim."""
    rows = [
        (claim.value, subject.value, property_, value)
        for claim, subject, property_, value in store.select(
            _STATEMENTS.format(source=ox.NamedNode(source))
        ).rows
        if claim is not None and subject is not None and property_ is not None and value is not None
    ]
    iris = {term for _, subject, property_, value in rows for term in (subject, property_.value)}
    iris |= {value.value for *_, value in rows if isinstance(value, ox.NamedNode)}
    names = bilingual_labels(store, iris)
    groups = entity_groups(store, {subject for _, subject, _, _ in rows})
    found: dict[str, dict[str, list[tuple[Text, Term, Text]]]] = {}
    for claim, subject, property_, value in sorted(rows, key=str):
        if property_ == RDF_TYPE:
            continue
        shown = names.get(value.value, Text(value.value, value.value))
        found.setdefault(claim, {}).setdefault(subject, []).append(
            (names[property_.value], value, shown)
        )
    return {
        claim: list(_of_subjects(by_subject, names, groups)) for claim, by_subject in found.items()
    }


def _of_subjects(
    by_subject: dict[str, list[tuple[Text, Term, Text]]],
    names: dict[str, Text],
    groups: dict[str, str],
) -> Iterable[Statement]:
    for subject, values in by_subject.items():
        yield Statement(subject, names[subject], groups[subject], tuple(values))


def _rights(store: Store, source: str) -> Text | None:
    """Return what may be done with the text of a source, if it says so."""
    rows = store.select(_RIGHTS.format(source=ox.NamedNode(source))).rows
    words = {
        value.language or "": value.value for (value,) in rows if isinstance(value, ox.Literal)
    }
    first = next(iter(words.values()), "")
    return Text(words.get("en", first), words.get("zh", first)) if first else None


def _about(store: Store, source: str) -> dict[str, str]:
    """Return address, hash, license of a source and so on by the local names of properties."""
    rows = store.select(_ABOUT.format(source=ox.NamedNode(source))).rows
    return {
        property_.value.replace("#", "/").rpartition("/")[2]: value.value
        for property_, value in rows
        if property_ is not None and value is not None
    }
