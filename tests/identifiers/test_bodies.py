"""What every module of a body gives: examples in their usual form, and leading words."""

from __future__ import annotations

import pytest

from kg.identifiers import iri_path, parse, same, undated
from kg.identifiers.bodies import BODIES, parsers
from kg.identifiers.model import changed
from kg.identifiers.text import clean

EXAMPLES = [(name, text) for name, body in BODIES.items() for text in body.EXAMPLES]
CASES = pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[text for _, text in EXAMPLES])


@pytest.mark.parametrize("name", BODIES)
def test_a_body_has_examples_and_leading_words_in_capitals(name: str) -> None:
    body = BODIES[name]
    assert body.EXAMPLES
    assert all(lead == lead.upper() and lead for lead in body.LEADS)


@CASES
def test_an_example_is_parsed_and_printed_back(name: str, text: str) -> None:
    found = BODIES[name].parse(clean(text))
    assert found is not None
    assert str(found) == text
    assert parse(text) == found


@CASES
def test_an_example_is_dispatched_to_its_body_alone(name: str, text: str) -> None:
    cleaned = clean(text)
    assert BODIES[name].parse in parsers(cleaned)
    others = [body.parse(cleaned) for other, body in BODIES.items() if other != name]
    # IEEE hands joint publications to ISO, which reads them the same.
    assert {found for found in others if found} <= {parse(text)}


@CASES
def test_an_example_is_an_edition_of_its_undated_designation(name: str, text: str) -> None:
    found = parse(text)
    assert found is not None
    bare = undated(found)
    assert undated(bare) == bare
    # A volume of ECMA is one of an edition.
    assert same(changed(bare, volume=found.volume), found)
    assert parse(str(bare)) == bare


def test_paths_of_all_examples_differ() -> None:
    paths = {}
    for _, text in EXAMPLES:
        found = parse(text)
        assert found is not None
        paths[iri_path(found)] = text
    assert len(paths) == len(EXAMPLES)
    assert all(path.isascii() and " " not in path and "//" not in path for path in paths)
