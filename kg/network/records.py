"""What the edges of a view say, as small records."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A row of a view's answer, all IRIs; ``via``, ``role`` and ``claim`` may be empty."""

    source: str
    target: str
    relation: str
    via: str
    role: str
    claim: str


class Said(NamedTuple):
    """What an edge says: the IRIs of its relation and its role (or nothing), and if planned."""

    relation: str
    role: str
    planned: bool


class Link(NamedTuple):
    """One relation between two things, seen from one of them: it leads from it (``forth``) or to.

    ``relation`` and ``role`` are compact IRIs, the role empty for what is no participation;
    ``planned`` says that it is only announced.
    """

    forth: bool
    relation: str
    role: str
    planned: bool
