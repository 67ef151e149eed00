"""Every shape is proven to fire: it passes a good example, each of its constraints fails a bad one.

``pass/<NodeShape>.ttl`` is good and has a value for every property of the shape.
``fail/<NodeShape>/<property>.<Component>[.<variant>].ttl`` breaks that constraint of that property
and nothing else; ``self`` stands for the node shape itself.

Each engine validates all examples in one run, since every run reads the shapes and the ontology
anew. To keep the examples apart, what a file describes moves into a namespace of that file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

import pyoxigraph as ox
import pytest

from kg import resources
from kg.namespaces import BASE, PREFIXES, SHAPE
from kg.sources import rdf_file
from kg.sources.rdf_file import read_shapes
from kg.store.embedded import EmbeddedStore
from kg.validate import SH, Engine, Report, Result, validate
from kg.validate.shape_coverage import measure

HERE: Final = Path(__file__).parent
EXAMPLE: Final = BASE + "example/"

# What the shapes hold. Whoever changes that on purpose changes it here; nothing drops out unseen.
NODE_SHAPES: Final = 53
TARGETS: Final = 72
PROPERTY_SHAPES: Final = 174
CONSTRAINTS: Final = 433
ALTERNATIVES: Final = 72

COMPONENTS: Final = {
    "class": "Class",
    "datatype": "Datatype",
    "hasValue": "HasValue",
    "languageIn": "LanguageIn",
    "lessThan": "LessThan",
    "maxCount": "MaxCount",
    "maxLength": "MaxLength",
    "minCount": "MinCount",
    "minInclusive": "MinInclusive",
    "minLength": "MinLength",
    "nodeKind": "NodeKind",
    "or": "Or",
    "pattern": "Pattern",
    "sparql": "SPARQL",
    "uniqueLang": "UniqueLang",
    "xone": "Xone",
}
"""The parameters that the shapes use, each with its constraint component."""

NO_CONSTRAINTS: Final = {"path", "property", "message", "targetClass", "targetSubjectsOf"}

UNAVOIDABLE: Final = {
    # A ballot is an event, and both shapes judge its date.
    "fail/Ballot/date.MaxCount": ("Event-date", "MaxCount"),
    "fail/Ballot/date.Or": ("Event-date", "Or"),
    "fail/Ballot/date.Or.illformed": ("Event-date", "Or"),
    "fail/Ballot/date.Or.illformed-month": ("Event-date", "Or"),
    "fail/Ballot/date.Or.illformed-year": ("Event-date", "Or"),
    # No start from 0 lies before an end below 1.
    "fail/Position/end.MinInclusive": ("Position-start", "LessThan"),
    "fail/UncoveredStretch/end.MinInclusive": ("UncoveredStretch-start", "LessThan"),
}
"""What an example must break besides, where no value breaks the one constraint alone."""

Constraint = tuple[str, str]
"""The name of a shape and of a constraint component, such as ``("Ballot-date", "MinCount")``."""


@dataclass(frozen=True)
class Example:
    """One file: its node shape, and the constraint that it breaks (None where it is good)."""

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
        quads = rdf_file.read(HERE / f"{self.name}.ttl")
        return [ox.Triple(self._iri(q.subject), q.predicate, self._term(q.object)) for q in quads]

    def _term(self, term: object) -> ox.NamedNode | ox.Literal:
        return term if isinstance(term, ox.Literal) else self._iri(term)

    def _iri(self, term: object) -> ox.NamedNode:
        assert isinstance(term, ox.NamedNode), f"{self.name}: {term} is neither IRI nor literal"
        if term.value.startswith(EXAMPLE):
            return ox.NamedNode(self.home + term.value.removeprefix(EXAMPLE))
        return term


def collected() -> Iterator[Example]:
    for file in sorted(p for p in HERE.glob("*/**/*") if p.is_file() and p.suffix != ".pyc"):
        name = file.relative_to(HERE).with_suffix("").as_posix()
        match name.split("/"), file.suffix:
            case ["pass", shape], ".ttl":
                yield Example(name, shape, None)
            case ["fail", shape, stem], ".ttl":
                property_, component, *_ = stem.split(".")
                where = shape if property_ == "self" else f"{shape}-{property_}"
                yield Example(name, shape, (where, component))
            case _:
                pytest.fail(f"{file} is no example of a shape: rename or remove it")


EXAMPLES: Final = tuple(collected())
GOOD: Final = tuple(one for one in EXAMPLES if one.breaks is None)
BAD: Final = tuple(one for one in EXAMPLES if one.breaks is not None)

each_good = pytest.mark.parametrize("example", GOOD, ids=lambda e: e.name)
each_bad = pytest.mark.parametrize("example", BAD, ids=lambda e: e.name)
each_engine = pytest.mark.parametrize("engine", [e for e in get_args(Engine) if e != "auto"])


class Shapes:
    """The shapes graph, with the questions that the tests ask of it."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self.triples = triples
        self.store = EmbeddedStore.in_memory(ox.Quad(*triple) for triple in triples)

    def rows(self, variables: str, pattern: str) -> list[tuple[str, ...]]:
        """The answers to a pattern, with the names of shapes and of SHACL's terms cut short."""
        table = self.store.select(f"SELECT {variables} WHERE {{ {pattern} }}")
        return [tuple(short(getattr(cell, "value", "")) for cell in row) for row in table.rows]

    def of_kind(self, kind: str) -> set[str]:
        return {name for (name,) in self.rows("?shape", f"?shape a sh:{kind}")}

    @property
    def targets(self) -> list[tuple[str, ...]]:
        ways = "VALUES ?way { sh:targetClass sh:targetSubjectsOf }"
        return self.rows("?shape ?way ?what", f"{ways} ?shape ?way ?what")

    @property
    def constraints(self) -> list[Constraint]:
        pattern = """
            VALUES ?kind { sh:NodeShape sh:PropertyShape }
            ?shape a ?kind ; ?parameter ?value .
            FILTER(STRSTARTS(STR(?parameter), STR(sh:)))"""
        found = self.rows("?shape ?parameter ?value", pattern)
        return [(shape, COMPONENTS[p]) for shape, p, _ in found if p not in NO_CONSTRAINTS]

    def without_each_alternative(self) -> Iterator[tuple[Constraint, list[ox.Triple]]]:
        """For each member of each sh:or and sh:xone: whose it is, and the shapes without it."""
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


def by_example(report: Report) -> dict[str, list[Result]]:
    """The results by the name of the example in which they lie; under "" those in none."""
    found: dict[str, list[Result]] = defaultdict(list)
    for result in report.results:
        focus = getattr(result.focus, "value", "")
        found[next((e.name for e in EXAMPLES if focus.startswith(e.home)), "")].append(result)
    return found


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes(read_shapes(resources.ontology() / "shapes"))


@pytest.fixture(scope="module")
def ontology() -> list[ox.Triple]:
    files = ("standardization.ttl", "catalogues.ttl", "schemes.ttl", "alignment.ttl")
    return [quad.triple for name in files for quad in rdf_file.read(resources.ontology() / name)]


@pytest.fixture(scope="module")
def hierarchy(ontology: list[ox.Triple]) -> list[ox.Triple]:
    return [t for t in ontology if t.predicate.value == PREFIXES["rdfs"] + "subClassOf"]


@pytest.fixture(scope="module")
def reports(shapes: Shapes, ontology: list[ox.Triple]) -> dict[str, Report]:
    data = [*ontology, *(triple for example in EXAMPLES for triple in example.triples())]
    return {
        "pyshacl": validate(data, shapes.triples, "pyshacl"),
        "shacl": validate(data, shapes.triples, "shacl"),
    }


@pytest.fixture(scope="module")
def results(reports: dict[str, Report]) -> dict[str, dict[str, list[Result]]]:
    """The results of each engine by the example in which they lie."""
    return {engine: by_example(report) for engine, report in reports.items()}


# The examples are complete


def test_the_shapes_are_as_many_as_ever(shapes: Shapes) -> None:
    assert len(shapes.of_kind("NodeShape")) == NODE_SHAPES
    assert len(shapes.targets) == TARGETS
    assert len(shapes.of_kind("PropertyShape")) == PROPERTY_SHAPES
    assert len(shapes.constraints) == CONSTRAINTS
    assert len(list(shapes.without_each_alternative())) == ALTERNATIVES


def test_every_property_shape_belongs_to_one_node_shape_and_no_constraint_stands_twice(
    shapes: Shapes,
) -> None:
    owned = [
        property_
        for property_, _ in shapes.rows("?property ?shape", "?shape sh:property ?property")
    ]
    assert sorted(owned) == sorted(shapes.of_kind("PropertyShape"))
    assert len(set(shapes.constraints)) == len(shapes.constraints)


def test_every_node_shape_has_a_good_example(shapes: Shapes) -> None:
    assert {example.shape for example in GOOD} == shapes.of_kind("NodeShape")


def test_every_constraint_has_a_bad_example(shapes: Shapes) -> None:
    assert {example.breaks for example in BAD} == set(shapes.constraints)


def test_exceptions_are_those_of_an_example() -> None:
    assert set(UNAVOIDABLE) <= {example.name for example in BAD}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_an_example_speaks_of_its_own_things_alone(example: Example) -> None:
    assert all(str(triple.subject).startswith(f"<{example.home}") for triple in example.triples())


# The good ones


@each_engine
@each_good
def test_a_good_example_passes(
    example: Example, engine: str, results: dict[str, dict[str, list[Result]]]
) -> None:
    assert results[engine][example.name] == []


@each_good
def test_a_good_example_has_targets_and_values(
    example: Example, shapes: Shapes, hierarchy: list[ox.Triple]
) -> None:
    store = EmbeddedStore.in_memory(ox.Quad(*triple) for triple in [*hierarchy, *example.triples()])
    own = f"{SHAPE}{example.shape}"
    for row in measure(store, shapes.triples):
        if row.shape == own or row.shape.startswith(own + "-"):
            assert row.found, f"nothing for {row.shape}"
    for shape, way, what in shapes.targets:
        if shape == example.shape:
            pattern = f"a/rdfs:subClassOf* <{what}>" if way == "targetClass" else f"<{what}> ?any"
            assert store.ask(f"ASK {{ ?thing {pattern} }}"), f"nothing for {way} {what}"


def test_every_alternative_lets_some_good_example_pass(
    shapes: Shapes, ontology: list[ox.Triple]
) -> None:
    data = [*ontology, *(triple for example in GOOD for triple in example.triples())]
    for constraint, changed in shapes.without_each_alternative():
        found = by_example(validate(data, changed, "shacl"))
        assert constraint in broken(found[f"pass/{constraint[0].split('-')[0]}"]), constraint


# The bad ones


@each_engine
@each_bad
def test_a_bad_example_breaks_its_constraint_and_no_other(
    example: Example, engine: str, results: dict[str, dict[str, list[Result]]]
) -> None:
    assert broken(results[engine][example.name]) == example.expected


@each_engine
def test_every_result_says_what_to_do_in_english_and_chinese(
    engine: str, reports: dict[str, Report]
) -> None:
    for result in reports[engine].results:
        assert [language for language, text in result.messages if text] == ["en", "zh"], result


# Both engines, alone and together


@each_engine
def test_nothing_else_is_found(engine: str, results: dict[str, dict[str, list[Result]]]) -> None:
    assert results[engine][""] == []


def test_the_engines_agree(reports: dict[str, Report]) -> None:
    one, other = ([r.identity for r in reports[engine].results] for engine in ("pyshacl", "shacl"))
    assert len(one) >= len(BAD)
    assert one == other


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_alone_an_example_gives_the_same_results(
    example: Example,
    shapes: Shapes,
    ontology: list[ox.Triple],
    results: dict[str, dict[str, list[Result]]],
) -> None:
    alone = validate([*ontology, *example.triples()], shapes.triples, "shacl")
    assert list(alone.results) == results["shacl"][example.name]
