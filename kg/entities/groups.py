"""Assign kinds of entities to the groups of the legend, one color each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.lookup import query_values
from kg.store import Store

GROUPS: Final[Mapping[str, Text]] = {
    "body": Text("standards bodies and committees", "标准化机构与委员会"),
    "organization": Text("other organizations", "其他组织"),
    "people": Text("people and collectives", "人物与群体"),
    "place": Text("places", "地点"),
    "standard": Text("standards", "标准"),
    "decision": Text("proposals and ballots", "提案与投票"),
    "event": Text("events", "活动"),
    "reform": Text("reforms and practices", "改革与做法"),
    "document": Text("documents and awards", "文件与奖项"),
    "figure": Text("figures and judgments", "数据与评价"),
    "topic": Text("fields and terms", "领域与术语"),
}
"""Labels of the groups, in the order of the legend."""

_KINDS: Final = """
SELECT DISTINCT ?iri ?kind WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri a ?class .
    FILTER NOT EXISTS {{ ?iri a ?narrower . ?narrower rdfs:subClassOf+ ?class }}
    OPTIONAL {{ ?iri skos:inScheme ?scheme }}
    BIND(COALESCE(?scheme, ?class) AS ?kind)
}}"""
_GROUP_OF_KIND: Final[Mapping[str, str]] = {
    "std:StandardsBody": "body",
    "std:TechnicalCommittee": "body",
    "std:Proposal": "decision",
    "std:Ballot": "decision",
    "std:Vote": "decision",
    "std:VoteCount": "decision",
    "std:Person": "people",
    "std:Post": "people",
    "std:Collective": "people",
    "std:WorkingGroup": "organization",
    "std:ResearchCenter": "organization",
    "std:GovernmentBody": "organization",
    "std:Enterprise": "organization",
    "std:Organization": "organization",
    "std:Agent": "organization",
    "std:AdministrativeArea": "place",
    "std:Place": "place",
    "std:PlaceRole": "place",
    "std:Standard": "standard",
    "std:StandardSeries": "standard",
    "std:Work": "standard",
    "std:Publication": "document",
    "std:Adoption": "document",
    "std:Event": "event",
    "std:EventSeries": "event",
    "std:Reform": "reform",
    "std:Pilot": "reform",
    "std:Initiative": "reform",
    "std:Phase": "reform",
    "std:Task": "reform",
    "std:Practice": "reform",
    "std:Agreement": "document",
    "std:Document": "document",
    "std:Award": "document",
    "std:AwardRound": "document",
    "std:Source": "document",
    "std:Observation": "figure",
    "std:Ranking": "figure",
    "std:Assessment": "figure",
}
"""Group of each class; an earlier class is preferred as the main kind of an entity."""


def main_kind(kinds: Iterable[str]) -> str:
    """Return the main kind of an entity, chosen from its most specific kinds (IRIs).

    >>> std = "https://w3id.org/stdkg/ontology#"
    >>> compact(main_kind([std + "GovernmentBody", std + "StandardsBody"]))
    'std:StandardsBody'
    """
    order = list(_GROUP_OF_KIND)

    def sort_key(iri: str) -> tuple[int, str]:
        kind = compact(iri)
        return (order.index(kind) if kind in order else len(order)), iri

    return min(kinds, key=sort_key, default="")


def main_kinds(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return the main kind of each entity: the IRI of a class or code list."""
    return {iri: kinds[0] for iri, kinds in specific_kinds(store, iris).items()}


def specific_kinds(store: Store, iris: Iterable[str]) -> dict[str, list[str]]:
    """Return the most specific kinds (IRIs) of each entity, the main kind first."""
    return {
        iri: sorted(kinds, key=lambda kind: (kind != main_kind(kinds), kind))
        for iri, kinds in query_values(store, _KINDS, iris).items()
    }


def classes_in_group(group: str) -> list[str]:
    """Return the compact IRIs of a group's classes; none for ``topic``, the default group."""
    return [kind for kind, name in _GROUP_OF_KIND.items() if name == group]


def group_of(iri: str, kind: str) -> str:
    """Return the group of an entity, from its IRI (it may be a class) and kind, or ``topic``.

    >>> group_of("https://w3id.org/stdkg/iso", "https://w3id.org/stdkg/ontology#StandardsBody")
    'body'
    """
    return _GROUP_OF_KIND.get(compact(iri)) or _GROUP_OF_KIND.get(compact(kind), "topic")
