"""Participants in ISO's committees: member bodies, and organizations in liaison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.identifiers import iris
from kg.sources.iso_open_data.row_triples import Facts

MEMBER = "std:StandardsBody"
ORGANIZATION = "std:Organization"


@dataclass(frozen=True)
class Participant:
    """A participant: number at ISO, name (may be empty), class, and IRI of the record."""

    number: str
    name: str
    kind: str
    record: str

    @property
    def iri(self) -> str:
        """The IRI of the participant."""
        return iris.iso_organization(self.number)


def add_participation(
    facts: Facts, committee: str, role: str, kind: str, agent: str, record: str
) -> None:
    """Add the participation of an agent in a committee, as a node of class ``kind``."""
    iri = iris.membership(committee, role, agent)
    facts.kind(iri, kind)
    facts.link(iri, "std:agent", agent)
    facts.link(iri, "std:in", committee)
    facts.concept(iri, "std:role", f"role:{role}")
    facts.link(iri, "prov:wasDerivedFrom", record)


def describe_participants(participants: Iterable[Participant], facts: Facts) -> None:
    """Describe each participant once, citing the first record that names it.

    Further names of the same number become alternative labels.
    """
    names: dict[str, list[str]] = {}
    kinds: set[tuple[str, str]] = set()
    for participant in participants:
        if (participant.number, participant.kind) not in kinds:
            kinds.add((participant.number, participant.kind))
            facts.kind(participant.iri, participant.kind)
        known = names.get(participant.number)
        if known is None:
            facts.text(participant.iri, "std:isoOrganizationId", participant.number)
            facts.link(participant.iri, "prov:wasDerivedFrom", participant.record)
            known = names.setdefault(participant.number, [])
        if participant.name and participant.name not in known:
            known.append(participant.name)
    for number, known_names in names.items():
        iri = iris.iso_organization(number)
        first, *others = known_names or [f"ISO organization {number}"]
        facts.text(iri, "skos:prefLabel", first)
        for other in others:
            facts.text(iri, "skos:altLabel", other)
