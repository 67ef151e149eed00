"""Intermediate records between a view's query and its edges."""

from __future__ import annotations

from typing import NamedTuple


class ViewRow(NamedTuple):
    """A row of a view's answer, all IRIs; ``via``, ``role`` and ``claim`` may be empty."""

    source: str
    target: str
    relation: str
    via: str
    role: str
    claim: str


class RawEdge(NamedTuple):
    """An edge before its names and dates are looked up, all IRIs.

    Unlike :class:`kg.network.model.Edge` its relation and role are not compact.
    """

    source: str
    target: str
    relation: str
    via: str
    role: str
    claims: tuple[str, ...]
    planned: bool = False


class EdgeType(NamedTuple):
    """The relation and role (IRIs; the role may be empty) of edges, and whether they are planned.

    Many edges share one type, so the index stores each type once.
    """

    relation: str
    role: str
    planned: bool


class DirectedRelation(NamedTuple):
    """A relation between two nodes, seen from one of them.

    ``relation`` and ``role`` are compact IRIs; the role is empty if the relation does not come
    from a participation.
    """

    outgoing: bool
    relation: str
    role: str
    planned: bool
