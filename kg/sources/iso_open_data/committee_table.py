"""All rows of the table of committees, and what they say of one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.identifiers import committees, iris
from kg.sources.iso_open_data.rows import Row, RowError, shown

_OBJECTS: Final = (
    "secretariat",
    "pMembers",
    "oMembers",
    "committeeLiaisons",
    "organizationLiaisons",
)


@dataclass(frozen=True)
class Committee:
    """A committee as it is called, and where it stands in the graph."""

    iri: str
    name: str


def named(reference: str) -> Committee:
    """What a reference names; a group where no committee can be read from it."""
    parsed = committees.parse(reference)
    if parsed is not None:
        return Committee(iris.committee(parsed), str(parsed))
    owner, _, rest = reference.partition("/")
    return Committee(iris.group(owner, rest or reference), reference)


def numbered(number: str) -> Committee:
    """A committee of which the number is known only."""
    return Committee(iris.iso_committee(number), f"ISO committee {number}")


@dataclass
class Table:
    """Rows by id, and parents by id.

    ``mended`` are the committees whose parent only the parent's row tells, ``disputed`` counts the
    children that name another parent.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    mended: set[str] = field(default_factory=set)
    disputed: int = 0
    _references: dict[str, int] = field(default_factory=dict)
    _children: dict[str, list[str]] = field(default_factory=dict)

    def enter(self, row: Row) -> None:
        """Take a row in. RowError for one that has no name of its own, or an unexpected form."""
        number, reference = row.number("id"), row.text("reference")
        if not number or not reference:
            raise RowError("no identifier", "a row needs an id and a reference: add them")
        if number in self.rows:
            line = self.rows[number].line
            raise RowError("duplicate id", f"the id {number} stands in line {line} too: leave one")
        iri = named(reference).iri
        if iri in self._references:
            detail = f"{shown(reference)} stands in line {self._references[iri]} too: leave one"
            raise RowError("duplicate reference", detail)
        for name in _OBJECTS:
            if row.values.get(name):
                raise RowError("unreadable value", f"{name} holds no objects with an id")
        parent, children = row.number("parentId"), row.numbers("childrenId")
        self.rows[number], self._references[iri] = row, row.line
        self.parents[number], self._children[number] = parent, children

    def settle(self) -> None:
        """Give each committee its parent: its own word goes first, then its parent's."""
        for number, children in self._children.items():
            for child in children:
                own = self.parents.setdefault(child, number)
                if not own:
                    self.parents[child] = number
                    self.mended.add(child)
                elif own != number:
                    self.disputed += 1

    def committee(self, number: str) -> Committee | None:
        """The committee of an id; None if it has no row."""
        row = self.rows.get(number)
        return named(row.text("reference")) if row else None

    def children_without_row(self, number: str) -> list[Committee]:
        """Those under a committee of which the number is known only."""
        return [numbered(child) for child in self._children[number] if child not in self.rows]
