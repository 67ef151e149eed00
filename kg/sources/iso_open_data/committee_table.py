"""Collect the rows of the table of committees, and resolve the hierarchy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.identifiers import committees, iris
from kg.sources.iso_open_data.rows import SourceRow, quoted
from kg.sources.record_batch import RecordError

_OBJECTS: Final = (
    "secretariat",
    "pMembers",
    "oMembers",
    "committeeLiaisons",
    "organizationLiaisons",
)


@dataclass(frozen=True)
class CommitteeReference:
    """The IRI and the name of a committee."""

    iri: str
    name: str


def committee_of_reference(reference: str) -> CommitteeReference:
    """Return the committee of a reference such as ``ISO/TC 321``; a group if it is unparsable."""
    parsed = committees.parse(reference)
    if parsed is not None:
        return CommitteeReference(iris.committee(parsed), str(parsed))
    owner, _, rest = reference.partition("/")
    return CommitteeReference(iris.group(owner, rest or reference), reference)


def committee_of_number(number: str) -> CommitteeReference:
    """Return a committee that is known only by its id."""
    return CommitteeReference(iris.iso_committee(number), f"ISO committee {number}")


@dataclass
class CommitteeTable:
    """Rows and parent ids, by committee id.

    ``inferred`` are the ids of committees with a parent that only the parent's row states;
    ``disputed`` counts children with another parent in their own row.
    """

    rows: dict[str, SourceRow] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    inferred: set[str] = field(default_factory=set)
    disputed: int = 0
    _references: dict[str, int] = field(default_factory=dict)
    _children: dict[str, list[str]] = field(default_factory=dict)

    def add(self, row: SourceRow) -> None:
        """Add a row; RecordError for a missing or duplicate id or reference, or malformed lists."""
        number, reference = row.number("id"), row.text("reference")
        if not number or not reference:
            raise RecordError("no identifier", "a row needs an id and a reference: add them")
        if number in self.rows:
            line = self.rows[number].line
            raise RecordError("duplicate id", f"the id {number} is also in line {line}: remove one")
        iri = committee_of_reference(reference).iri
        if iri in self._references:
            detail = f"{quoted(reference)} is also in line {self._references[iri]}: remove one"
            raise RecordError("duplicate reference", detail)
        for name in _OBJECTS:
            if row.values.get(name):
                raise RecordError("unreadable value", f"{name} is not a list of objects with an id")
        parent, children = row.number("parentId"), row.numbers("childrenId")
        self.rows[number], self._references[iri] = row, row.line
        self.parents[number], self._children[number] = parent, children

    def resolve_parents(self) -> None:
        """Set the parent of each committee from its own row, or else from the parent's row."""
        for number, children in self._children.items():
            for child in children:
                own = self.parents.setdefault(child, number)
                if not own:
                    self.parents[child] = number
                    self.inferred.add(child)
                elif own != number:
                    self.disputed += 1

    def committee(self, number: str) -> CommitteeReference | None:
        """Return the committee with an id; None if it has no row."""
        row = self.rows.get(number)
        return committee_of_reference(row.text("reference")) if row else None

    def children_without_row(self, number: str) -> list[CommitteeReference]:
        """Return the children of a committee that are known only by their ids."""
        return [
            committee_of_number(child) for child in self._children[number] if child not in self.rows
        ]

    def inferred_children(self, number: str) -> list[CommitteeReference]:
        """Return the children of a committee whose own rows don't give a parent."""
        return [
            committee_of_reference(self.rows[child].text("reference"))
            for child in self._children[number]
            if child in self.inferred and child in self.rows and self.parents[child] == number
        ]
