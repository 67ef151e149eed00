"""ISO's technical committees (``iso_technical_committees``, .csv and .jsonl) -> triples.

One row is one committee: what it is under, who holds its secretariat, who are its members, with
whom it keeps liaisons. Fields follow https://www.iso.org/open-data.html.
"""

from __future__ import annotations

from typing import Final

from kg.identifiers import committees, iris
from kg.sources.iso_open_data import rows
from kg.sources.iso_open_data.committee_table import Committee, Table, named, numbered
from kg.sources.iso_open_data.paired_lists import paired
from kg.sources.iso_open_data.participants import (
    MEMBER,
    ORGANIZATION,
    Agent,
    introduced,
    participation,
)
from kg.sources.iso_open_data.row_triples import Facts
from kg.sources.iso_open_data.rows import Row, RowError
from kg.sources.record_batch import Batch, Options, Reject
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
"""``sortKey`` is the reference again, its numbers filled with zeros: nothing is made of it."""

_STATES: Final = {
    "active": "state:running",
    "suspended": "state:standby",
    "standby": "state:standby",
    "stand by": "state:standby",
    "disbanded": "state:disbanded",
}
_MEMBERS: Final = {"pMembers": "p-member", "oMembers": "o-member"}
_NUMBERED: Final = {"54998": "ISO/CASCO"}
"""Committees that liaisons name by number only, whose page at ISO says who they are."""


def convert(path: str, data: bytes, options: Options) -> Batch:
    """The committees of a table as triples, and an account of every row.

    ``path`` names the table and tells its form by its ending, .csv or .jsonl. Raises KgError where
    the table as a whole can't be read.
    """
    batch, table = Batch(), Table()
    for row in rows.read(path, data, _LISTS, ("id", "reference")):
        batch.records += 1
        if isinstance(row, Reject):
            batch.rejects.append(row)
            continue
        try:
            table.enter(row)
        except RowError as error:
            batch.rejects.append(rows.reject(path, row, error))
        batch.unknown.update(name for name in row.values if name not in _KNOWN)
    table.settle()
    if table.disputed:
        batch.unknown["childrenId of another parent"] = table.disputed
    agents: list[Agent] = []
    said: set[str] = set()
    for number, row in table.rows.items():
        account = Batch()
        description = _Description(number, row, table, account, options.slug, said)
        try:
            description.write()
        except RowError as error:
            batch.rejects.append(rows.reject(path, row, error))
            continue
        batch.lines += ntriples.serialize(description.facts.triples)
        agents += description.agents
        said |= description.facts.saying
        batch.mendings += account.mendings
        batch.unknown += account.unknown
    facts = Facts()
    introduced(agents, facts)
    batch.lines += ntriples.serialize(facts.triples)
    batch.rejects.sort(key=rows.line_of)
    return batch


class _Description:
    """What a row says of its committee, as facts, and who takes part in it."""

    def __init__(
        self, number: str, row: Row, table: Table, account: Batch, slug: str, said: set[str]
    ) -> None:
        self.number, self.row, self.table, self.account = number, row, table, account
        self.this = named(row.text("reference"))
        self.record = iris.record(slug, number)
        self.facts = Facts(said=said)
        self.agents: list[Agent] = []

    def write(self) -> None:
        """Gather the facts. RowError for a row that can't be read."""
        facts, row, this = self.facts, self.row, self.this
        facts.kind(this.iri, "std:TechnicalCommittee")
        facts.named(this.iri, this.name)
        if row.text("reference") != this.name:
            facts.text(this.iri, "skos:altLabel", row.text("reference"))
        facts.link(this.iri, "prov:wasDerivedFrom", self.record)
        facts.link(this.iri, "schema:url", f"https://www.iso.org/committee/{self.number}.html")
        for language in ("en", "fr"):
            facts.prose(this.iri, "dcterms:title", row.text(f"title.{language}"), language)
            facts.prose(this.iri, "dcterms:description", row.text(f"scope.{language}"), language)
        facts.date(this.iri, "std:start", row.text("creationDate"))
        self._write_state()
        self._write_place()
        self._write_people()
        for each, name in self._pairs("committeeLiaisons", "reference"):
            self._join("std:liaison", self.table.committee(each) or self._outside(each, name))

    def _write_state(self) -> None:
        status = self.row.text("status")
        state = _STATES.get(status.casefold())
        if state:
            self.facts.concept(self.this.iri, "std:state", state)
        elif status:
            self.account.unknown[f"status={status}"] += 1

    def _write_place(self) -> None:
        """What it is part of, another committee or the bodies whose it is, and what is under it."""
        facts, this, table = self.facts, self.this, self.table
        for child in table.children_without_row(self.number):
            facts.link(child.iri, "std:partOf", this.iri)
            facts.named(child.iri, child.name)
        reference = self.row.text("reference")
        parsed = committees.parse(reference)
        above = table.committee(table.parents[self.number])
        if self.number in table.mended:
            self._mend("parent-from-children")
        if above is None and parsed is not None and parsed.parent is not None:
            above = named(str(parsed.parent))
        if above is not None:
            self._join("std:partOf", above)
            return
        for owner in parsed.owners if parsed else (reference.partition("/")[0],):
            self._join("std:partOf", Committee(iris.body(owner), owner))

    def _write_people(self) -> None:
        row = self.row
        if secretary := row.number("secretariat.id"):
            acronym = row.text("secretariat.acronym")
            self._take_part("secretariat", "std:Secretariat", secretary, acronym)
        for list_, role in _MEMBERS.items():
            for each, name in self._pairs(list_, "acronym"):
                self._take_part(role, "std:Membership", each, name)
        for each, name in self._pairs("organizationLiaisons", "acronym"):
            self.agents.append(Agent(each, name, ORGANIZATION, self.record))
            self.facts.link(self.this.iri, "std:liaison", self.agents[-1].iri)

    def _take_part(self, role: str, kind: str, number: str, name: str) -> None:
        agent = Agent(number, name, MEMBER, self.record)
        self.agents.append(agent)
        participation(self.facts, self.this.iri, role, kind, agent.iri, self.record)

    def _pairs(self, list_: str, field: str) -> list[tuple[str, str]]:
        """Ids and names of a list."""
        ids, parts = self.row.numbers(f"{list_}.id"), self.row.texts(f"{list_}.{field}")
        if not ids and any(parts):
            raise RowError("unreadable value", f"{list_} gives names without ids: add the ids")
        pairs, how = paired(ids, parts)
        if how:
            self._mend(f"names-{how}")
        return pairs

    def _outside(self, number: str, reference: str) -> Committee:
        """A committee that has no row: known by its reference, or by its number only."""
        if reference:
            return named(reference)
        if number in _NUMBERED:
            self._mend("committee-from-number")
            return named(_NUMBERED[number])
        self.account.unknown["committeeLiaisons.id without row or reference"] += 1
        return numbered(number)

    def _join(self, property_: str, target: Committee) -> None:
        self.facts.link(self.this.iri, property_, target.iri)
        self.facts.named(target.iri, target.name)

    def _mend(self, code: str) -> None:
        """Say of the committee, and count, that its row was mended."""
        self.account.mendings[code] += 1
        self.facts.concept(self.this.iri, "std:mended", f"mending:{code}")
