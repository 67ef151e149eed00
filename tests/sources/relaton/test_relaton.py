"""Converts records of Relaton's repositories: one record or more for each rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.common.namespaces import BASE, compact
from kg.sources.documents.values import clean_text
from kg.sources.record_batch import Batch, Options
from kg.sources.relaton import convert, convert_organizations
from kg.sources.relaton.reading import yaml_reader
from kg.sources.relaton.reading.fields import count_unknown_fields
from tests.support import ROOT

HOME = ROOT / "tests" / "fixtures" / "catalogues"
RECORDS = sorted(
    file for file in HOME.glob("relaton-data-*/data/*.yaml") if "sdo" not in str(file.parent.parent)
)
UNREADABLE = ("broken.yaml", "nameless.yaml")


def read(file: Path, *, abstracts: bool = False) -> Batch:
    slug = file.parent.parent.name
    return convert(f"data/{file.name}", file.read_bytes(), Options(slug, abstracts))


def batch(repository: str, name: str, *, abstracts: bool = False) -> Batch:
    return read(HOME / f"relaton-data-{repository}" / "data" / name, abstracts=abstracts)


def facts(found: Batch) -> set[tuple[str, str, str]]:
    """Return the triples as texts: IRIs without base or as prefixed names, literals by value."""

    def text(term: object) -> str:
        value: str = term.value  # type: ignore[attr-defined]
        if not value.startswith("http"):
            return value
        short = compact(value)
        return short[1:-1] if short.startswith("<") and value.startswith(BASE) else short

    return {(text(t.subject), text(t.predicate), text(t.object)) for t in found.triples}


def test_the_fixtures_have_records_of_every_repository() -> None:
    repositories = Counter(file.parent.parent.name for file in RECORDS)
    assert len(repositories) == 9
    assert sum(repositories.values()) >= 35


@pytest.mark.parametrize("file", RECORDS, ids=lambda f: f"{f.parent.parent.name}/{f.name}")
def test_every_record_is_in_the_graph_or_rejected(file: Path) -> None:
    found = read(file)
    assert found.records == 1
    if file.name in UNREADABLE:
        assert not found.triples
        [reject] = found.rejects
        assert reject.place.startswith(f"data/{file.name}")
        assert "\n" not in reject.detail
    else:
        assert not found.rejects
        assert not found.unknown
        derived = {s for s, p, _ in facts(found) if p == "prov:wasDerivedFrom"}
        assert derived


@pytest.mark.parametrize("file", RECORDS, ids=lambda f: f.name)
def test_both_yaml_parsers_agree(file: Path) -> None:
    """The fast parser gives what PyYAML gives, apart from scalars that it types."""
    if file.name == "broken.yaml":
        return
    text = file.read_text(encoding="utf-8")
    assert as_texts(yaml_reader.read_yaml(text)) == as_texts(
        yaml.load(text, Loader=yaml.CBaseLoader)
    )
    assert as_texts(yaml_reader.read_yaml_as_text(text)) == as_texts(yaml_reader.read_yaml(text))


def as_texts(value: object) -> object:
    """Return a value with numbers and booleans spelled as in YAML."""
    if isinstance(value, dict):
        return {key: as_texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_texts(each) for each in value]
    return str(value).lower() if isinstance(value, bool | int | float) else value


def test_a_standard_with_its_titles_dates_and_committee() -> None:
    found = facts(batch("iso", "iso-32111-2023.yaml"))
    this = "iso/32111-2023"
    assert {
        (this, "rdf:type", "std:Standard"),
        (this, "dcterms:identifier", "ISO 32111:2023"),
        (this, "std:committee", "iso/tc/321"),
        (this, "std:publisher", "iso"),
        (this, "std:deliverable", "deliverable:international-standard"),
        (this, "std:scope", "scope:international"),
        (this, "std:stage", "stage:published"),
        (this, "std:stageCode", "60.60"),
        (this, "std:publishedOn", "2023-09"),
        (this, "std:topic", "ics/35.240.63"),
        (this, "std:project", "iso/project/80876"),
        (this, "prov:wasDerivedFrom", "record/relaton-data-iso/data/iso-32111-2023.yaml"),
    } <= found
    titles = {o for s, p, o in found if (s, p) == (this, "dcterms:title")}
    assert len(titles) == 2


def test_the_direction_of_updates_is_corrected() -> None:
    found = batch("iso", "iso-9001-2008.yaml")
    assert ("iso/9001-2015", "std:replaces", "iso/9001-2008") in facts(found)
    assert ("iso/9001-2008", "std:replaces", "iso/9001-2000") in facts(found)
    assert ("iso/9001-2008", "std:mended", "mending:turned-relation") in facts(found)
    assert found.repairs["turned-relation"] == 1


def test_an_amendment_amends_and_a_draft_does_not_replace() -> None:
    found = facts(batch("iso", "iso-9001-2015.yaml"))
    assert ("iso/9001-2015/amd/1-2024", "std:amends", "iso/9001-2015") in found
    assert ("iso/dis/9001", "std:toReplace", "iso/9001-2015") in found
    draft = batch("iso", "iso-dis-9001.yaml")
    assert ("iso/dis/9001", "std:toReplace", "iso/9001-2015") in facts(draft)
    assert not [each for each in facts(draft) if each[1] == "std:replaces"]
    assert draft.repairs["draft-replaces"] == 2
    assert ("iso/dis/9001", "std:stage", "stage:development") in facts(draft)


def test_a_document_in_two_repositories_has_one_iri() -> None:
    iso = facts(batch("iso", "iso-iec-27001-2022.yaml"))
    iec = facts(batch("iec", "iso_iec_27001_2022.yaml"))
    this = "iso-iec/27001-2022"
    for found in (iso, iec):
        assert {o for s, p, o in found if (s, p) == (this, "std:publisher")} == {"iso", "iec"}
        assert (this, "std:committee", "iso-iec/jtc/1/sc/27") in found
    assert (this, "std:replaces", "iso-iec/27001-2013") in iso
    assert (this, "std:stableUntil", "2027-12-31") in iec


def test_placeholder_titles_and_markup_are_removed() -> None:
    found = batch("iso", "iso-tr-32123-2024.yaml")
    titles = {o for s, p, o in facts(found) if p == "dcterms:title"}
    assert titles == {"E-commerce transaction assurance - Good practices"}
    assert found.repairs["placeholder-title"] == 1
    cleaned = batch("iso", "iso-9001-2015.yaml")
    assert ("iso/9001-2015", "dcterms:title", "Quality management systems — Requirements") in facts(
        cleaned
    )
    assert cleaned.repairs["markup"] == 1


def test_a_part_belongs_to_a_series_and_a_corrigendum_corrects() -> None:
    part = facts(batch("iso", "iso-10303-1-2021.yaml"))
    assert ("iso/10303-1-2021", "std:inSeries", "iso/10303") in part
    assert ("iso/10303-1-2021", "std:editionOf", "iso/10303-1") in part
    corrigendum = facts(batch("iec", "iec_60268-17_1990_cor1_1991.yaml"))
    assert ("iec/60268-17-1990/cor/1-1991", "std:corrects", "iec/60268-17-1990") in corrigendum
    assert ("iec/60268-17-1990/cor/1-1991", "std:committee", "iec/tc/100/ta/20") in corrigendum


@pytest.mark.parametrize(
    ("repository", "name", "fact"),
    [
        ("ieee", "IEEE_802.3-2018.yaml", ("ieee/802.3-2022", "std:replaces", "ieee/802.3-2018")),
        ("ieee", "IEEE_802.3-2018.yaml", ("ieee/802.3-2018", "std:stage", "stage:superseded")),
        ("oiml", "r107_1997.yaml", ("oiml/r/107-2007", "std:replaces", "oiml/r/107-1997")),
        ("oiml", "r107_1997.yaml", ("oiml/r/107-1997", "std:committee", "oiml/tc/9")),
        ("w3c", "xml.yaml", ("w3c/rec-xml-20081126", "std:editionOf", "w3c/xml")),
        (
            "itu",
            "itu-t-x.1051-2016.yaml",
            ("itu-t/x.1051-2016-04", "std:editionOf", "itu-t/x.1051"),
        ),
        ("itu", "itu-t-x.1051-2016.yaml", ("itu-t/x.1051-2016-04", "std:committee", "itu-t/sg/17")),
        ("itu", "itu-t-x.1051-2004.yaml", ("itu-t/x.1051-2004-07", "std:stage", "stage:withdrawn")),
        ("jis", "JIS_Q_9001_2015.yaml", ("jis/q9001-2015", "std:publisher", "jisc")),
        ("jis", "JIS_Q_9001_2015.yaml", ("jis/q9001-2015", "std:issuedOn", "2015-11-20")),
        ("jis", "JIS_E_6004_1992.yaml", ("jis/e6004-1992", "std:stage", "stage:withdrawn")),
        ("ogc", "07-095r2.yaml", ("ogc/07-095r2", "rdf:type", "std:Document")),
        (
            "oiml",
            "bulletin_1974-03-02.yaml",
            ("oiml/bulletin/1974-03-02", "rdf:type", "std:Document"),
        ),
    ],
)
def test_records_of_each_body_are_understood(
    repository: str, name: str, fact: tuple[str, str, str]
) -> None:
    assert fact in facts(batch(repository, name))


def test_titles_keep_their_language() -> None:
    found = batch("jis", "JIS_Q_9001_2015.yaml")
    titles = {
        t.object.language: t.object.value  # type: ignore[union-attr]
        for t in found.triples
        if t.predicate.value.endswith("/title")
    }
    assert titles["ja"] == "品質マネジメントシステム―要求事項"
    assert titles["en"].startswith("Quality management systems")


def test_names_of_persons_are_not_kept() -> None:
    for repository, name in (("w3c", "REC-xml-20081126.yaml"), ("ogc", "07-095r2.yaml")):
        assert not [o for _, _, o in facts(batch(repository, name)) if "Family" in o]


def test_abstracts_are_kept_on_request() -> None:
    bare, full = (batch("iso", "iso-32110-2023.yaml", abstracts=a) for a in (False, True))
    extra = facts(full) - facts(bare)
    assert extra == {("iso/32110-2023", "dcterms:abstract", "Terms of transaction assurance.")}
    assert facts(bare) < facts(full)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"docid: [\n", "broken YAML"),
        (b"\xff\xfe\x00d", "encoding"),
        (b"- a\n- b\n", "mapping"),
        (b"id: a\nid: b\n", "duplicate"),
        (b"a: &x [1]\ndocid: *x\n", "alias"),
        (b"title: []\n", "identifier"),
    ],
)
def test_an_invalid_record_is_rejected_in_one_line(data: bytes, reason: str) -> None:
    found = convert("data/one.yaml", data, Options("relaton-data-iso"))
    assert not found.triples
    [reject] = found.rejects
    assert reason.casefold() in f"{reject.reason} {reject.detail}".casefold()
    assert reject.detail.startswith("data/one.yaml")
    assert "\n" not in reject.detail


def test_an_unknown_field_is_counted() -> None:
    text = (HOME / "relaton-data-iso" / "data" / "iso-32111-2023.yaml").read_text(encoding="utf-8")
    found = convert("data/one.yaml", (text + "novelty: 1\n").encode(), Options("relaton-data-iso"))
    assert found.unknown == {"novelty": 1}
    assert not found.rejects


def test_unknown_fields_are_counted_at_every_depth() -> None:
    found: Counter[str] = Counter()
    nested = {"title": [{"content": "a", "new": 1}, [{"new": 2}]], "ext": {"ics": {"b": {"c": 1}}}}
    count_unknown_fields({**nested, "other": [], "keyword": [{"d": 1}], "type": [{"e": 1}]}, found)
    assert found == {"title.new": 2, "ext.ics.b": 1, "other": 1, "type.e": 1}


@given(st.text(st.sampled_from("aé <>&;b\t\n\x07\u3000\x85\xa0-")))
def test_a_clean_title_is_unchanged(text: str) -> None:
    repairs: set[str] = set()
    cleaned = clean_text(text, repairs)
    assert (cleaned == text) == (not repairs)
    assert cleaned == " ".join(cleaned.split())
    assert cleaned.isprintable()


def test_texts_that_look_like_numbers_stay_texts() -> None:
    text = (HOME / "relaton-data-iso" / "data" / "iso-32111-2023.yaml").read_text(encoding="utf-8")
    bare = text.replace("content: '1'", "content: 1.10")
    assert bare != text
    found = convert("data/one.yaml", bare.encode(), Options("relaton-data-iso"))
    assert ("iso/32111-2023", "std:edition", "1.10") in facts(found)


def test_organizations_have_names_in_all_languages() -> None:
    data = (HOME / "relaton-data-sdo" / "orgs" / "iso" / "metadata.yaml").read_bytes()
    found = convert_organizations("orgs/iso/metadata.yaml", data, Options("relaton-data-sdo"))
    names = {o for s, _, o in facts(found) if s == "iso"}
    assert {"ISO", "Organisation internationale de normalisation"} <= names
