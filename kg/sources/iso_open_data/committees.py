"""ISO's technical committees (``iso_technical_committees``, .csv and .jsonl) -> triples.

One row is one committee: what it is under, who holds its secretariat, who are its members, with
whom it keeps liaisons. Fields follow https://www.iso.org/open-data.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.identifiers import committees, iris
from kg.sources.batch import Batch, Options, Reject
from kg.sources.iso_open_data import rows
from kg.sources.iso_open_data.agents import (
    MEMBER,
    ORGANIZATION,
    Agent,
    introduced,
    participation,
)
from kg.sources.iso_open_data.facts import Facts
from kg.sources.iso_open_data.pairs import paired
from kg.sources.iso_open_data.rows import Row, RowError, shown

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


@dataclass(frozen=True)
class _Committee:
    """A committee as it is called, and where it stands in the graph."""

    iri: str
    name: str


@dataclass
class _Table:
    """All rows, and what they say of one another."""

    rows: dict[str, Row] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def committee(self, number: str) -> _Committee | None:
        """The committee of an id; None if it has no row."""
        row = self.rows.get(number)
        return _named(row.text("reference")) if row else None


def convert(path: str, data: bytes, options: Options) -> Batch:
    """The committees of a table as triples, and an account of every row.

    ``path`` names the table and tells its form by its ending, .csv or .jsonl. Raises KgError where
    the table as a whole can't be read.
    """
    batch = Batch()
    table = _Table()
    references: dict[str, Row] = {}
    for row in rows.read(path, data, _LISTS, ("id", "reference")):
        batch.records += 1
        if isinstance(row, Reject):
            batch.rejects.append(row)
            continue
        try:
            _enter(row, table, references)
        except RowError as error:
            batch.rejects.append(_reject(path, row, error))
        batch.unknown.update(name for name in row.values if name not in _KNOWN)
    _read_parents(table, batch)
    agents: list[Agent] = []
    named: set[str] = set()
    for number, row in table.rows.items():
        facts, counts = Facts(said=named), Batch()
        try:
            agents += _describe(number, row, table, counts, facts, options.slug)
        except RowError as error:
            batch.rejects.append(_reject(path, row, error))
        else:
            batch.triples += facts.triples
            named |= facts.naming
            batch.mendings += counts.mendings
            batch.unknown += counts.unknown
    facts = Facts()
    introduced(agents, facts)
    batch.triples += facts.triples
    return batch


def _reject(path: str, row: Row, error: RowError) -> Reject:
    value = row.values.get("reference", "")
    name = value if isinstance(value, str) else ""
    said = f" ({name})" if name else ""
    place = f"{path}:{row.line}"
    return Reject(name, place, error.reason, f"{place}: {error}{said}")


def _enter(row: Row, table: _Table, references: dict[str, Row]) -> None:
    """Take a row into the table. RowError for one that has no name of its own."""
    number, reference = row.number("id"), row.text("reference")
    if not number or not reference:
        raise RowError("no identifier", "a row needs an id and a reference: add them")
    if number in table.rows:
        line = table.rows[number].line
        raise RowError("duplicate id", f"the id {number} stands in line {line} too: leave one")
    iri = _named(reference).iri
    if iri in references:
        line = references[iri].line
        detail = f"the committee {shown(reference)} stands in line {line} too: leave one"
        raise RowError("duplicate reference", detail)
    pairs = [*_whole_pairs(row, "pMembers", "acronym"), *_whole_pairs(row, "oMembers", "acronym")]
    pairs += _whole_pairs(row, "organizationLiaisons", "acronym")
    table.rows[number] = row
    references[iri] = row
    for each, name in pairs:
        if name:
            table.names.setdefault(each, name)


def _whole_pairs(row: Row, list_: str, name: str) -> Iterator[tuple[str, str]]:
    ids, names = row.numbers(f"{list_}.id"), row.texts(f"{list_}.{name}")
    if len(ids) == len(names):
        yield from zip(ids, names, strict=True)


def _read_parents(table: _Table, batch: Batch) -> None:
    """The parent of each committee: its own word first, else that of the row that lists it."""
    for number, row in table.rows.items():
        table.parents[number] = row.text("parentId")
    for number, row in table.rows.items():
        for child in row.texts("childrenId"):
            own = table.parents.get(child, "")
            if not own:
                table.parents[child] = number
                if child in table.rows:
                    batch.mendings["parent-from-children"] += 1
            elif own != number:
                batch.unknown["childrenId of another parent"] += 1


def _named(reference: str) -> _Committee:
    """What a reference names; a group where no committee can be read from it."""
    parsed = committees.parse(reference)
    if parsed is not None:
        return _Committee(iris.committee(parsed), str(parsed))
    owner, _, rest = reference.partition("/")
    return _Committee(iris.group(owner, rest or reference), reference)


def _describe(
    number: str,
    row: Row,
    table: _Table,
    batch: Batch,
    facts: Facts,
    slug: str,
) -> list[Agent]:
    """Say what a row says of its committee; who takes part in it is returned."""
    this = _named(row.text("reference"))
    record = iris.record(slug, number)
    facts.kind(this.iri, "std:TechnicalCommittee")
    facts.named(this.iri, this.name)
    if row.text("reference") != this.name:
        facts.text(this.iri, "skos:altLabel", row.text("reference"))
    facts.link(this.iri, "prov:wasDerivedFrom", record)
    facts.link(this.iri, "schema:url", f"https://www.iso.org/committee/{number}.html")
    for language in ("en", "fr"):
        facts.prose(this.iri, "dcterms:title", row.text(f"title.{language}"), language)
        facts.prose(this.iri, "dcterms:description", row.text(f"scope.{language}"), language)
    facts.date(this.iri, "std:start", row.text("creationDate"))
    state = _STATES.get(row.text("status").casefold())
    if state:
        facts.concept(this.iri, "std:state", state)
    elif row.text("status"):
        batch.unknown[f"status={row.text('status')}"] += 1
    _place(this, number, row, table, facts)
    _add_children_without_row(this, row, table, facts)
    agents: list[Agent] = []

    def take_part(role: str, kind: str, each: str, name: str) -> None:
        agents.append(Agent(each, name, MEMBER, record))
        participation(facts, this.iri, role, kind, agents[-1].iri, record)

    if secretary := row.number("secretariat.id"):
        take_part("secretariat", "std:Secretariat", secretary, row.text("secretariat.acronym"))
    for list_, role in _MEMBERS.items():
        for each, name in _pairs(row, list_, "acronym", table.names, batch):
            take_part(role, "std:Membership", each, name)
    for each, name in _pairs(row, "organizationLiaisons", "acronym", table.names, batch):
        agents.append(Agent(each, name, ORGANIZATION, record))
        facts.link(this.iri, "std:liaison", agents[-1].iri)
    for each, name in _pairs(row, "committeeLiaisons", "reference", {}, batch):
        target = table.committee(each) or _outside(each, name, batch)
        facts.link(this.iri, "std:liaison", target.iri)
        facts.named(target.iri, target.name)
    return agents


def _place(this: _Committee, number: str, row: Row, table: _Table, facts: Facts) -> None:
    """What a committee is part of: another committee, or the bodies whose it is."""
    parent = table.parents.get(number, "")
    parsed = committees.parse(row.text("reference"))
    above = table.committee(parent) if parent else None
    if above is None and parsed is not None and parsed.parent is not None:
        above = _named(str(parsed.parent))
    if above is not None:
        facts.link(this.iri, "std:partOf", above.iri)
        facts.named(above.iri, above.name)
        return
    for owner in parsed.owners if parsed else (row.text("reference").partition("/")[0],):
        facts.link(this.iri, "std:partOf", iris.body(owner))
        facts.named(iris.body(owner), owner)


def _add_children_without_row(this: _Committee, row: Row, table: _Table, facts: Facts) -> None:
    for child in row.numbers("childrenId"):
        if child not in table.rows:
            unlisted = _unlisted(child)
            facts.link(unlisted.iri, "std:partOf", this.iri)
            facts.named(unlisted.iri, unlisted.name)


def _outside(number: str, reference: str, batch: Batch) -> _Committee:
    """A committee that has no row: known by its reference, or by its number only."""
    if reference:
        return _named(reference)
    if number in _NUMBERED:
        batch.mendings["committee-named-by-number"] += 1
        return _named(_NUMBERED[number])
    batch.unknown["committeeLiaisons.id without row or reference"] += 1
    return _unlisted(number)


def _unlisted(number: str) -> _Committee:
    return _Committee(iris.iso_committee(number), f"ISO committee {number}")


def _pairs(
    row: Row, list_: str, field_: str, elsewhere: Mapping[str, str], batch: Batch
) -> list[tuple[str, str]]:
    """Ids and names of a list."""
    ids, parts = row.numbers(f"{list_}.id"), row.texts(f"{list_}.{field_}")
    if not ids and any(parts):
        raise RowError("unreadable value", f"{list_} gives names without ids: add the ids")
    pairs, how = paired(ids, parts, elsewhere)
    if how:
        batch.mendings[f"names-{how}"] += 1
    return pairs
