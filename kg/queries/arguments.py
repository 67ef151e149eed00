"""Parameters of canned questions, and the terms that arguments for them mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import node
from kg.entities.resolution import resolve
from kg.store import Store, Term


@dataclass(frozen=True)
class Param:
    """A parameter of a question.

    ``kind`` is one of ``KINDS``. ``within`` is the class of an entity, such as ``std:Ballot``, or
    None. ``default`` is written like an argument; an ``optional`` parameter may stay unbound.
    """

    name: str
    kind: str
    description: Text
    within: str | None = None
    default: str | None = None
    optional: bool = False

    def __str__(self) -> str:
        default = f"default {self.default!r}" if self.default is not None else "required"
        return f"{self.name} ({self.kind}, {'optional' if self.optional else default})"


_LITERALS: Final = {
    "text": (r".*", node("xsd:string")),
    "integer": (r"[+-]?[0-9]+", node("xsd:integer")),
    "decimal": (r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)", node("xsd:decimal")),
    "boolean": (r"true|false", node("xsd:boolean")),
    "language": (r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", node("xsd:string")),
}
_DATES: Final = {"date": "xsd:date", "year": "xsd:gYear"}
KINDS: Final = ("entity", *_LITERALS, *_DATES)
"""Kinds of parameters."""


def parse_argument(store: Store, param: Param, value: str) -> Term:
    """Convert an argument to the term that it means.

    Raises ArgumentError if it is malformed, and ResolutionError for a name that is unknown or
    ambiguous.
    """
    if param.kind == "entity":
        try:
            return resolve(store, value, param.within)
        except ResolutionError as error:
            raise ResolutionError(f"parameter {param.name!r}: {error}") from error
    if param.kind in _DATES:
        date = PartialDate.parse_typed(value)
        if date is None or date.datatype != _DATES[param.kind]:
            raise ArgumentError(f"parameter {param.name!r}: {value!r} is not a valid {param.kind}")
        return ox.Literal(str(date), datatype=node(date.datatype))
    pattern, datatype = _LITERALS[param.kind]
    if param.kind != "text":
        value = unicodedata.normalize("NFKC", value).strip().lower()
    if not re.fullmatch(pattern, value, re.DOTALL | re.IGNORECASE):
        raise ArgumentError(f"parameter {param.name!r}: {value!r} is not a valid {param.kind}")
    return ox.Literal(value, datatype=datatype)
