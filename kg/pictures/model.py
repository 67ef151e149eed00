"""What a picture of dates or figures holds, and the table that stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.headers import Text
from kg.proofs import Proof


@dataclass(frozen=True)
class Cell:
    """A cell of the table in both languages; ``iri`` is set where it names a thing."""

    text: Text
    iri: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the table, and the evidence on which it stands."""

    cells: tuple[Cell, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Picture:
    """A drawn view: its SVG by language (``en``, ``zh``), and the same as a table."""

    title: Text
    description: Text
    svg: Mapping[str, str]
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]
