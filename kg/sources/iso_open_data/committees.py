"""Convert ISO's technical committees (``iso_technical_committees``, .csv and .jsonl).

A row holds a committee with its parent, secretariat, members and liaisons. Fields follow
https://www.iso.org/open-data.html.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.identifiers import committees, iris
from kg.sources.iso_open_data import rows
from kg.sources.iso_open_data.committee_table import (
    CommitteeReference,
    CommitteeTable,
    committee_of_number,
    committee_of_reference,
)
from kg.sources.iso_open_data.paired_lists import pair_names
from kg.sources.iso_open_data.participants import (
    MEMBER,
    ORGANIZATION,
    Participant,
    add_participation,
    describe_participants,
)
from kg.sources.iso_open_data.row_triples import Facts
from kg.sources.iso_open_data.rows import SourceRow
from kg.sources.record_batch import Batch, Options, RecordError, Reject
from kg.store import ntriples

_LISTS: Final = {
    "childrenId",
    "pMembers",
    "pMembers.id",
    "pMembers.acronym",
    "oMembers",
    "oMembers.id",
    "oMembers.acronym",
    "committeeLiaisons",
    "committeeLiaisons.id",
    "committeeLiaisons.reference",
    "organizationLiaisons",
    "organizationLiaisons.id",
    "organizationLiaisons.acronym",
}
_KNOWN: Final = _LISTS | {
    "id",
    "reference",
    "status",
    "title.en",
    "title.fr",
    "secretariat",
    "secretariat.id",
    "secretariat.acronym",
    "creationDate",
    "scope.en",
    "scope.fr",
    "parentId",
    "sortKey",
}
"""Known fields; ``sortKey``, the reference with zero-padded numbers, is ignored."""

_STATES: Final = {
    "active": "state:running",
    "suspended": "state:standby",
    "standby": "state:standby",
    "stand by": "state:standby",
    "disbanded": "state:disbanded",
}
_MEMBERS: Final = {"pMembers": "p-member", "oMembers": "o-member"}
_NUMBERED: Final = {"54998": "ISO/CASCO"}
"""Committees that liaisons name only by id, with the names on ISO's web pages."""


def convert(path: str, data: bytes, options: Options) -> Batch:
    """Convert a table of committees; ``path`` ends in .csv or .jsonl.

    Raises SourceError if the table as a whole can't be read.
    """
    batch, table = Batch(), CommitteeTable()
    for row in rows.read_rows(path, data, _LISTS, ("id", "reference")):
        batch.records += 1
        if isinstance(row, Reject):
            batch.rejects.append(row)
            continue
        try:
            table.add(row)
        except RecordError as error:
            batch.rejects.append(rows.reject_row(path, row, error))
        batch.unknown.update(name for name in row.values if name not in _KNOWN)
    table.resolve_parents()
    if table.disputed:
        batch.unknown["childrenId of another parent"] = table.disputed
    participants: list[Participant] = []
    triples: dict[str, list[ox.Triple]] = {}
    known: set[str] = set()
    for number, row in table.rows.items():
        counts = Batch()
        description = _Description(number, row, table, counts, options.slug, known)
        try:
            description.write()
        except RecordError as error:
            batch.rejects.append(rows.reject_row(path, row, error))
            continue
        triples[description.record] = description.facts.triples
        participants += description.participants
        known |= description.facts.added
        batch.repairs += counts.repairs
        batch.unknown += counts.unknown
    for record, facts in describe_participants(participants).items():
        triples[record] += facts.triples
    for record, stated in triples.items():
        batch.add_record(record, ntriples.serialize(stated))
    batch.rejects.sort(key=rows.reject_line)
    return batch


class _Description:
    """Collects the facts and participants of a row."""

    def __init__(
        self,
        number: str,
        row: SourceRow,
        table: CommitteeTable,
        counts: Batch,
        slug: str,
        known: set[str],
    ) -> None:
        self.number, self.row, self.table, self.counts = number, row, table, counts
        self.this = committee_of_reference(row.text("reference"))
        self.record = iris.record(slug, number)
        self.facts = Facts(known=known)
        self.participants: list[Participant] = []

    def write(self) -> None:
        """Collect the facts; RecordError for an invalid row."""
        facts, row, this = self.facts, self.row, self.this
        facts.kind(this.iri, "std:TechnicalCommittee")
        facts.name(this.iri, this.name)
        if row.text("reference") != this.name:
            facts.text(this.iri, "skos:altLabel", row.text("reference"))
        facts.link(this.iri, "prov:wasDerivedFrom", self.record)
        facts.link(this.iri, "schema:url", f"https://www.iso.org/committee/{self.number}.html")
        for language in ("en", "fr"):
            facts.prose(this.iri, "dcterms:title", row.text(f"title.{language}"), language)
            facts.prose(this.iri, "dcterms:description", row.text(f"scope.{language}"), language)
        facts.date(this.iri, "std:start", row.text("creationDate"))
        self._write_state()
        self._write_hierarchy()
        self._write_participants()
        for number, name in self._pairs("committeeLiaisons", "reference"):
            liaison = self.table.committee(number) or self._liaison_without_row(number, name)
            self._link("std:liaison", liaison)

    def _write_state(self) -> None:
        status = self.row.text("status")
        state = _STATES.get(status.casefold())
        if state:
            self.facts.concept(self.this.iri, "std:state", state)
        elif status:
            self.counts.unknown[f"status={status}"] += 1

    def _write_hierarchy(self) -> None:
        """Add the parent, a committee or the owning bodies, and children without a row."""
        facts, this, table = self.facts, self.this, self.table
        for child in table.children_without_row(self.number):
            facts.link(child.iri, "std:partOf", this.iri)
            facts.name(child.iri, child.name)
        for child in table.inferred_children(self.number):
            facts.link(child.iri, "std:partOf", this.iri)
        reference = self.row.text("reference")
        parsed = committees.parse(reference)
        parent = table.committee(table.parents[self.number])
        if self.number in table.inferred:
            # The parent's row says so.
            self._repair("parent-from-children")
            return
        if parent is None and parsed is not None and parsed.parent is not None:
            parent = committee_of_reference(str(parsed.parent))
        if parent is not None:
            self._link("std:partOf", parent)
            return
        for owner in parsed.owners if parsed else (reference.partition("/")[0],):
            self._link("std:partOf", CommitteeReference(iris.body(owner), owner))

    def _write_participants(self) -> None:
        row = self.row
        if secretary := row.number("secretariat.id"):
            acronym = row.text("secretariat.acronym")
            self._participate("secretariat", "std:Secretariat", secretary, acronym)
        for list_, role in _MEMBERS.items():
            for number, name in self._pairs(list_, "acronym"):
                self._participate(role, "std:Membership", number, name)
        for number, name in self._pairs("organizationLiaisons", "acronym"):
            self.participants.append(Participant(number, name, ORGANIZATION, self.record))
            self.facts.link(self.this.iri, "std:liaison", self.participants[-1].iri)

    def _participate(self, role: str, kind: str, number: str, name: str) -> None:
        participant = Participant(number, name, MEMBER, self.record)
        self.participants.append(participant)
        add_participation(self.facts, self.this.iri, role, kind, participant.iri, self.record)

    def _pairs(self, list_: str, field: str) -> list[tuple[str, str]]:
        """Return pairs of id and name from a list."""
        ids, names = self.row.numbers(f"{list_}.id"), self.row.texts(f"{list_}.{field}")
        if not ids and any(names):
            raise RecordError("unreadable value", f"{list_} gives names without ids: add the ids")
        pairs, repair = pair_names(ids, names)
        if repair:
            self._repair(f"names-{repair}")
        return pairs

    def _liaison_without_row(self, number: str, reference: str) -> CommitteeReference:
        """Return a committee without a row, from its reference or else its id."""
        if reference:
            return committee_of_reference(reference)
        if number in _NUMBERED:
            self._repair("committee-from-number")
            return committee_of_reference(_NUMBERED[number])
        self.counts.unknown["committeeLiaisons.id without row or reference"] += 1
        return committee_of_number(number)

    def _link(self, property_: str, target: CommitteeReference) -> None:
        self.facts.link(self.this.iri, property_, target.iri)
        self.facts.name(target.iri, target.name)

    def _repair(self, code: str) -> None:
        """Count a repair of the row, and note it on the committee."""
        self.counts.repairs[code] += 1
        self.facts.concept(self.this.iri, "std:mended", f"mending:{code}")
