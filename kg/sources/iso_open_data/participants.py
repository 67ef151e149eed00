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


def describe_participants(participants: Iterable[Participant]) -> dict[str, Facts]:
    """Return the facts about participants, by the record that states them.

    Each participant is described once, by the first record that names it, and by those that add a
    class or a name. Further names of the same number become alternative labels.
    """
    described: dict[str, Facts] = {}
    names: dict[str, list[str]] = {}
    first_record: dict[str, str] = {}
    kinds: set[tuple[str, str]] = set()
    for participant in participants:
        iri, number, name = participant.iri, participant.number, participant.name
        known = names.setdefault(number, [])
        new_name = bool(name) and name not in known
        if (number, participant.kind) in kinds and not new_name:
            continue
        first_record.setdefault(number, participant.record)
        facts = described.setdefault(participant.record, Facts())
        facts.text(iri, "std:isoOrganizationId", number)
        facts.link(iri, "prov:wasDerivedFrom", participant.record)
        if (number, participant.kind) not in kinds:
            kinds.add((number, participant.kind))
            facts.kind(iri, participant.kind)
        if new_name:
            facts.text(iri, "skos:altLabel" if known else "skos:prefLabel", name)
            known.append(name)
    for number, known in names.items():
        if not known:
            facts = described[first_record[number]]
            facts.text(
                iris.iso_organization(number), "skos:prefLabel", f"ISO organization {number}"
            )
    return described
