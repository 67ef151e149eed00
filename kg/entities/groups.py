"""The groups into which kinds of things fall in pictures: one color each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.lookup import pairs
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
"""Name of each group, in the order of the legend."""

_KINDS: Final = """
SELECT DISTINCT ?iri ?kind WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri a ?class .
    FILTER NOT EXISTS {{ ?iri a ?narrower . ?narrower rdfs:subClassOf+ ?class }}
    OPTIONAL {{ ?iri skos:inScheme ?scheme }}
    BIND(COALESCE(?scheme, ?class) AS ?kind)
}}"""
_OF_KIND: Final[Mapping[str, str]] = {
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


def main_kind(kinds: Iterable[str]) -> str:
    """The kind by which a thing is shown, of the most specific kinds (IRIs) that it has.

    >>> std = "https://w3id.org/stdkg/ontology#"
    >>> compact(main_kind([std + "GovernmentBody", std + "StandardsBody"]))
    'std:StandardsBody'
    """
    order = list(_OF_KIND)

    def place(iri: str) -> tuple[int, str]:
        kind = compact(iri)
        return (order.index(kind) if kind in order else len(order)), iri

    return min(kinds, key=place, default="")


def kinds_of(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """The IRI of the kind by which each thing is shown: its main class, or its code list."""
    return {iri: found[0] for iri, found in every_kind_of(store, iris).items()}


def every_kind_of(store: Store, iris: Iterable[str]) -> dict[str, list[str]]:
    """The most specific kinds (IRIs) of each thing, of which the first is the main one."""
    return {
        iri: sorted(found, key=lambda kind: (kind != main_kind(found), kind))
        for iri, found in pairs(store, _KINDS, iris).items()
    }


def classes_of(group: str) -> list[str]:
    """The compact IRIs of the classes of a group; that of terms has none of its own."""
    return [kind for kind, name in _OF_KIND.items() if name == group]


def group_of(iri: str, kind: str) -> str:
    """The group of a thing of a kind, or of a class itself; what is in none counts as a term.

    >>> group_of("https://w3id.org/stdkg/iso", "https://w3id.org/stdkg/ontology#StandardsBody")
    'body'
    """
    return _OF_KIND.get(compact(iri)) or _OF_KIND.get(compact(kind), "topic")
