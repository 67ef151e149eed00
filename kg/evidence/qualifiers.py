"""Qualifying words inside phrases that no claim carries: 重点, 着力, 两年来 and the like.

Such a word says how, how far or how long something holds. A claim carries it if a text or a name
in its statements has it, as a manner, a verdict or the name of an entity does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import node
from kg.evidence.coverage import ClaimPhrase
from kg.evidence.reader import Position

_QUALIFIER: Final = re.compile(
    "重点|着力|大力|全力|全面|积极|主动|持续|深入|扎实|稳步|专门|圆满|有力|充分|尤其|特别|更为|最为"
    "|十分|显著|明显|大幅|初步|突出|卓越|良好|优秀|事关|旨在|有望|多双边|多边|双边|一系列"
    "|[一二两三四五六七八九十几多]+年来|长期以来"
)
_NAMES: Final = frozenset(map(node, ("skos:prefLabel", "skos:altLabel")))


def find_uncarried_qualifiers(
    text: str, phrases: Sequence[ClaimPhrase], quads: Iterable[ox.Quad]
) -> list[Position]:
    """Return where qualifying words stand inside phrases of which no claim carries them, in order.

    ``quads`` are those of the articles, with the statements of the claims and the names of
    entities.
    """
    names: dict[str, list[str]] = defaultdict(list)
    statements: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in _NAMES and isinstance(quad.object, ox.Literal):
            names[str(quad.subject)].append(quad.object.value)
        if isinstance(quad.graph_name, ox.NamedNode):
            statements[quad.graph_name.value].append(quad)
    found = []
    for word in _QUALIFIER.finditer(text):
        claims = {
            phrase.claim
            for phrase in phrases
            if phrase.position.start <= word.start() and word.end() <= phrase.position.end
        }
        if claims and not any(
            word.group() in each
            for claim in claims
            for quad in statements[claim]
            for term in (quad.subject, quad.object)
            for each in ([term.value] if isinstance(term, ox.Literal) else names[str(term)])
        ):
            found.append(Position(word.start(), word.end()))
    return found
