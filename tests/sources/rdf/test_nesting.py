"""Files that nest deep end with a line, not with the process."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.common.errors import SourceError
from kg.sources.rdf.reader import convert, read_rdf
from kg.sources.record_batch import Options

NAMESPACES = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://example.org/"'
START = "<x:a> <x:p> "


def jsonld(depth: int) -> str:
    return '{"http://example.org/p": ' * depth + '"]}[{"' + "}" * depth


def triple_terms(depth: int) -> str:
    return START + "<<( <x:a> <x:p> " * depth + '"<<"' + " )>>" * depth + " ."


def rdf_xml(depth: int) -> str:
    opening, closing = "<rdf:Description><x:p>", "</x:p></rdf:Description>"
    return f"<rdf:RDF {NAMESPACES}>{opening * depth}{closing * depth}</rdf:RDF>"


DEEP = {
    "a.jsonld": jsonld,
    "b.jsonld": lambda depth: '{"http://example.org/p": ' + "[" * depth + "1" + "]" * depth + "}",
    "a.ttl": triple_terms,
    "a.nt": triple_terms,
    "a.nq": triple_terms,
    "a.trig": lambda depth: "<x:g> {" + triple_terms(depth) + "}",
    "a.rdf": rdf_xml,
}


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("depth", [3_500, 100_000])
def test_deep_nesting_is_refused(name: str, depth: int, tmp_path: Path) -> None:
    text = "\n" + DEEP[name](depth) if name.endswith((".ttl", ".jsonld")) else DEEP[name](depth)
    (tmp_path / name).write_text(text, encoding="utf-8")
    line = 1 + text.startswith("\n")
    with pytest.raises(SourceError, match=rf"{name}:{line}: nested deeper than \d+: flatten it"):
        read_rdf(tmp_path / name)
    with pytest.raises(SourceError, match="nested deeper"):
        convert(name, text.encode(), Options("x"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", jsonld(150)),
        ("a.rdf", rdf_xml(400)),
        # Levels of Turtle cost neither stack nor time.
        ("a.ttl", START + "[ <x:p> " * 20_000 + "1" + " ]" * 20_000 + " ."),
        ("b.ttl", START + "( " * 20_000 + "1" + " )" * 20_000 + " ."),
        ("c.ttl", START + "'''" + "<<( " * 1000 + "''' . # " + "<< " * 1000),
    ],
)
def test_other_nesting_is_read(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_rdf(tmp_path / name)
