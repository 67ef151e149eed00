"""Phrases of a source and their places in its text.

Follows the selectors of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/,
sections 4.2.4 and 4.2.5): a quote with optional prefix and suffix, and a position that counts
Unicode code points from 0, the end excluded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import BASE, EVIDENCE_GRAPH, PREFIXES, STD, position_selector

_OA: Final = PREFIXES["oa"]
VERIFIED_DIGEST: Final = ox.NamedNode(STD + "verifiedDigest")


@dataclass(frozen=True)
class Quote:
    """One phrase of a source: the evidence it belongs to, and its words."""

    evidence: str
    source: str
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Position:
    """Where a phrase stands: code points from 0, the end excluded."""

    start: int
    end: int


def position(text: str, quote: Quote) -> Position:
    """Where the quote stands in the text. Raises KgError if it is not there, or more than once.

    >>> position("a vote, a second vote", Quote("e", "s", "vote", prefix="second "))
    Position(start=17, end=21)
    """
    if not quote.exact:
        raise KgError(f"{quote.evidence}: the phrase is empty: give the words that carry the fact")
    context = quote.prefix + quote.exact + quote.suffix
    first = text.find(context)
    if first < 0:
        if quote.exact in text:
            raise KgError(
                f"the phrase {quote.exact!r} is in the text, but not between its prefix "
                f"{quote.prefix!r} and suffix {quote.suffix!r}: correct oa:prefix or oa:suffix"
            )
        raise KgError(f"the phrase {quote.exact!r} is not in the text: correct oa:exact")
    if text.find(context, first + 1) >= 0:
        raise KgError(
            f"the phrase {context!r} occurs {count(text, context)} times in the text: "
            "add oa:prefix or oa:suffix that tells which one is meant"
        )
    start = first + len(quote.prefix)
    return Position(start, start + len(quote.exact))


def count(text: str, part: str) -> int:
    """How often a part occurs in the text, overlaps counted.

    >>> count("aaa", "aa")
    2
    """
    return sum(text.startswith(part, i) for i in range(len(text)))


def quotes(quads: Iterable[ox.Quad]) -> list[Quote]:
    """The quotes in the evidence graph, by evidence IRI.

    Raises KgError for evidence with two quote selectors, which can't both be the phrase.
    """
    facts = _evidence_facts(quads)
    found = []
    for evidence in sorted(facts):
        selectors = [
            s
            for s in facts[evidence].get(_OA + "hasSelector", [])
            if _OA + "exact" in facts.get(s, {})
        ]
        if len(selectors) > 1:
            raise KgError(
                f"<{evidence}> has {len(selectors)} quotes: keep one, "
                "and make further evidence of the others"
            )
        sources = facts[evidence].get(_OA + "hasSource", [])
        for selector, source in zip(selectors, sources, strict=False):
            words = facts[selector]
            found.append(
                Quote(
                    evidence,
                    source,
                    *(words.get(_OA + part, [""])[0] for part in ("exact", "prefix", "suffix")),
                )
            )
    return found


def positions(quads: Iterable[ox.Quad]) -> dict[str, Position]:
    """The recorded positions in the evidence graph: evidence IRI -> position."""
    facts = _evidence_facts(quads)
    found = {}
    for evidence, about in facts.items():
        selector = facts.get(position_selector(evidence), {})
        if (
            position_selector(evidence) in about.get(_OA + "hasSelector", [])
            and _OA + "start" in selector
        ):
            start, end = (int(selector[_OA + edge][0]) for edge in ("start", "end"))
            found[evidence] = Position(start, end)
    return found


def digest(places: Iterable[tuple[Quote, Position]]) -> str:
    """A SHA-256 over phrases and positions: it tells whether one changed since it was verified."""
    rows = sorted((q.evidence, q.exact, q.prefix, q.suffix, p.start, p.end) for q, p in places)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8")).hexdigest()


def positions_trig(source: str, places: Iterable[tuple[Quote, Position]]) -> str:
    """TriG that records positions in a source's text, with their digest, in fixed order."""
    places = sorted(places, key=lambda place: place[0].evidence)
    lines = [f'    <{source.removeprefix(BASE)}> std:verifiedDigest "{digest(places)}" .']
    for quote, place in places:
        selector = position_selector(quote.evidence).removeprefix(BASE)
        lines += [
            "",
            f"    <{quote.evidence.removeprefix(BASE)}> oa:hasSelector <{selector}> .",
            f"    <{selector}> a oa:TextPositionSelector ;",
            f"        oa:start {place.start} ; oa:end {place.end} .",
        ]
    head = [f"@base <{BASE}> ."]
    head += [f"@prefix {name}: <{PREFIXES[name]}> ." for name in ("graph", "oa", "std")]
    return "\n".join([*head, "", "graph:evidence {", *lines, "}"]) + "\n"


@dataclass(frozen=True)
class Status:
    """How the evidence of one source stands.

    ``verified``: evidence whose phrase was found at its recorded place in the text with the
    source's hash; ``unverified``: evidence with a phrase that was not, or has changed since;
    ``without_phrase``: evidence that names its source only.
    """

    source: str
    verified: int
    unverified: int
    without_phrase: int


def status(quads: Iterable[ox.Quad]) -> list[Status]:
    """The state of the evidence of each source, by the source's IRI."""
    quads = list(quads)
    facts = _evidence_facts(quads)
    places = positions(quads)
    by_source: dict[str, list[str]] = {}
    for evidence, about in facts.items():
        for source in about.get(_OA + "hasSource", []):
            if evidence.startswith(BASE + "evidence/"):
                by_source.setdefault(source, []).append(evidence)
    phrases: dict[str, list[Quote]] = {}
    for quote in quotes(quads):
        phrases.setdefault(quote.source, []).append(quote)
    rows = []
    for source in sorted(by_source):
        own = phrases.get(source, [])
        placed = [(q, places[q.evidence]) for q in own if q.evidence in places]
        recorded = facts.get(source, {}).get(VERIFIED_DIGEST.value, [])
        sound = len(placed) if recorded == [digest(placed)] else 0
        rows.append(Status(source, sound, len(own) - sound, len(by_source[source]) - len(own)))
    return rows


def _evidence_facts(quads: Iterable[ox.Quad]) -> dict[str, dict[str, list[str]]]:
    facts: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        if (
            isinstance(quad.graph_name, ox.NamedNode)
            and quad.graph_name.value == EVIDENCE_GRAPH
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, (ox.NamedNode, ox.Literal))
        ):
            facts.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(
                quad.object.value
            )
    return facts
