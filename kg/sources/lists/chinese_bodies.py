"""The areas of the bodies behind the codes of Chinese standards, which no record tells.

They are general knowledge of the curators (GB/T 2260 for the codes of provinces), in a separate
graph with the curators as its source, as the countries of ISO's members are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from kg.common.namespaces import BASE, CURATION, EVIDENCE_GRAPH, RDF_TYPE, node
from kg.identifiers import codes, iris

GRAPH: Final = BASE + "graph/chinese-bodies"
"""The graph of the areas of bodies."""
_BODIES: Final = BASE + "cn/"
_LOCAL: Final = re.compile(r"d(?:b|bj|gj)(\d\d)?\d*")
_OTHERS: Final = re.compile("sac|[tq]/[^/]+")
"""The national body, associations and enterprises."""


def area_quads(bodies: Iterable[str], named: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield quads about the areas of bodies (IRIs) that issue Chinese standards, if any.

    ``named`` are the places (IRIs) that have a name already.
    """
    known = {unquote(iri.removeprefix(_BODIES)): iri for iri in bodies if iri.startswith(_BODIES)}
    # Claims name other publishers in China too, by IRIs that are no codes.
    known = {code: iri for code, iri in known.items() if _is_code(code)}
    if not known:
        return
    graph, evidence = ox.NamedNode(GRAPH), ox.NamedNode(EVIDENCE_GRAPH)
    china = ox.NamedNode(iris.country("cn"))
    described = set(named)
    for code, iri in sorted(known.items()):
        place, names = _province(code)
        if place is not None and place.value not in described:
            described.add(place.value)
            yield ox.Quad(place, RDF_TYPE, node("std:AdministrativeArea"), graph)
            yield ox.Quad(place, node("std:level"), node("level:provincial"), graph)
            yield ox.Quad(place, node("std:locatedIn"), china, graph)
            for language in ("zh", "en"):
                name = ox.Literal(names[language], language=language)
                yield ox.Quad(place, node("skos:prefLabel"), name, graph)
        yield ox.Quad(ox.NamedNode(iri), node("std:jurisdiction"), place or china, graph)
        if sector := codes.read("china").get("sectors", {}).get(code.upper(), {}).get("sector"):
            name = ox.Literal(f"{sector}行业标准", language="zh")
            yield ox.Quad(ox.NamedNode(iri), node("skos:altLabel"), name, graph)
    yield ox.Quad(graph, RDF_TYPE, node("std:Catalogue"), evidence)
    yield ox.Quad(graph, node("dcterms:source"), ox.NamedNode(CURATION), evidence)


def _is_code(code: str) -> bool:
    if _LOCAL.fullmatch(code) or _OTHERS.fullmatch(code):
        return True
    letters = code.partition("(")[0].upper()
    return any(letters in group for group in codes.read("china").values())


def _province(code: str) -> tuple[ox.NamedNode | None, dict[str, str]]:
    match = _LOCAL.fullmatch(code)
    row = codes.read("provinces").get(match[1] or "") if match else None
    return (ox.NamedNode(f"{iris.country('cn')}/{row['path']}"), row) if row else (None, {})
