"""Every shape is proven to fire: it passes a good example, each of its constraints fails a bad one.

``pass/<NodeShape>.ttl`` is good and has a value for every property of the shape.
``fail/<NodeShape>/<property>.<Component>[.<variant>].ttl`` breaks that constraint of that property
and nothing else; ``self`` stands for the node shape itself. The shapes for catalogues have theirs
in ``catalogues/``.

Each engine validates all examples in one run, since every run reads the shapes and the ontology
anew. To keep the examples apart, what a file describes moves into a namespace of that file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, get_args

import pyoxigraph as ox
import pytest

from kg.common import resources
from kg.common.namespaces import CATALOGUES_DERIVED_GRAPH, PREFIXES, SHAPE, STD
from kg.sources.rdf import reader
from kg.store.embedded import EmbeddedStore
from kg.validation.shacl import Engine, Report, Result, validate
from kg.validation.shape_coverage import measure
from kg.validation.shapes import read_shapes
from tests.shapes.examples import (
    BAD,
    CATALOGUES,
    CURATED,
    EXAMPLES,
    GOOD,
    PARTS,
    UNAVOIDABLE,
    Example,
    Part,
    Shapes,
    broken,
    by_example,
    short,
)

DERIVED: Final = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)


def each(examples: Mapping[Part, Iterable[Example]]) -> pytest.MarkDecorator:
    found = [one for part in PARTS for one in examples[part]]
    return pytest.mark.parametrize("example", found, ids=lambda e: f"{e.part.name}/{e.name}")


each_example = each(EXAMPLES)
each_good = each(GOOD)
each_bad = each(BAD)
each_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
each_engine = pytest.mark.parametrize("engine", [e for e in get_args(Engine) if e != "auto"])


@pytest.fixture(scope="module")
def shapes() -> dict[Part, Shapes]:
    return {part: Shapes(read_shapes(part.shapes)) for part in PARTS}


@pytest.fixture(scope="module")
def ontology() -> list[ox.Triple]:
    """The terms, and the day that the shapes for catalogues take for that of the newest one."""
    files = ("standardization.ttl", "catalogues.ttl", "schemes.ttl", "alignment.ttl")
    day = ox.Literal("2026-05-31", datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
    return [
        *(quad.triple for name in files for quad in reader.read_rdf(resources.ontology() / name)),
        ox.Triple(DERIVED, ox.NamedNode(STD + "snapshotOn"), day),
    ]


@pytest.fixture(scope="module")
def hierarchy(ontology: list[ox.Triple]) -> list[ox.Triple]:
    return [t for t in ontology if t.predicate.value == PREFIXES["rdfs"] + "subClassOf"]


@pytest.fixture(scope="module")
def reports(
    shapes: dict[Part, Shapes], ontology: list[ox.Triple]
) -> dict[tuple[Part, str], Report]:
    found = {}
    for part in PARTS:
        triples = (triple for example in EXAMPLES[part] for triple in example.triples())
        data = [*ontology, *triples]
        found[part, "pyshacl"] = validate(data, shapes[part].triples, "pyshacl")
        found[part, "shacl"] = validate(data, shapes[part].triples, "shacl")
    return found


@pytest.fixture(scope="module")
def results(
    reports: dict[tuple[Part, str], Report],
) -> dict[tuple[Part, str], dict[str, list[Result]]]:
    """The results of each engine by the example in which they lie."""
    return {key: by_example(key[0], report) for key, report in reports.items()}


# The examples are complete


@each_part
def test_the_shapes_are_as_many_as_ever(part: Part, shapes: dict[Part, Shapes]) -> None:
    held = shapes[part]
    assert (
        len(held.of_kind("NodeShape")),
        len(held.targets),
        len(held.of_kind("PropertyShape")),
        len(held.constraints),
        len(list(held.without_each_alternative())),
    ) == (
        part.node_shapes,
        part.targets,
        part.property_shapes,
        part.constraints,
        part.alternatives,
    )


@each_part
def test_every_property_shape_belongs_to_one_node_shape_and_no_constraint_stands_twice(
    part: Part, shapes: dict[Part, Shapes]
) -> None:
    held = shapes[part]
    rows = held.rows("?property ?shape", "?shape sh:property ?property")
    assert sorted(property_ for property_, _ in rows) == sorted(held.of_kind("PropertyShape"))
    assert len(set(held.constraints)) == len(held.constraints)


def test_no_shape_of_one_part_has_the_name_of_one_of_the_other(
    shapes: dict[Part, Shapes],
) -> None:
    names = [
        shapes[part].of_kind("NodeShape") | shapes[part].of_kind("PropertyShape") for part in PARTS
    ]
    assert names[0] & names[1] == set()


@each_part
def test_every_node_shape_has_a_good_example(part: Part, shapes: dict[Part, Shapes]) -> None:
    assert {example.shape for example in GOOD[part]} == shapes[part].of_kind("NodeShape")


@each_part
def test_every_constraint_has_a_bad_example(part: Part, shapes: dict[Part, Shapes]) -> None:
    assert {example.breaks for example in BAD[part]} == set(shapes[part].constraints)


def test_exceptions_are_those_of_an_example() -> None:
    assert set(UNAVOIDABLE) <= {example.name for part in PARTS for example in BAD[part]}


@each_example
def test_an_example_speaks_of_its_own_things_alone(example: Example) -> None:
    assert all(str(triple.subject).startswith(f"<{example.home}") for triple in example.triples())


# The good ones


@each_engine
@each_good
def test_a_good_example_passes(
    example: Example, engine: str, results: dict[tuple[Part, str], dict[str, list[Result]]]
) -> None:
    assert results[example.part, engine][example.name] == []


@each_good
def test_a_good_example_has_targets_and_values(
    example: Example, shapes: dict[Part, Shapes], hierarchy: list[ox.Triple]
) -> None:
    store = EmbeddedStore.in_memory(ox.Quad(*triple) for triple in [*hierarchy, *example.triples()])
    own = f"{SHAPE}{example.shape}"
    for row in measure(store, shapes[example.part].triples):
        if row.shape == own or row.shape.startswith(own + "-"):
            assert row.found, f"nothing for {row.shape}"
    patterns = {
        "targetClass": "?thing a/rdfs:subClassOf* <{}>",
        "targetSubjectsOf": "?thing <{}> ?any",
        "targetObjectsOf": "?any <{}> ?thing",
    }
    for shape, way, what in shapes[example.part].targets:
        if shape == example.shape:
            pattern = patterns[way].format(what)
            assert store.ask(f"ASK {{ {pattern} }}"), f"nothing for {way} {what}"


@each_part
def test_every_alternative_lets_some_good_example_pass(
    part: Part, shapes: dict[Part, Shapes], ontology: list[ox.Triple]
) -> None:
    data = [*ontology, *(triple for example in GOOD[part] for triple in example.triples())]
    for constraint, changed in shapes[part].without_each_alternative():
        found = by_example(part, validate(data, changed, "shacl"))
        assert constraint in broken(found[f"pass/{constraint[0].split('-')[0]}"]), constraint


# The bad ones


@each_engine
@each_bad
def test_a_bad_example_breaks_its_constraint_and_no_other(
    example: Example, engine: str, results: dict[tuple[Part, str], dict[str, list[Result]]]
) -> None:
    assert broken(results[example.part, engine][example.name]) == example.expected


@each_part
@each_engine
def test_every_result_says_what_to_do_in_english_and_chinese(
    part: Part, engine: str, reports: dict[tuple[Part, str], Report]
) -> None:
    for result in reports[part, engine].results:
        assert [language for language, text in result.messages if text] == ["en", "zh"], result


def test_curated_faults_are_violations_and_those_of_catalogues_of_every_severity(
    reports: dict[tuple[Part, str], Report],
) -> None:
    found = {part: {short(r.severity) for r in reports[part, "shacl"].results} for part in PARTS}
    assert found == {CURATED: {"Violation"}, CATALOGUES: {"Violation", "Warning", "Info"}}


# Both engines, alone and together


@each_part
@each_engine
def test_nothing_else_is_found(
    part: Part, engine: str, results: dict[tuple[Part, str], dict[str, list[Result]]]
) -> None:
    assert results[part, engine][""] == []


@each_part
def test_the_engines_agree(part: Part, reports: dict[tuple[Part, str], Report]) -> None:
    one, other = (reports[part, engine].results for engine in ("pyshacl", "shacl"))
    assert len(one) >= len(BAD[part])
    assert [r.identity for r in one] == [r.identity for r in other]
    assert [r.messages for r in one] == [r.messages for r in other]


@each_example
def test_alone_an_example_gives_the_same_results(
    example: Example,
    shapes: dict[Part, Shapes],
    ontology: list[ox.Triple],
    results: dict[tuple[Part, str], dict[str, list[Result]]],
) -> None:
    alone = validate([*ontology, *example.triples()], shapes[example.part].triples, "shacl")
    assert list(alone.results) == results[example.part, "shacl"][example.name]
