"""Quotes and their positions: locates phrases in a text, records the positions, counts evidence.

A quote is a phrase with an optional prefix and suffix; a position counts Unicode code points from
0, the end excluded (W3C Web Annotation Data Model, sections 4.2.4 and 4.2.5).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.common.namespaces import BASE, EVIDENCE_GRAPH, PREFIXES, node, position_selector
from kg.evidence.reader import (
    HAS_SELECTOR,
    HAS_SOURCE,
    Evidence,
    Lookup,
    Position,
    quad_lookup,
    read_evidence,
    texts,
)

VERIFIED_DIGEST: Final = node("std:verifiedDigest")
_PREFIX: Final = node("oa:prefix")
_SUFFIX: Final = node("oa:suffix")
_GRAPH: Final = ox.NamedNode(EVIDENCE_GRAPH)


@dataclass(frozen=True)
class Quote:
    """A phrase of a source with the IRIs of its evidence and of the source."""

    evidence: str
    source: str
    exact: str
    prefix: str = ""
    suffix: str = ""


def locate_quote(text: str, quote: Quote) -> Position:
    """Return the only position of a quote in a text; SourceError if it has none or several.

    >>> locate_quote("a vote, a second vote", Quote("e", "s", "vote", prefix="second "))
    Position(start=17, end=21)
    """
    if not quote.exact:
        raise SourceError(
            f"{quote.evidence}: the phrase is empty: give the words that carry the fact"
        )
    context = quote.prefix + quote.exact + quote.suffix
    first = text.find(context)
    if first < 0:
        if quote.exact in text:
            raise SourceError(
                f"the phrase {quote.exact!r} is in the text, but not between its prefix "
                f"{quote.prefix!r} and suffix {quote.suffix!r}: correct oa:prefix or oa:suffix"
            )
        raise SourceError(f"the phrase {quote.exact!r} is not in the text: correct oa:exact")
    if text.find(context, first + 1) >= 0:
        raise SourceError(
            f"the phrase {context!r} occurs {count_occurrences(text, context)} times in the text: "
            "add oa:prefix or oa:suffix to make it unique"
        )
    start = first + len(quote.prefix)
    return Position(start, start + len(quote.exact))


def count_occurrences(text: str, part: str) -> int:
    """Count how often a part occurs in a text, overlaps included.

    >>> count_occurrences("aaa", "aa")
    2
    """
    return sum(text.startswith(part, i) for i in range(len(text)))


def read_quotes(quads: Iterable[ox.Quad]) -> list[Quote]:
    """Read the quotes of the evidence graph, sorted by the IRI of the evidence.

    Raises SourceError for evidence with several quotes, since only one can be its phrase.
    """
    lookup, evidence = _read(quads)
    return _quotes(lookup, evidence)


def _quotes(lookup: Lookup, evidence: Iterable[Evidence]) -> list[Quote]:
    quotes = []
    for each in evidence:
        phrases = dict(reversed(each.phrases))
        if len(phrases) > 1:
            raise SourceError(
                f"{each.iri} has {len(phrases)} quotes: keep one, "
                "and turn the others into further evidence"
            )
        for (selector, exact), source in zip(phrases.items(), each.sources, strict=False):
            context = (
                next(iter(texts(lookup, selector, property_)), "")
                for property_ in (_PREFIX, _SUFFIX)
            )
            quotes.append(Quote(each.iri.value, source.value, exact, *context))
    return quotes


def read_positions(quads: Iterable[ox.Quad]) -> dict[str, Position]:
    """Read the recorded positions of the evidence graph, by the IRI of the evidence."""
    return _positions(_read(quads)[1])


def _positions(evidence: Iterable[Evidence]) -> dict[str, Position]:
    return {
        each.iri.value: position
        for each in evidence
        for selector, position in reversed(each.positions)
        if selector.value == position_selector(each.iri.value)
    }


def positions_digest(positions: Iterable[tuple[Quote, Position]]) -> str:
    """Return the SHA-256 of quotes and their positions, to detect later changes."""
    rows = sorted((q.evidence, q.exact, q.prefix, q.suffix, p.start, p.end) for q, p in positions)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8")).hexdigest()


def positions_to_trig(source: str, positions: Iterable[tuple[Quote, Position]]) -> str:
    """Write the positions of quotes in a source's text as TriG, with their digest, sorted."""
    positions = sorted(positions, key=lambda pair: pair[0].evidence)
    digest = positions_digest(positions)
    lines = [f'    <{source.removeprefix(BASE)}> std:verifiedDigest "{digest}" .']
    for quote, position in positions:
        selector = position_selector(quote.evidence).removeprefix(BASE)
        lines += [
            "",
            f"    <{quote.evidence.removeprefix(BASE)}> oa:hasSelector <{selector}> .",
            f"    <{selector}> a oa:TextPositionSelector ;",
            f"        oa:start {position.start} ; oa:end {position.end} .",
        ]
    head = [f"@base <{BASE}> ."]
    head += [f"@prefix {name}: <{PREFIXES[name]}> ." for name in ("graph", "oa", "std")]
    return "\n".join([*head, "", "graph:evidence {", *lines, "}"]) + "\n"


@dataclass(frozen=True)
class EvidenceCounts:
    """Counts of the evidence of one source, by the state of its phrases.

    ``verified``: the phrase was found at its recorded position in the text with the source's hash;
    ``unverified``: it was not found there, or has changed since; ``without_phrase``: the evidence
    names only its source (IRI).
    """

    source: str
    verified: int
    unverified: int
    without_phrase: int


def count_evidence(quads: Iterable[ox.Quad]) -> list[EvidenceCounts]:
    """Count the evidence of each source, sorted by the source's IRI."""
    lookup, evidence = _read(quads)
    positions = _positions(evidence)
    quotes: dict[str, list[Quote]] = {}
    for quote in _quotes(lookup, evidence):
        quotes.setdefault(quote.source, []).append(quote)
    totals: dict[str, int] = {}
    for each in evidence:
        for resource in each.sources:
            if each.iri.value.startswith(BASE + "evidence/"):
                totals[resource.value] = totals.get(resource.value, 0) + 1
    counts = []
    for source, total in sorted(totals.items()):
        own = quotes.get(source, [])
        located = [(q, positions[q.evidence]) for q in own if q.evidence in positions]
        recorded = texts(lookup, ox.NamedNode(source), VERIFIED_DIGEST)
        verified = len(located) if recorded == [positions_digest(located)] else 0
        counts.append(EvidenceCounts(source, verified, len(own) - verified, total - len(own)))
    return counts


def _read(quads: Iterable[ox.Quad]) -> tuple[Lookup, list[Evidence]]:
    """Read all evidence of the evidence graph, sorted by IRI."""
    own = [quad for quad in quads if quad.graph_name == _GRAPH]
    lookup = quad_lookup(own)
    iris = {
        quad.subject
        for quad in own
        if quad.predicate in (HAS_SELECTOR, HAS_SOURCE) and isinstance(quad.subject, ox.NamedNode)
    }
    return lookup, [read_evidence(lookup, iri) for iri in sorted(iris, key=lambda i: i.value)]
