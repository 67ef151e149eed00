"""Works and editions: which document a record describes, and what hangs on which level."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from kg.sources.record_batch import Batch, Options
from kg.sources.relaton import convert
from tests.sources.relaton.test_relaton import batch, facts

Facts = set[tuple[str, str, str]]


def described(**fields: Any) -> Batch:
    """Convert a record with a few usual fields and those given."""
    record = {"id": "r", "type": "standard", "title": [{"content": "A title", "language": "en"}]}
    data = yaml.safe_dump(record | fields, allow_unicode=True).encode()
    return convert("data/r.yaml", data, Options("relaton-data-xyz"))


def docid(text: str, type_: str = "XYZ") -> list[dict[str, object]]:
    return [{"id": text, "type": type_, "primary": True}]


def described_document(found: Batch) -> str:
    [document] = [s for s, p, _ in facts(found) if p == "prov:wasDerivedFrom"]
    return document


@pytest.mark.parametrize(
    ("text", "fields", "document", "label", "work"),
    [
        (
            "XYZ M-10",
            {"edition": "3.0"},
            "xyz/id/xyz_m-10/edition/3.0",
            "XYZ M-10 (edition 3.0)",
            1,
        ),
        (
            "XYZ M-10",
            {"edition": {"content": "2"}},
            "xyz/id/xyz_m-10/edition/2",
            "XYZ M-10 (2nd edition)",
            1,
        ),
        (
            "XYZ M-10",
            {"version": {"draft": "1.4"}},
            "xyz/id/xyz_m-10/edition/1.4",
            "XYZ M-10 (edition 1.4)",
            1,
        ),
        ("XYZ M-10", {}, "xyz/id/xyz_m-10", "XYZ M-10", 0),
        # The identifier names the edition or its year already.
        ("XYZ m-v1.1", {"edition": "v1.1"}, "xyz/id/xyz_m-v1.1", "XYZ m-v1.1", 0),
        (
            "XYZ 21st meeting (2017)",
            {"edition": "9"},
            "xyz/id/xyz_21st_meeting_%282017%29",
            "XYZ 21st meeting (2017)",
            0,
        ),
        ("ISO 9001:2015", {"edition": "5"}, "iso/9001-2015", "ISO 9001:2015", 1),
        ("ISO 9001", {"edition": "6"}, "iso/9001/edition/6", "ISO 9001 ED6", 1),
        ("ISO/DIS 9001", {"edition": "6"}, "iso/dis/9001", "ISO/DIS 9001", 0),
        # Each document of OGC has a number of its own.
        ("00-028", {"edition": "1.0"}, "ogc/00-028", "OGC 00-028", 0),
    ],
)
def test_an_edition_is_known_by_identifier_and_fields(
    text: str, fields: dict[str, object], document: str, label: str, work: int
) -> None:
    body = {"ISO": "ISO", "00-": "OGC"}.get(text[:3], "XYZ")
    found = described(docid=docid(text, body), **fields)
    assert described_document(found) == document
    stated = facts(found)
    assert (document, "skos:prefLabel", label) in stated
    works = {o for s, p, o in stated if (s, p) == (document, "std:editionOf")}
    assert len(works) == work
    assert {s for s, p, o in stated if (p, o) == ("rdf:type", "std:Work")} == works


def test_the_name_of_the_work_is_no_name_of_its_edition() -> None:
    stated = facts(described(docid=docid("XYZ M-10"), edition="3"))
    edition = "xyz/id/xyz_m-10/edition/3"
    assert not [o for s, p, o in stated if (s, p) == (edition, "skos:altLabel")]
    assert ("xyz/id/xyz_m-10", "dcterms:identifier", "XYZ M-10") in stated


def related(kind: str, text: str, edition: str = "") -> dict[str, object]:
    item: dict[str, object] = {"docid": docid(text)}
    return {"type": kind, "bibitem": item | ({"edition": edition} if edition else {})}


def test_each_edition_lists_all_editions_and_updates_the_earlier_ones() -> None:
    relation = [related("updates", "XYZ 7", edition) for edition in ("1", "5.1", "10", "16")]
    found = described(docid=docid("XYZ 7"), edition="10", relation=relation)
    updated = {o for _, p, o in facts(found) if p == "std:updates"}
    assert updated == {"xyz/id/xyz_7/edition/1", "xyz/id/xyz_7/edition/5.1"}
    assert found.repairs == {"sibling-editions": 2}


def test_an_undated_record_that_lists_its_editions_is_a_work() -> None:
    found = described(docid=docid("XYZ 7"), relation=[related("hasEdition", "XYZ 7", "2")])
    stated = facts(found)
    assert ("xyz/id/xyz_7", "rdf:type", "std:Work") in stated
    assert ("xyz/id/xyz_7/edition/2", "std:editionOf", "xyz/id/xyz_7") in stated
    assert {o for s, p, o in stated if (s, p) == ("xyz/id/xyz_7", "rdf:type")} == {"std:Work"}
    work = facts(batch("w3c", "xml.yaml"))
    assert ("w3c/xml", "rdf:type", "std:Work") in work


@pytest.mark.parametrize(
    ("kind", "property_", "turned"),
    [
        ("derivedFrom", "std:derivedFrom", False),
        ("derives", "std:derivedFrom", True),
        ("hasManifestation", "std:manifestationOf", True),
        ("reprintOf", "std:manifestationOf", False),
        ("reviewOf", "std:describes", False),
        ("isCitedIn", "std:cites", True),
        ("amendedBy", "std:amends", True),
        ("hasComplement", "std:complements", True),
        ("expressionOf", "std:editionOf", False),
    ],
)
def test_relations_of_the_model_are_kept(kind: str, property_: str, turned: bool) -> None:
    found = described(docid=docid("XYZ 1"), relation=[related(kind, "XYZ 2")])
    ends = ("xyz/id/xyz_1", "xyz/id/xyz_2")
    subject, target = reversed(ends) if turned else ends
    assert (subject, property_, target) in facts(found)
    assert not found.unknown


def test_a_form_under_the_same_identifier_is_counted() -> None:
    found = described(docid=docid("XYZ 1"), relation=[related("hasManifestation", "XYZ 1")])
    assert found.repairs == {"own-manifestation": 1}


def test_a_title_without_language_is_kept() -> None:
    found = described(docid=docid("XYZ 1"), title=["Ein Titel"], language=["de", "fr"])
    [title] = [t for t in found.triples if t.predicate.value.endswith("/title")]
    assert (title.object.value, title.object.language) == ("Ein Titel", "und")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        (
            {
                "committee": "Coverages",
                "subcommittee": {"type": "SC", "number": 9},
                "workgroup": "A",
            },
            {"Coverages/SC 9/A"},
        ),
        (
            {"group": {"type": "group", "name": "Study Group 5", "acronym": "SG5"}, "bureau": "T"},
            {"XYZ/SG 5"},
        ),
        ({"workgroup": {"name": "Redlines"}}, {"Redlines"}),
    ],
)
def test_groups_beside_a_committee_are_its_levels(
    group: dict[str, object], names: set[str]
) -> None:
    found = described(docid=docid("XYZ 1"), ext={"editorialgroup": group})
    stated = facts(found)
    committees = {o for _, p, o in stated if p == "std:committee"}
    labels = {o for s, p, o in stated if s in committees and p == "skos:prefLabel"}
    assert labels == names
    assert not found.unknown


def test_a_type_of_one_body_is_not_that_of_another() -> None:
    oiml = facts(described(docid=docid("OIML D 11:2013", "OIML"), doctype="document"))
    assert ("oiml/d/11-2013", "std:deliverable", "deliverable:international-document") in oiml
    other = described(docid=docid("XYZ 1"), doctype="document")
    assert not [o for _, p, o in facts(other) if p == "std:deliverable"]
    assert not other.unknown


def test_a_draft_without_its_version_is_the_work_of_its_versions() -> None:
    version = {"docid": docid("draft-aaron-acme-ari-03", "Internet-Draft")}
    other = {"docid": docid("draft-smith-acme-00", "Internet-Draft")}
    found = facts(
        described(
            docid=docid("draft-aaron-acme-ari", "Internet-Draft"),
            relation=[{"type": "includes", "bibitem": item} for item in (version, other)],
        )
    )
    work = "ietf/draft/aaron-acme-ari"
    assert (work, "rdf:type", "std:Work") in found
    assert (work, "rdf:type", "std:Standard") not in found
    assert (f"{work}/edition/03", "std:editionOf", work) in found
    assert ("ietf/draft/smith-acme/edition/00", "std:partOf", work) in found


@pytest.mark.parametrize(
    ("body", "text", "fields", "document", "work"),
    [
        ("CalConnect", "CC 18011:2018", {"edition": "1"}, "calconnect/18011-2018", "18011"),
        (
            "PLATEAU",
            "PLATEAU Handbook #01 2.3",
            {"edition": "2.3"},
            "plateau/handbook/01/edition/2.3",
            "handbook/01",
        ),
        ("GOST", "GOST 10079-1-2012", {}, "gost/10079-1-2012", "10079-1"),
        ("EASC", "ПМГ 02-2008", {}, "easc/pmg/02-2008", "pmg/02"),
        ("IALA", "IALA G1020 Ed 1.2", {"version": "2001-12-01"}, "iala/g1020/edition/1.2", "g1020"),
    ],
)
def test_an_edition_of_another_body_belongs_to_its_work(
    body: str, text: str, fields: dict[str, Any], document: str, work: str
) -> None:
    found = described(docid=docid(text, body), **fields)
    assert described_document(found) == document
    owner = document.split("/", 1)[0]
    assert (document, "std:editionOf", f"{owner}/{work}") in facts(found)


def test_the_date_beside_a_related_document_is_its_own_but_for_iso() -> None:
    item = {"docid": docid("CIE 250:2022", "CIE"), "date": [{"type": "published", "value": "2022"}]}
    found = described(
        docid=docid("CIE 063:1984", "CIE"), relation=[{"type": "updates", "bibitem": item}]
    )
    assert "stage-date" not in found.repairs


def test_a_version_in_the_only_language_is_an_edition_of_the_work() -> None:
    alone = facts(described(docid=docid("CIE S 023/E:2013", "CIE")))
    this = "cie/s/023-2013/language/e"
    assert (this, "std:editionOf", "cie/s/023") in alone
    general = [{"type": "instanceOf", "bibitem": {"docid": docid("CIE S 023:2013", "CIE")}}]
    related = facts(described(docid=docid("CIE S 023/E:2013", "CIE"), relation=general))
    assert (this, "std:languageVersionOf", "cie/s/023-2013") in related
    assert (this, "std:editionOf", "cie/s/023") not in related
