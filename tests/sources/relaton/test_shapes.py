"""A field is read in every shape that Relaton's models have given it; any other costs the field."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.common.namespaces import compact, node
from kg.sources.record_batch import Batch, Options
from kg.sources.relaton import convert, convert_organizations

RECORD: dict[str, Any] = {
    "schema-version": "v1.2.9",
    "id": "ISO4711-2001",
    "title": [{"type": "main", "content": "Paper cups", "language": ["en"], "script": ["Latn"]}],
    "link": [{"type": "src", "content": "https://example.org/4711"}],
    "type": "standard",
    "docid": [
        {"id": "ISO 4711:2001", "type": "ISO", "primary": True},
        {"id": "urn:x:4711", "type": "URN", "scope": "a"},
    ],
    "docnumber": 4711,
    "edition": {"content": "2"},
    "version": {"draft": "1.0"},
    "language": ["en"],
    "script": ["Latn"],
    "abstract": [{"content": "On cups.", "language": ["en"], "script": ["Latn"]}],
    "docstatus": {"stage": {"value": "60"}, "substage": {"value": "60"}},
    "date": [{"type": "published", "value": "2001-02-03"}],
    "contributor": [
        {"organization": {"name": "Cup Union", "abbreviation": "CU"}, "role": [{"type": "author"}]},
        {
            "organization": {
                "name": [{"content": "Cup Union"}],
                "subdivision": [{"name": [{"content": "Paper"}], "identifier": "TC 7"}],
            },
            "role": {"type": "publisher", "description": [{"content": "x"}]},
        },
    ],
    "copyright": [{"owner": [{"name": "Cup Union"}], "from": "2001"}],
    "keyword": ["cups"],
    "editorialgroup": {
        "technical_committee": [{"name": "Cups", "type": "TC", "number": 1, "identifier": "TC 1"}],
        "committee": {"abbreviation": "CC", "workgroup": {"name": "Lids"}},
        "name": "Cups",
    },
    "ics": [{"code": "55.120", "text": "Cans"}],
    "doctype": "international-standard",
    "relation": [
        {
            "type": "obsoletes",
            "description": {"content": "replaces"},
            "bibitem": {
                "docid": [{"id": "ISO 4711:1999", "type": "ISO"}],
                "formattedref": "ISO 4711:1999",
                "date": [{"type": "published", "value": "1999"}],
            },
        }
    ],
    "ext": {
        "doctype": {"type": "international-standard", "abbreviation": "IS"},
        "ics": [{"code": "55.120"}],
        "editorialgroup": {"committee": ["TC 1"]},
        "standard_status": "Active",
        "standard_modified": "Draft",
        "doi": "10.1/4711",
        "flavor": "iso",
    },
    "fetched": "2024-01-01",
}


def converted(record: dict[str, Any]) -> Batch:
    data = yaml.safe_dump(record, allow_unicode=True).encode()
    return convert("data/x.yaml", data, Options("relaton-data-x", abstracts=True))


def read(text: str) -> Batch:
    found = convert("data/x.yaml", text.encode(), Options("relaton-data-x", abstracts=True))
    assert not found.rejects
    return found


def values(batch: Batch, property_: str) -> list[str]:
    """Return the local names and literals that a property has."""
    return sorted(
        t.object.value.rsplit("/", 1)[-1]  # type: ignore[union-attr]
        for t in batch.triples
        if compact(t.predicate.value) == property_
    )


IDENTIFIER = "docid: {type: CU, id: CU Lid 7, primary: true}\n"


@pytest.mark.parametrize(
    ("property_", "expected", "shapes"),
    [
        (
            "std:publisher",
            ["wu"],
            [
                "contributor: {organization: {abbreviation: WU}, role: publisher}",
                "contributor: [{organization: {abbreviation: WU}, role: [author, publisher]}]",
                "contributor: [{organization: {abbreviation: WU}, role: {type: publisher}}]",
                "contributor: [{organization: [{abbreviation: {content: WU}}],"
                " role: [{type: publisher, description: [x]}]}]",
            ],
        ),
        (
            "dcterms:title",
            ["Lids"],
            [
                "language: en\ntitle: Lids",
                "language: [en]\ntitle: [Lids]",
                "title: {content: Lids, language: en}",
                "title: [{content: Lids, language: [en], script: [Latn], format: text/plain}]",
            ],
        ),
        (
            "dcterms:abstract",
            ["Of lids."],
            [
                "language: en\nabstract: Of lids.",
                "language: en\nabstract: [Of lids.]",
                "abstract: {content: Of lids., language: en}",
                "abstract: [{content: Of lids., language: [en]}]",
            ],
        ),
        (
            "std:publishedOn",
            ["2018-12"],
            [
                "date: {type: published, on: 2018-12}",
                "date: [{type: published, at: 2018-12}]",
                "date: [{type: published, value: 2018-12}]",
                "date: {type: published, from: 2018-12, to: 2019-01}",
            ],
        ),
        ("std:edition", ["1.10"], [f"edition: {v}" for v in ("1.10", "[1.10]", "{number: 1.10}")]),
        ("std:edition", ["1.10"], ["edition: {content: 1.10}", "version: [{draft: 1.10}]"]),
        ("std:language", ["en"], ["language: en", "language: [en]", "language: [eng]"]),
        (
            "std:stageCode",
            ["in-force"],
            [
                "docstatus: in-force",
                "status: {stage: in-force}",
                "docstatus: {stage: {value: in-force}, iteration: 1}",
                "status: [{stage: {content: in-force, abbreviation: IF}}]",
            ],
        ),
        (
            "std:stage",
            ["published"],
            [
                f"docstatus: {word}"
                for word in ("in-force", "In force", "IN_FORCE", "active", "published")
            ],
        ),
        (
            "std:stage",
            ["development"],
            [f"docstatus: {word}" for word in ("working-draft", "committee-draft", "proposal")],
        ),
        (
            "std:deliverable",
            ["guide"],
            [
                "doctype: guide",
                "doctype: {type: guide}",
                "ext: {doctype: guide}",
                "ext: {doctype: {content: guide}}",
                "ext: {doctype: null}\ndoctype: guide",
            ],
        ),
        (
            "schema:url",
            ["lid"],
            [
                "link: https://example.org/lid",
                "link: [https://example.org/lid]",
                "link: {content: https://example.org/lid}",
                "source: {type: src, content: https://example.org/lid}",
            ],
        ),
        ("std:topic", ["55.120"], ["ics: {code: '55.120'}", "ics: ['55.120']"]),
        (
            "std:committee",
            ["wb%2Flids"],
            [
                "editorialgroup: [[{committee: {abbreviation: WB, name: Ware Board,"
                " workgroup: {abbreviation: Lids, name: On Lids}}}]]",
                "editorialgroup: {committee: {acronym: WB, commission: {name: Lids}}}",
                "ext: {editorialgroup: [{committee: [{content: WB, committee: Lids}]}]}",
                "contributor: {organization: {subdivision: [WB, Lids]}, role: author}",
                "contributor: {organization: {subdivision: [{content: WB}, {name: Lids}]}}",
                "contributor: {organization: {subdivision: [{identifier: {id: WB}},"
                " {name: [{content: Lids}]}]}}",
            ],
        ),
        (
            "std:committee",
            ["wb"],
            [
                f"editorialgroup: {v}"
                for v in (
                    "WB",
                    "{name: WB}",
                    "[WB]",
                    "{committee: WB}",
                    "{committee: [{name: WB}]}",
                )
            ],
        ),
        (
            "std:replaces",
            ["cu_lid_6"],
            [
                "relation: {type: obsoletes, bibitem: {docid: {type: CU, id: CU Lid 6}}}",
                "relation: [{type: obsoletes, bibitem: {docid: CU Lid 6}}]",
                "relation: [{type: obsoletes, bibitem: {docidentifier: [{content: CU Lid 6}]}}]",
                "relation: [{type: obsoletes, bibitem: {formattedref: CU Lid 6}}]",
                "relation: [{type: obsoletes, bibitem: {formattedref: {content: CU Lid 6}}}]",
                "relation: [{type: obsoletes, description: x, bibitem: CU Lid 6}]",
            ],
        ),
    ],
)
def test_a_field_is_read_in_every_shape(
    property_: str, expected: list[str], shapes: list[str]
) -> None:
    for shape in shapes:
        found = read(IDENTIFIER + shape)
        assert values(found, property_) == expected, shape
        assert not [key for key in found.unknown if "not read" in key], shape


@pytest.mark.parametrize(
    "shape",
    [
        "docid: CU Lid 7",
        "docid: [CU Lid 7]",
        "docid: {id: CU Lid 7}",
        "docid: [{type: CU, id: CU Lid 7, primary: 'true'}]",
        "docidentifier: [{type: CU, content: CU Lid 7}]",
        "docid: []\nid: CU Lid 7",
        "docid: [{type: CU}]\ndocidentifier: CU Lid 7",
    ],
)
def test_an_identifier_is_read_in_every_shape(shape: str) -> None:
    found = read(shape)
    assert found.unparsed == {"CU": 1}
    assert "CU Lid 7" in values(found, "dcterms:identifier")


def test_the_key_of_a_record_is_its_last_identifier() -> None:
    found = read("id: ISO9001-2015\ndocid: [[{id: ISO 1}]]")
    assert "ISO 9001:2015" in values(found, "dcterms:identifier")
    assert found.unknown == {"docid: a list is not read": 1}


@pytest.mark.parametrize(
    ("path", "value", "counted"),
    [
        ("date", "2001", "date: a text"),
        ("date.0.value", ["2001"], "date.value: a list"),
        ("title.0.content", {"en": "Cups"}, "title.content: a mapping"),
        ("title.0", [["Cups"]], "title: a list"),
        ("language", {"en": True}, "language: a mapping"),
        ("contributor", "Cup Union", "contributor: a text"),
        ("contributor.1.organization", "Cup Union", "contributor.organization: a text"),
        ("contributor.0.role", [["author"]], "contributor.role: a list"),
        ("relation", "ISO 1", "relation: a text"),
        ("relation.0.bibitem.date", "1999", "relation.bibitem.date: a text"),
        ("edition", {"a": "2"}, "edition: a mapping"),
        ("version", "1", "version: a text"),
        ("docstatus.stage", {"a": "60"}, "docstatus.stage: a mapping"),
        ("ext", "iso", "ext: a text"),
        ("ext.doi", ["10.1/1"], "ext.doi: a list"),
        ("fetched", ["2024"], "fetched: a list"),
        ("docid.0.primary", "yes", "docid.primary: a text"),
        ("docid.1.id", {"a": 1}, "docid.id: a mapping"),
    ],
)
def test_a_value_of_another_type_costs_the_field(path: str, value: object, counted: str) -> None:
    found = converted(replaced(path, value))
    without = converted(replaced(path, None))
    assert not found.rejects
    assert found.lines == without.lines
    assert found.unknown[f"{counted} is not read"] == 1


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ("docstatus: {stage: [60, 90]}", "docstatus.stage"),
        ("status: [{stage: 60}, {stage: 90}]", "status"),
        ("edition: [2, 3]", "edition"),
        ("ext: [{doctype: guide}, {doctype: report}]", "ext"),
        ("doctype: [guide, report]", "doctype"),
        (
            "relation: [{type: updates, bibitem: [{docid: ISO 1}, {docid: ISO 2}]}]",
            "relation.bibitem",
        ),
    ],
)
def test_a_further_value_of_a_field_that_has_one_is_counted(fields: str, path: str) -> None:
    found = read(IDENTIFIER + fields)
    assert found.unknown == {f"{path}: a further value is not read": 1}


def test_a_value_that_is_given_twice_is_read_once() -> None:
    found = read(IDENTIFIER + "edition: [2, 2]")
    assert values(found, "std:edition") == ["2"]
    assert not found.unknown


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: a", "no identifier"),
        ("docid: {type: ISO}\nid: []", "no identifier"),
        ("docid: [[a]]", "no identifier"),
        ("- docid: ISO 1", "no record"),
        ("ISO 1", "no record"),
    ],
)
def test_only_a_record_without_identifier_is_rejected(text: str, reason: str) -> None:
    found = convert("data/x.yaml", text.encode(), Options("relaton-data-x"))
    assert [reject.reason for reject in found.rejects] == [reason]
    assert not found.lines


def test_keys_that_are_no_texts_are_counted() -> None:
    found = read("docid: ISO 1\n? [a, b]\n: c\n1: 1.10\ntrue: 2\nedition: 1.10\n")
    assert values(found, "std:edition") == ["1.10"]
    assert found.unknown == {"['a', 'b']": 1, "1": 1, "true": 1}


def test_groups_are_read_to_the_third_level() -> None:
    nested: object = "deep"
    for name in "dcba":
        nested = {"name": name, "committee": nested}
    found = read(IDENTIFIER + yaml.safe_dump({"editorialgroup": {"committee": nested}}))
    assert values(found, "std:committee") == ["a%2Fb%2Fc"]
    assert found.unknown == {"editorialgroup.committee.committee.committee.committee": 1}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("abbreviation: CU\nname: Cup Union", ["Cup Union"]),
        ("abbreviation: {content: CU}\nname: [Cup Union]", ["Cup Union"]),
        ("abbreviation: CU\nname: [{content: Cup Union, language: en}, [x]]", ["Cup Union"]),
        ("abbreviation: CU\nname: {content: [x]}", []),
    ],
)
def test_an_organization_is_read_in_every_shape(text: str, names: list[str]) -> None:
    path = "orgs/cu/metadata.yaml"
    found = convert_organizations(path, text.encode(), Options("relaton-data-sdo"))
    assert not found.rejects
    assert values(found, "dcterms:title") == names
    assert sum(found.unknown.values()) == ("[x]" in text)


def paths(value: object, path: str = "") -> Iterator[str]:
    """Yield the paths of all fields and items."""
    items: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        items = enumerate(value)
    for key, child in items:
        here = f"{path}.{key}".lstrip(".")
        yield here
        yield from paths(child, here)


def replaced(path: str, value: object) -> dict[str, Any]:
    """Return the record with another value at a path."""
    record = copy.deepcopy(RECORD)
    *parents, last = path.split(".")
    parent: Any = record
    for name in parents:
        parent = parent[int(name) if isinstance(parent, list) else name]
    parent[int(last) if isinstance(parent, list) else last] = value
    return record


NAMES = sorted({name for path in paths(RECORD) for name in path.split(".") if not name.isdigit()})
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(paths(RECORD))), VALUES)
def test_no_value_of_a_field_rejects_the_record(path: str, value: object) -> None:
    record = replaced(path, value)
    found = converted(record)
    assert not found.rejects
    assert found.triples
    if value is None or value in ([], {}):
        assert not [key for key in found.unknown if "not read" in key]
        return
    if "." not in path and not isinstance(value, list):
        rest = {key: each for key, each in record.items() if key != path}
        if any(key.startswith(f"{path}: ") for key in found.unknown):
            assert set(found.lines) == set(converted(rest).lines)


@pytest.mark.parametrize(
    ("identifier", "date", "kept"),
    [
        ("ISO 10062:2022/Amd 1:2024", "2022", ""),
        ("ISO/IEC 23090-24:2025/CD Amd 1", "2025", ""),
        ("ISO 10062:2022/Amd 1:2024", "2024-12", "2024-12"),
        ("ISO 10062:2022/Amd 1:2022", "2022", "2022"),
        ("ISO 10062:2022", "2022", "2022"),
    ],
)
def test_a_supplement_is_not_dated_by_what_it_supplements(
    identifier: str, date: str, kept: str
) -> None:
    found = read(
        f"docid: [{{id: '{identifier}', type: ISO, primary: true}}]\n"
        f"date: [{{type: published, value: '{date}'}}]\n"
    )
    published = [t.object for t in found.triples if t.predicate == node("std:publishedOn")]
    values = [value.value for value in published if isinstance(value, ox.Literal)]
    assert values == ([kept] if kept else [])
    assert found.repairs["supplemented-year"] == (not kept)


@pytest.mark.parametrize("tag", ["!binary", "!!binary"])
def test_a_text_written_as_bytes_is_decoded(tag: str) -> None:
    # "Tür", as Ruby writes a text that it takes for bytes.
    found = read(
        "docid: [{id: 'ISO 1:2020', type: ISO, primary: true}]\n"
        f"title:\n- content: {tag} |-\n    VMO8cg==\n  language: [de]\n"
    )
    titles = [t.object for t in found.triples if t.predicate == node("dcterms:title")]
    assert titles == [ox.Literal("Tür", language="de")]


def test_bytes_that_are_no_text_are_rejected() -> None:
    text = "docid: [{id: ISO 1, type: ISO}]\ntitle:\n- content: !binary /w==\n"
    [reject] = convert("data/x.yaml", text.encode(), Options("relaton-data-x")).rejects
    assert "!binary that is no text in UTF-8" in reject.detail
