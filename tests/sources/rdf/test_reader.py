"""RDF files are converted without blank nodes, completely or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.common.errors import KgError, SourceError
from kg.common.namespaces import BASE
from kg.sources import detection
from kg.sources.rdf import reader
from kg.sources.record_batch import Batch, Options
from kg.sources.source import Source

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
XML = f'<rdf:RDF {RDF} xmlns:e="http://e/">\n<rdf:Description rdf:about="http://e/a">\n<e:p>x</e:p>'
SAME = {
    "x.nt": '<http://e/a> <http://e/p> "x" .',
    "x.nq": '<http://e/a> <http://e/p> "x" .',
    "x.ttl": "\ufeffPREFIX e: <http://e/> e:a e:p 'x' .",
    "x.TRIG": "PREFIX e: <http://e/> { e:a e:p 'x' }",
    "x.jsonld": '{"@context": {"p": "http://e/p"}, "@id": "http://e/a", "p": "x"}',
    "x.rdf": XML + "</rdf:Description></rdf:RDF>",
    "x.owl": XML + "</rdf:Description></rdf:RDF>",
}


def converted(text: str, path: str = "x.ttl") -> Batch:
    return reader.convert(path, text.encode(), Options("other"))


def lines(batch: Batch) -> list[str]:
    text = ox.serialize(batch.triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return text.decode().splitlines()


def refusal(text: str | bytes, path: str = "x.ttl") -> str:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(KgError) as caught:
        reader.convert(path, data, Options("other"))
    [line] = str(caught.value).splitlines()
    assert line.startswith(path)
    return line


@pytest.mark.parametrize("name", SAME)
def test_every_format_gives_the_same_triples(tmp_path: Path, name: str) -> None:
    batch = converted(SAME[name], name)
    assert lines(batch) == ['<http://e/a> <http://e/p> "x" .']
    assert (batch.records, batch.rejects, batch.graphs) == (1, [], {})
    file = tmp_path / name
    file.write_text(SAME[name], encoding="utf-8")
    assert [quad.triple for quad in reader.read_rdf(file)] == batch.triples
    assert detection.detect(Source.open(file)).kind == "rdf"


ANNOTATED = "e:a e:p e:b {| e:q 1 |} ."
RDF_12 = {
    "tag.ttl": ("PREFIX e: <http://e/>\ne:a e:p 'x'@en ,\n 'x'@ar--rtl .", 3, "direction"),
    "tag.nt": (
        '<http://e/a> <http://e/p> "1" .\n<http://e/a> <http://e/p> "x"@en--ltr .',
        2,
        "direction",
    ),
    "tag.jsonld": (
        '{"http://e/p": {"@language": "ar",\n"@direction": "rtl", "@value": "x"}}',
        2,
        "direction",
    ),
    "notag.jsonld": ('{"http://e/p": {"@direction": "rtl", "@value": "x"}}', 1, "direction"),
    "term.trig": ("PREFIX e: <http://e/>\ne:g {\ne:a e:p <<( e:a e:p 1 )>> }", 3, "triple term"),
    "term.nq": ("<http://e/a> <http://e/p> <<( <a:> <b:> <c:> )>> <http://e/g> .", 1, "triple"),
    "reified.ttl": ("PREFIX e: <http://e/>\n\n<< e:a e:p e:b >> e:c 1 .", 3, "triple term"),
    "reifier.ttl": ("PREFIX e: <http://e/>\ne:a e:p e:b\n ~ e:r .", 3, "triple term"),
    "annotated.ttl": (f"PREFIX e: <http://e/>\n{ANNOTATED}", 2, "triple term"),
    "version.ttl": (
        '# VERSION "1"\nPREFIX e: <http://e/>\nversion "1.2" e:a e:p 1 .',
        3,
        "version",
    ),
    "version.trig": ("@version '1.2' .\n{ <http://e/a> <http://e/p> 1 }", 1, "version"),
    "version.nt": ('VERSION "1.2"\n<http://e/a> <http://e/p> <http://e/b> .', 1, "version"),
    "version.rdf": (f'<rdf:RDF {RDF}\n rdf:version="1.2"/>', 2, "version"),
    "term.rdf": (
        f'<rdf:RDF {RDF} rdf:version="1.2"><rdf:Description rdf:about="http://e/a"/></rdf:RDF>',
        1,
        "version",
    ),
    "annotated.rdf": (
        XML.replace("<e:p>", '<e:p rdf:annotation="http://e/r">') + "</rdf:Description></rdf:RDF>",
        3,
        "triple term",
    ),
}


@pytest.mark.parametrize("name", RDF_12)
def test_rdf_12_is_refused_everywhere_alike(tmp_path: Path, name: str) -> None:
    text, line, feature = RDF_12[name]
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        reader.read_rdf(file)
    assert str(caught.value) == f"{tmp_path}/{refusal(text, name)}"
    assert refusal(text, name).startswith(f"{name}:{line}: ")
    assert feature in str(caught.value)
    assert "which is RDF 1.2: rewrite it in RDF 1.1" in str(caught.value)


def test_the_word_version_in_a_text_is_no_announcement() -> None:
    batch = converted(
        "PREFIX e: <http://e/> # version '1.2'\ne:a e:version '1.2' , 'version \"1.2\"' ;\n"
        '<http://e/version> """a "version"\nVERSION "1.2" \\"""" .'
    )
    assert batch.records == 3


TYPED = """
PREFIX e: <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
e:a e:p "0042"^^xsd:integer , 42 , 1 , true , "1"^^xsd:boolean , "9"^^xsd:short , 1e999 ,
  "16777217"^^xsd:float , "1.50"^^xsd:double , "24:00:00"^^xsd:time , "2019-02-30"^^xsd:date , "x" ,
  'x' , "x"@EN , "x"@en ."""


def test_literals_kept_in_another_form_are_counted_by_type() -> None:
    batch = converted(TYPED)
    assert batch.rewritten == {
        "xsd:integer": 1,
        "xsd:boolean": 1,
        "xsd:short, as xsd:integer": 1,
        "xsd:double, rounded": 1,
        "xsd:float, rounded": 1,
        "xsd:double": 1,
        "xsd:time": 1,
    }
    assert batch.duplicates == {"the same value in another form": 2, "the same statement": 2}
    store = ox.Store()
    store.bulk_load(TYPED, ox.RdfFormat.TURTLE)
    assert {t.object for t in batch.triples} == {quad.object for quad in store}
    assert len(store) == len(batch.lines) == batch.records - batch.duplicates.total() == 11


def test_named_graphs_are_merged_and_counted() -> None:
    batch = converted(
        "PREFIX e: <http://e/> e:g { e:a e:p 1, 2 } e:h { e:a e:p 2 } { e:a e:p 3 }", "x.trig"
    )
    assert batch.records == 4
    assert len(batch.triples) == 3
    assert batch.graphs == {"http://e/g": 2, "http://e/h": 1}
    assert batch.duplicates == {"the same statement in another graph": 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a b/x.ttl", "PREFIX e: <http://e/> [] e:p _:x . _:x e:p [ e:q (1 2) ] , _:y ."),
        (
            "a b/x.jsonld",
            json.dumps(
                {
                    "@context": {"@vocab": "http://e/"},
                    "p": [{"q": {"@list": [1, 2]}}, {"r": {}}, {"s": [{}, {}, {}], "t": {"u": {}}}],
                }
            ),
        ),
    ],
)
def test_blank_nodes_become_stable_iris(name: str, text: str) -> None:
    batch = converted(text, name)
    ends = {term for t in batch.triples for term in (t.subject, t.object)}
    assert not any(isinstance(term, ox.BlankNode) for term in ends)
    prefix = f"{BASE}.well-known/genid/other/a%20b/x"
    made = {t.value for t in ends if isinstance(t, ox.NamedNode) and t.value.startswith(prefix)}
    held = ox.parse(text, format=reader.format_of(name), rename_blank_nodes=True)
    there = {t for quad in held for t in (quad.subject, quad.object) if isinstance(t, ox.BlankNode)}
    assert len(made) == len(there) > 5
    assert all(lines(converted(text, name)) == lines(batch) for _ in range(5))


def test_blank_nodes_are_identified_within_a_file_only() -> None:
    text = "PREFIX e: <http://e/> _:x e:p 1 . _:x e:q _:y ."
    first, other = converted(text), converted(text, "y.ttl")
    assert {t.subject for t in first.triples}.isdisjoint(t.subject for t in other.triples)
    assert len({t.subject for t in first.triples}) == 1


def test_relative_iris_are_resolved_against_the_file() -> None:
    [line] = lines(converted("<> <#p> <iso/tc/321> ."))
    here = f"{BASE}record/other/"
    assert line == f"<{here}x.ttl> <{here}x.ttl#p> <{here}iso/tc/321> ."


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("x.ttl", "<http://e/a> <http://e/p> 1 .\n<http://e/a> <http://e/p> .", "x.ttl:2: "),
        ("x.nt", '<http://e/a> <http://e/p> "x', "x.nt:1: "),
        ("x.nq", "<a> <http://e/p> <http://e/b> .", "x.nq:1: "),
        ("x.ttl", b"<http://e/a> <http://e/p> '\xb1\xea' .", "not UTF-8 at byte 27"),
        ("x.rdf", XML, "x.rdf:3: not well-formed XML: no element found"),
        ("x.rdf", XML + "</rdf:RDF>", "x.rdf:3: not well-formed XML: mismatched tag"),
        ("x.rdf", "<a/>", "correct it"),
        ("x.rdf", f'<?xml version="1.0" encoding="gb2312"?><rdf:RDF {RDF}/>', "to UTF-8"),
        ("x.jsonld", '{"@context": "https://schema.org", "name": "x"}', "include it in the file"),
        (
            "x.jsonld",
            '{"@context": {"@import": "https://schema.org"}, "name": "x"}',
            "include it in the file",
        ),
        ("x.jsonld", '{"@id": "http://e/a",\n "b"}', "x.jsonld:2: invalid JSON"),
        ("x.jsonld", '{"http://e/p": 1, "http://e/p": 2}', "duplicate key 'http://e/p'"),
        ("x.jsonld", '{"name": "x"}', "need an @context"),
        ("x.jsonld", '{"http://e/p":' * 100_000, "nested deeper than 200"),
        ("x.ttl", "<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> 1 )>> .", "RDF 1.1"),
        ("x.txt", "", "not an RDF file"),
    ],
)  # fmt: skip
def test_unreadable_files_are_refused(path: str, text: str | bytes, message: str) -> None:
    assert message in refusal(text, path)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE r>",
    ],
)
def test_a_doctype_is_refused_before_an_entity_is_read(tmp_path: Path, doctype: str) -> None:
    text = f"\n{doctype}{XML.replace('>x<', '>&b;<')}</rdf:Description></rdf:RDF>"
    assert "x.rdf:2: a DOCTYPE" in refusal(text, "x.rdf")
    file = tmp_path / "x.rdf"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=r"x\.rdf:2: a DOCTYPE"):
        reader.read_rdf(file)


def test_undefined_terms_are_counted() -> None:
    context = {
        "p": "http://e/p",
        "e": "http://e/",
        "no": None,
        "label": {"@id": "http://e/l", "@container": "@language"},
        "raw": {"@id": "http://e/raw", "@type": "@json"},
    }
    document = {
        "@context": [context, {"q": {"@id": "e:q", "@container": ["@index", "@set"]}}],
        "@id": "http://e/a",
        "p": [{"e:r": "x", "lost": 1}, {"lost": {"deeper": 2}}],
        "q": {"one": {"p": 1, "gone": 1}},
        "label": {"zh": "标准", "en": "standard"},
        "raw": {"anything": {"at": "all"}},
        "no": {"what": 1},
        "http://e/s": 1,
    }
    batch = converted(json.dumps(document), "x.jsonld")
    assert batch.unknown == {"lost": 2, "gone": 1}
    vocabulary = {"@context": {"@vocab": "http://e/"}, "any": 1}
    assert converted(json.dumps(vocabulary), "x.jsonld").unknown == {}
