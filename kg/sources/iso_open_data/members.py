"""The countries of ISO's members, which ISO Open Data does not contain.

They are general knowledge of the curators (``members.csv``: the member's number at ISO, and the
ISO 3166-1 alpha-2 code), in a separate graph with the curators as its source. Country names in
Chinese and English are from Unicode CLDR, further names from ``countries.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import BASE, CURATION, EVIDENCE_GRAPH
from kg.identifiers import iris
from kg.sources.iso_open_data.row_triples import Facts

GRAPH: Final = BASE + "graph/iso-members"
"""The graph of the countries of members."""

_HOME: Final = Path(__file__).parent
_REGIONS_OF_CHINA: Final = ("HK", "MO")
"""Codes of the special administrative regions of China."""


def country_codes() -> dict[str, str]:
    """Return the country code of each known member, by the member's number at ISO."""
    return {row["number"]: row["country"] for row in _read_csv("members.csv")}


def country_quads(members: Iterable[str]) -> list[ox.Quad]:
    """Return quads about the countries of members, given by their numbers at ISO.

    Unknown numbers are ignored.
    """
    known = country_codes()
    codes = {number: known[number] for number in sorted(set(members)) if number in known}
    if not codes:
        return []
    facts = Facts()
    for number, code in codes.items():
        facts.link(iris.iso_organization(number), "std:jurisdiction", iris.country(code))
    parents = {"CN"} if {*_REGIONS_OF_CHINA} & {*codes.values()} else set()
    _describe_countries({*codes.values()} | parents, facts)
    source = Facts()
    source.kind(GRAPH, "std:Catalogue")
    source.link(GRAPH, "dcterms:source", CURATION)
    return [*_quads(GRAPH, facts), *_quads(EVIDENCE_GRAPH, source)]


def _describe_countries(codes: Iterable[str], facts: Facts) -> None:
    from babel import Locale

    names = {language: Locale.parse(language).territories for language in ("zh", "en")}
    others = [(row["country"], row["language"], row["name"]) for row in _read_csv("countries.csv")]
    for code in sorted(codes):
        place = iris.country(code)
        facts.kind(place, "std:AdministrativeArea")
        for language, territories in names.items():
            facts.text(place, "skos:prefLabel", territories[code], language)
        for country, language, name in others:
            if country == code:
                facts.text(place, "skos:altLabel", name, language)
        level = "level:provincial" if code in _REGIONS_OF_CHINA else "level:national"
        facts.concept(place, "std:level", level)
        parent = iris.country("CN" if code in _REGIONS_OF_CHINA else "world")
        facts.link(place, "std:locatedIn", parent)


def _read_csv(name: str) -> list[dict[str, str]]:
    with (_HOME / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _quads(graph: str, facts: Facts) -> list[ox.Quad]:
    home = ox.NamedNode(graph)
    return [ox.Quad(t.subject, t.predicate, t.object, home) for t in facts.triples]
