"""The examples of the shapes, and queries on a shapes graph for their tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from kg.common import resources
from kg.common.namespaces import BASE, PREFIXES, SHAPE
from kg.sources.rdf import reader
from kg.store.embedded import EmbeddedStore
from kg.validation.shacl import SH, Report, Result

HERE: Final = Path(__file__).parent
EXAMPLE: Final = BASE + "example/"


@dataclass(frozen=True)
class Part:
    """A set of shapes, the folder of its examples, and the expected numbers of its elements."""

    name: str
    folder: str
    node_shapes: int
    targets: int
    property_shapes: int
    constraints: int
    alternatives: int

    @property
    def home(self) -> Path:
        return HERE / self.folder

    @property
    def shapes(self) -> Path:
        return resources.ontology() / "shapes" / self.folder


CURATED: Final = Part("curated", "", 57, 76, 189, 464, 76)
CATALOGUES: Final = Part("catalogues", "catalogues", 51, 91, 65, 136, 27)
PARTS: Final = (CURATED, CATALOGUES)

COMPONENTS: Final = {
    "class": "Class",
    "datatype": "Datatype",
    "disjoint": "Disjoint",
    "hasValue": "HasValue",
    "languageIn": "LanguageIn",
    "lessThan": "LessThan",
    "maxCount": "MaxCount",
    "maxLength": "MaxLength",
    "minCount": "MinCount",
    "minInclusive": "MinInclusive",
    "minLength": "MinLength",
    "nodeKind": "NodeKind",
    "not": "Not",
    "or": "Or",
    "pattern": "Pattern",
    "sparql": "SPARQL",
    "uniqueLang": "UniqueLang",
    "xone": "Xone",
}
"""Maps the parameters that the shapes use to their constraint components."""

NO_CONSTRAINTS: Final = {
    "path",
    "property",
    "message",
    "severity",
    "targetClass",
    "targetSubjectsOf",
    "targetObjectsOf",
}

UNAVOIDABLE: Final = {
    # A ballot is an event, and both shapes apply to its date.
    "fail/Ballot/date.MaxCount": ("Event-date", "MaxCount"),
    "fail/Ballot/date.Or": ("Event-date", "Or"),
    "fail/Ballot/date.Or.illformed": ("Event-date", "Or"),
    "fail/Ballot/date.Or.illformed-month": ("Event-date", "Or"),
    "fail/Ballot/date.Or.illformed-year": ("Event-date", "Or"),
    # An empty text has no valid form.
    "fail/ListedDocument/prefLabel.MinLength": ("Designation-form", "Or"),
    # No start from 0 lies before an end below 1.
    "fail/Position/end.MinInclusive": ("Position-start", "LessThan"),
    "fail/UncoveredStretch/end.MinInclusive": ("UncoveredStretch-start", "LessThan"),
}
"""Maps an example to the second constraint that it can't but break."""

Constraint = tuple[str, str]
"""Names of a shape and of a constraint component, such as ``("Ballot-date", "MinCount")``."""


@dataclass(frozen=True)
class Example:
    """A file with its node shape and the constraint that it breaks (None for a good example)."""

    part: Part
    name: str
    shape: str
    breaks: Constraint | None

    @property
    def home(self) -> str:
        return f"{EXAMPLE}{self.name}/"

    @property
    def expected(self) -> set[Constraint]:
        both = {self.breaks, UNAVOIDABLE.get(self.name)}
        return {one for one in both if one is not None}

    def triples(self) -> list[ox.Triple]:
        quads = reader.read_rdf(self.part.home / f"{self.name}.ttl")
        return [ox.Triple(self._iri(q.subject), q.predicate, self._term(q.object)) for q in quads]

    def _term(self, term: object) -> ox.NamedNode | ox.Literal:
        return term if isinstance(term, ox.Literal) else self._iri(term)

    def _iri(self, term: object) -> ox.NamedNode:
        assert isinstance(term, ox.NamedNode), f"{self.name}: {term} is neither IRI nor literal"
        if term.value.startswith(EXAMPLE):
            return ox.NamedNode(self.home + term.value.removeprefix(EXAMPLE))
        return term


def collected(part: Part) -> Iterator[Example]:
    files = (p for kind in ("pass", "fail") for p in (part.home / kind).glob("**/*"))
    for file in sorted(p for p in files if p.is_file()):
        name = file.relative_to(part.home).with_suffix("").as_posix()
        match name.split("/"), file.suffix:
            case ["pass", shape], ".ttl":
                yield Example(part, name, shape, None)
            case ["fail", shape, stem], ".ttl":
                property_, component, *_ = stem.split(".")
                where = shape if property_ == "self" else f"{shape}-{property_}"
                yield Example(part, name, shape, (where, component))
            case _:
                pytest.fail(f"{file} is no example of a shape: rename or remove it")


EXAMPLES: Final = {part: tuple(collected(part)) for part in PARTS}
GOOD: Final = {part: [one for one in EXAMPLES[part] if one.breaks is None] for part in PARTS}
BAD: Final = {part: [one for one in EXAMPLES[part] if one.breaks is not None] for part in PARTS}


class Shapes:
    """A shapes graph with the queries of the tests."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self.triples = triples
        self.store = EmbeddedStore.in_memory(ox.Quad(*triple) for triple in triples)

    def rows(self, variables: str, pattern: str) -> list[tuple[str, ...]]:
        """Return the solutions of a pattern, with short names of shapes and SHACL terms."""
        table = self.store.select(f"SELECT {variables} WHERE {{ {pattern} }}")
        return [tuple(short(getattr(cell, "value", "")) for cell in row) for row in table.rows]

    def of_kind(self, kind: str) -> set[str]:
        return {name for (name,) in self.rows("?shape", f"?shape a sh:{kind}")}

    @property
    def targets(self) -> list[tuple[str, ...]]:
        targets = "VALUES ?target { sh:targetClass sh:targetSubjectsOf sh:targetObjectsOf }"
        return self.rows("?shape ?target ?value", f"{targets} ?shape ?target ?value")

    @property
    def constraints(self) -> list[Constraint]:
        pattern = """
            VALUES ?kind { sh:NodeShape sh:PropertyShape }
            ?shape a ?kind ; ?parameter ?value .
            FILTER(STRSTARTS(STR(?parameter), STR(sh:)))"""
        found = self.rows("?shape ?parameter ?value", pattern)
        return [(shape, COMPONENTS[p]) for shape, p, _ in found if p not in NO_CONSTRAINTS]

    def without_each_alternative(self) -> Iterator[tuple[Constraint, list[ox.Triple]]]:
        """Yield for each member of sh:or and sh:xone the constraint, and the shapes without it."""
        rest = ox.NamedNode(PREFIXES["rdf"] + "rest")
        heads = [t for t in self.triples if t.predicate.value in (SH + "or", SH + "xone")]
        after = {t.subject: t for t in self.triples if t.predicate == rest}
        for head in heads:
            constraint = (short(str(head.subject)[1:-1]), COMPONENTS[short(head.predicate.value)])
            link = head
            while isinstance(link.object, ox.BlankNode):
                cell = after[link.object]
                shortcut = ox.Triple(link.subject, link.predicate, cell.object)
                yield constraint, [shortcut if t == link else t for t in self.triples if t != cell]
                link = cell


def short(iri: str) -> str:
    return iri.removeprefix(SHAPE).removeprefix(SH)


def broken(results: Iterable[Result]) -> set[Constraint]:
    return {(short(r.shape), r.component.removesuffix("ConstraintComponent")) for r in results}


def by_example(part: Part, report: Report) -> dict[str, list[Result]]:
    """The results by the name of the example in which they lie; under "" those in none."""
    found: dict[str, list[Result]] = defaultdict(list)
    for result in report.results:
        focus = getattr(result.focus, "value", "")
        found[next((e.name for e in EXAMPLES[part] if focus.startswith(e.home)), "")].append(result)
    return found
