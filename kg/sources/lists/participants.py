"""Who issues and drafts a document, and who is responsible for it."""

from __future__ import annotations

from collections import Counter

from kg.identifiers import iris
from kg.sources.documents.statements import DocumentStatements
from kg.sources.lists import contents, organizations
from kg.sources.lists.row_cells import RowCells
from kg.sources.rdf_terms import node, term
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_ROLES = {"body": "issuer", "drafters": "drafter"}


def add_participants(
    statements: DocumentStatements, cells: RowCells, record: EncodedTerm, counts: Counter[str]
) -> None:
    """Add issuers, drafters, the competent authority and the committee.

    ``counts`` receives how committees are named.
    """
    for role, part in _ROLES.items():
        for column, text in cells.of(role):
            for name in contents.names_of(text, column.separator):
                agent = organizations.organization(name)
                statements.lines += cells.introduce(agent)
                _add_participation(statements, part, agent[0], record)
    for column, text in cells.of("authority"):
        for name in contents.names_of(text, column.separator):
            agent = organizations.organization(name)
            statements.add("std:competentAuthority", agent[0])
            statements.lines += cells.introduce(agent)
    for column, text in cells.of("committee"):
        for name in contents.names_of(text, column.separator):
            named = organizations.committee(name)
            committee = named[0]
            statements.add("std:committee", committee)
            statements.lines += cells.introduce(named)
            counts["list: by " + ("number" if "/tc/" in committee else "name")] += 1


def _add_participation(
    statements: DocumentStatements, role: str, agent: EncodedTerm, record: EncodedTerm
) -> None:
    iri = iris.membership(statements.this.iri, role, agent[1:-1])
    subject = node(iri)
    for property_, value in (
        ("rdf:type", term("std:Participation")),
        ("std:agent", agent),
        ("std:in", statements.this.node),
        ("std:role", term(f"role:{role}")),
        ("prov:wasDerivedFrom", record),
    ):
        statements.lines.append(ntriples.encode_triple(subject, term(property_), value))
