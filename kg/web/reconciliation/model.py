"""Queries and candidates, the same in all versions of the API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.common.bilingual import Text

LIMIT: Final = 10
"""Default number of candidates."""
MAX_LIMIT: Final = 100
"""Maximum number of candidates of a query, and of suggestions."""


class Strictness(StrEnum):
    """What the types of a query demand of candidates: one of them, all, or that they are better."""

    ANY = "any"
    ALL = "all"
    SHOULD = "should"


class Quantifier(StrEnum):
    """How many of the values of a condition a candidate must have."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


class Qualifier(StrEnum):
    """How values are compared: as their property is, as spelled, or with ``*`` for any text."""

    USUAL = ""
    EXACT = "ExactMatch"
    WILDCARD = "WildcardMatch"


QUALIFIERS: Final = {
    Qualifier.EXACT: Text("the same but for case and punctuation", "除大小写、全半角、标点外相同"),
    Qualifier.WILDCARD: Text("* stands for any text", "*代表任意文字"),
}
"""Names of the qualifiers that can be asked for."""


@dataclass(frozen=True)
class Condition:
    """Values that a property of the candidates should have.

    ``property`` is the property as the client names it, ``values`` are texts or IRIs. A candidate
    that doesn't satisfy a ``required`` condition is left out, another one gets a lower score.
    """

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Quantifier = Quantifier.ANY
    qualifier: Qualifier = Qualifier.USUAL


@dataclass(frozen=True)
class Query:
    """What to find: names, identifiers or references, types and conditions.

    ``texts`` are alternatives; without any, entities are found by the conditions. ``types`` are
    classes, code lists or groups, see :func:`kg.entities.kinds.resolve_kind`.
    """

    texts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    strictness: Strictness = Strictness.ANY
    limit: int = LIMIT
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Feature:
    """A reason for or against a candidate: its identifier, what it means, and its value."""

    id: str
    name: str
    value: bool | float


@dataclass(frozen=True)
class NamedThing:
    """An entity, type or property with its name, and what tells it from namesakes."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class Candidate:
    """An entity that may be meant.

    ``score`` is from 0 to 100; ``match`` tells that nothing else can be meant.
    """

    id: str
    name: str
    description: str
    score: float
    match: bool
    features: tuple[Feature, ...]
    types: tuple[NamedThing, ...]


BY_TYPE: Final = Text("of a type that was asked for", "属于所求类型")
BY_CONDITIONS: Final = Text("the only one that meets all conditions", "唯一满足全部条件者")
OTHER: Final = Text("another document or edition of that name", "同名的其他文件或版次")
BY_SEARCH: Final = Text("found by a part of its name", "由名称的一部分检出")
