"""Every shape is proven to fire: good examples pass, and every constraint has a bad one that fails.

``pass/<NodeShape>.ttl`` conforms and has a value for every property of the shape.
``fail/<NodeShape>/<property>.<Component>[.<variant>].ttl`` breaks that constraint of that property
and nothing else; ``self`` stands for the node shape itself. The shapes for catalogues have theirs
in ``catalogues/``.

Each engine validates all examples in one run, since every run reads the shapes and the ontology
again. To keep the examples apart, the entities of a file move into a namespace of that file.
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
from kg.validation.shacl import Engine, Report, Result, validate_triples
from kg.validation.shape_coverage import measure_shape_coverage
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

pytestmark = pytest.mark.slow

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
    """The ontology, and a date that the shapes for catalogues take for the newest snapshot."""
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
        found[part, "pyshacl"] = validate_triples(data, shapes[part].triples, "pyshacl")
        found[part, "shacl"] = validate_triples(data, shapes[part].triples, "shacl")
    return found


@pytest.fixture(scope="module")
def results(
    reports: dict[tuple[Part, str], Report],
) -> dict[tuple[Part, str], dict[str, list[Result]]]:
    """The results of each engine by example."""
    return {key: by_example(key[0], report) for key, report in reports.items()}


# The examples are complete


@each_part
def test_the_numbers_of_shapes_and_constraints(part: Part, shapes: dict[Part, Shapes]) -> None:
    own = shapes[part]
    assert (
        len(own.of_kind("NodeShape")),
        len(own.targets),
        len(own.of_kind("PropertyShape")),
        len(own.constraints),
        len(list(own.without_each_alternative())),
    ) == (
        part.node_shapes,
        part.targets,
        part.property_shapes,
        part.constraints,
        part.alternatives,
    )


@each_part
def test_property_shapes_belong_to_one_node_shape_and_constraints_are_unique(
    part: Part, shapes: dict[Part, Shapes]
) -> None:
    own = shapes[part]
    rows = own.rows("?property ?shape", "?shape sh:property ?property")
    assert sorted(property_ for property_, _ in rows) == sorted(own.of_kind("PropertyShape"))
    assert len(set(own.constraints)) == len(own.constraints)


def test_no_two_parts_have_shapes_of_the_same_name(
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


def test_every_exception_belongs_to_an_example() -> None:
    assert set(UNAVOIDABLE) <= {example.name for part in PARTS for example in BAD[part]}


@each_example
def test_an_example_describes_only_its_own_entities(example: Example) -> None:
    assert all(str(triple.subject).startswith(f"<{example.home}") for triple in example.triples())


# Good examples


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
    for row in measure_shape_coverage(store, shapes[example.part].triples):
        if row.shape == own or row.shape.startswith(own + "-"):
            assert row.count, f"nothing for {row.shape}"
    patterns = {
        "targetClass": "?thing a/rdfs:subClassOf* <{}>",
        "targetSubjectsOf": "?thing <{}> ?any",
        "targetObjectsOf": "?any <{}> ?thing",
    }
    for shape, target, value in shapes[example.part].targets:
        if shape == example.shape:
            pattern = patterns[target].format(value)
            assert store.ask(f"ASK {{ {pattern} }}"), f"nothing for {target} {value}"


@each_part
def test_every_alternative_lets_some_good_example_pass(
    part: Part, shapes: dict[Part, Shapes], ontology: list[ox.Triple]
) -> None:
    data = [*ontology, *(triple for example in GOOD[part] for triple in example.triples())]
    for constraint, changed in shapes[part].without_each_alternative():
        found = by_example(part, validate_triples(data, changed, "shacl"))
        assert constraint in broken(found[f"pass/{constraint[0].split('-')[0]}"]), constraint


# Bad examples


@each_engine
@each_bad
def test_a_bad_example_breaks_its_constraint_and_no_other(
    example: Example, engine: str, results: dict[tuple[Part, str], dict[str, list[Result]]]
) -> None:
    assert broken(results[example.part, engine][example.name]) == example.expected


@each_part
@each_engine
def test_every_result_has_messages_in_english_and_chinese(
    part: Part, engine: str, reports: dict[tuple[Part, str], Report]
) -> None:
    for result in reports[part, engine].results:
        assert [language for language, text in result.messages if text] == ["en", "zh"], result


def test_severities_of_each_part(
    reports: dict[tuple[Part, str], Report],
) -> None:
    found = {part: {short(r.severity) for r in reports[part, "shacl"].results} for part in PARTS}
    assert found == {CURATED: {"Violation"}, CATALOGUES: {"Violation", "Warning", "Info"}}


# Both engines


@each_part
@each_engine
def test_only_the_examples_have_results(
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
def test_an_example_gives_the_same_results_by_itself(
    example: Example,
    shapes: dict[Part, Shapes],
    ontology: list[ox.Triple],
    results: dict[tuple[Part, str], dict[str, list[Result]]],
) -> None:
    alone = validate_triples([*ontology, *example.triples()], shapes[example.part].triples, "shacl")
    assert list(alone.results) == results[example.part, "shacl"][example.name]
