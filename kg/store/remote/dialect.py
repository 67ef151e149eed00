"""What engines do differently, in one place.

- Whether the default graph of a query is the union of all graphs, and what makes it so.
- System graphs, which are no data.
- Values that an engine returns in another form, or can't hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.common.namespaces import BASE
from kg.store import Term

_Value: TypeAlias = Term | ox.Triple | None
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN: Final = _XSD + "boolean"
_TRUTH: Final = {"1": "true", "0": "false"}
_ESCAPED: Final = BASE + "datatype/"
"""Before the name of a datatype of XML Schema that an engine would change."""

_VIRTUOSO_GRAPHS: Final = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.openlinksw.com/schemas/oplweb#",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "http://localuriqaserver/sparql",
    "http://localhost:8890/DAV/",
    "http://localhost:8890/sparql",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "urn:rules.skos",
    "urn:virtuoso:val:acl:schema",
)
_VIRTUOSO_CHANGES: Final = frozenset(
    _XSD + name for name in ("duration", "dayTimeDuration", "yearMonthDuration")
)

UNIONS: Final[tuple[tuple[tuple[str, str], ...], ...]] = (
    (),
    (("union-default-graph", "true"),),
    (("default-graph-uri", "urn:x-arq:UnionGraph"),),
    (("default-graph-uri", "tag:stardog:api:context:all"),),
)
"""Fields of a request that make the default graph the union of all: of none, Oxigraph, Fuseki,
Stardog."""


@dataclass(frozen=True)
class Dialect:
    """How one endpoint is asked, and how its answers are read.

    ``union`` are fields of a request that make the default graph the union. ``system_graphs`` hold
    no data. ``tells_limit`` is true for an engine that returns all rows, or says in a header if it
    does not. ``can_join`` is true for an engine that is known to answer all queries correctly;
    others are asked for the statements of single patterns. ``changed`` are datatypes whose values
    it would change, and ``batch`` is the number of statements that it takes in one update.
    """

    name: str = ""
    union: tuple[tuple[str, str], ...] = ()
    system_graphs: frozenset[str] = frozenset()
    tells_limit: bool = False
    can_join: bool = False
    changed: frozenset[str] = frozenset()
    batch: int = 20_000

    def without_system_graphs(self, variable: str = "?g") -> str:
        """Return a condition on the name of a graph; empty if all graphs are data."""
        names = ", ".join(f"<{name}>" for name in sorted(self.system_graphs))
        return f" FILTER({variable} NOT IN ({names}))" if names else ""

    @property
    def has_default_graph(self) -> bool:
        """Whether the default graph can be asked apart from the union."""
        return bool(self.union)

    def escape(self, term: Term) -> Term:
        """Return a term in the form in which it is stored."""
        if isinstance(term, ox.Literal) and term.datatype.value in self.changed:
            name = term.datatype.value.removeprefix(_XSD)
            return ox.Literal(term.value, datatype=ox.NamedNode(_ESCAPED + name))
        return term


def canonical(term: _Value) -> _Value:
    """Return a term in the form that the embedded engine gives it."""
    if not isinstance(term, ox.Literal):
        return term
    if (language := term.language) is not None:
        lower = language.lower()
        return term if lower == language else ox.Literal(term.value, language=lower)
    datatype = term.datatype.value
    if datatype == _BOOLEAN and term.value in _TRUTH:
        return ox.Literal(_TRUTH[term.value], datatype=term.datatype)
    if datatype.startswith(_ESCAPED):
        name = datatype.removeprefix(_ESCAPED)
        return ox.Literal(term.value, datatype=ox.NamedNode(_XSD + name))
    return term


def recognize(headers: Mapping[str, str]) -> Dialect:
    """Return what is known of an engine that names itself in its answers."""
    server = headers.get("server", "").lower()
    if "virtuoso" in server:
        return Dialect(
            "Virtuoso",
            tells_limit=True,
            system_graphs=frozenset(_VIRTUOSO_GRAPHS),
            changed=_VIRTUOSO_CHANGES,
            batch=2000,
        )
    if "oxigraph" in server:
        return Dialect("Oxigraph", union=UNIONS[1], tells_limit=True, can_join=True)
    if "fuseki" in server:
        return Dialect("Fuseki", union=UNIONS[2], tells_limit=True, can_join=True)
    return Dialect()
