"""Who takes part in ISO's committees: member bodies, and organizations in liaison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.identifiers import iris
from kg.sources.iso_open_data.row_triples import Facts

MEMBER = "std:StandardsBody"
ORGANIZATION = "std:Organization"


@dataclass(frozen=True)
class Agent:
    """Someone as a row names it: number at ISO, name (it may be empty), what it is."""

    number: str
    name: str
    kind: str
    record: str

    @property
    def iri(self) -> str:
        """Where it stands in the graph."""
        return iris.iso_organization(self.number)


def participation(
    facts: Facts, committee: str, role: str, kind: str, agent: str, record: str
) -> None:
    """Say that an agent takes part in a committee in a role."""
    iri = iris.membership(committee, role, agent)
    facts.kind(iri, kind)
    facts.link(iri, "std:agent", agent)
    facts.link(iri, "std:in", committee)
    facts.concept(iri, "std:role", f"role:{role}")
    facts.link(iri, "prov:wasDerivedFrom", record)


def introduced(agents: Iterable[Agent], facts: Facts) -> None:
    """Say who each agent is: once, from the first record that names it.

    Another name of the same number is another name of the same thing.
    """
    names: dict[str, list[str]] = {}
    kinds: set[tuple[str, str]] = set()
    for agent in agents:
        if (agent.number, agent.kind) not in kinds:
            kinds.add((agent.number, agent.kind))
            facts.kind(agent.iri, agent.kind)
        known = names.get(agent.number)
        if known is None:
            facts.text(agent.iri, "std:isoOrganizationId", agent.number)
            facts.link(agent.iri, "prov:wasDerivedFrom", agent.record)
            known = names.setdefault(agent.number, [])
        if agent.name and agent.name not in known:
            known.append(agent.name)
    for number, found in names.items():
        iri = iris.iso_organization(number)
        first, *others = found or [f"ISO organization {number}"]
        facts.text(iri, "skos:prefLabel", first)
        for other in others:
            facts.text(iri, "skos:altLabel", other)
