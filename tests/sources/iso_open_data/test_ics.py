from __future__ import annotations

import pytest

from kg.common.errors import KgError
from kg.sources.iso_open_data.ics import convert
from kg.sources.record_batch import Batch, Options
from tests.sources.iso_open_data.support import FIXTURES, fixture, instances, reasons, values


@pytest.fixture(scope="module")
def batch() -> Batch:
    return fixture(convert, "ICS.xml")


def of(*elements: str) -> Batch:
    text = "<fields>\n" + "\n".join(elements) + "\n</fields>"
    return convert("ICS.xml", text.encode(), Options("ics"))


TITLE = '<title xml:lang="en">T</title>'
FIELD = f"<field><identifier>01</identifier>{TITLE}</field>"


def test_an_element_becomes_a_class(batch: Batch) -> None:
    this = "ics/35.240.63"
    assert values(batch, this, "rdf:type") == ["skos:Concept"]
    assert values(batch, this, "skos:inScheme") == ["<ics>"]
    assert values(batch, this, "skos:notation") == ["35.240.63"]
    assert values(batch, this, "skos:prefLabel") == [
        "Applications des TI dans le commerce@fr",
        "IT applications in trade@en",
    ]
    assert values(batch, this, "skos:broader") == ["<ics/35.240>"]
    assert values(batch, this, "skos:topConceptOf") == []
    assert values(batch, this, "prov:wasDerivedFrom") == ["<record/ics/35.240.63>"]
    assert "Including EDIFACT and e-commerce@en" in values(batch, this, "skos:scopeNote")


def test_fields_are_top_concepts(batch: Batch) -> None:
    assert values(batch, "ics/35", "skos:topConceptOf") == ["<ics>"]
    assert values(batch, "ics/35", "skos:broader") == []
    assert values(batch, "ics", "rdf:type") == ["skos:ConceptScheme"]


def test_references_relate_and_keep_their_notes(batch: Batch) -> None:
    assert values(batch, "ics/35.040", "skos:related") == ["<ics/35.030>"]
    assert values(batch, "ics/35.040", "skos:note") == [
        "35.030: IT security techniques@en",
        "35.030: Techniques de sécurité des TI@fr",
    ]


def test_every_element_is_a_class(batch: Batch) -> None:
    assert batch.records == len(instances(batch, "skos:Concept")) == 20
    assert (batch.rejects, batch.unknown) == ([], {})


def test_xml_entities_are_decoded(batch: Batch) -> None:
    assert "Including hotels, washing & cleaning, etc.@en" in values(
        batch, "ics/03.080.30", "skos:scopeNote"
    )


def test_a_class_without_element_is_labeled_by_its_code() -> None:
    reference = "<references><reference><identifier>99.010</identifier></reference></references>"
    batch = of(f"<field><identifier>01</identifier>{TITLE}{reference}</field>")
    assert values(batch, "ics/99.010", "skos:prefLabel") == ["99.010"]
    assert values(batch, "ics/99.010", "rdf:type") == []


def test_an_unknown_element_is_reported() -> None:
    batch = of(f"<field><identifier>01</identifier>{TITLE}<colour/></field>")
    assert batch.unknown == {"field/colour": 1}


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    "<fields>&b;</fields>"
)
THIEF = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/hostname">]><fields>&a;</fields>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (BOMB, "ICS.xml:1: a DOCTYPE"),
        (THIEF, "ICS.xml:1: a DOCTYPE"),
        ("<fields>&a;</fields>", "ICS.xml:1: not well-formed XML: undefined entity"),
        ("<ics/>", "ICS.xml: <ics> where <fields> is expected"),
        ("", "ICS.xml:1: not well-formed XML: no element found"),
        ("<fields>\n<field></fields>", "ICS.xml:2: not well-formed XML: mismatched tag"),
        ('<?xml version="1.0" encoding="GB18030"?><fields/>', "ICS.xml: an encoding"),
        ("<fields>\n汉</fields>".encode("gb18030"), "ICS.xml:2: not well-formed XML"),
    ],
)
def test_invalid_xml_is_refused_in_one_line(data: str | bytes, says: str) -> None:
    raw = data.encode() if isinstance(data, str) else data
    with pytest.raises(KgError) as error:
        convert("ICS.xml", raw, Options("ics"))
    assert str(error.value).startswith(says)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("missing", [1, 9, 10, 200, 5000])
def test_a_truncated_file_is_refused(missing: int) -> None:
    data = (FIXTURES / "ICS.xml").read_bytes().rstrip()
    with pytest.raises(KgError, match="cut off"):
        convert("ICS.xml", data[:-missing], Options("ics"))


def test_other_encodings_and_a_byte_order_mark_are_read() -> None:
    text = (FIXTURES / "ICS.xml").read_text(encoding="utf-8").split("?>", 1)[1]
    wanted = {*fixture(convert, "ICS.xml").triples}
    for encoding in ("utf-8-sig", "utf-16"):
        found = convert("ICS.xml", text.strip().encode(encoding), Options("ics"))
        assert {*found.triples} == wanted


@pytest.mark.parametrize(
    ("element", "reason", "says"),
    [
        (FIELD, "duplicate id", "01 is also in line 2"),
        (f"<field>{TITLE}</field>", "no identifier", "''"),
        (f"<group><identifier>01</identifier>{TITLE}</group>", "no identifier", "'01'"),
        ("<field><identifier>02</identifier></field>", "no title", "02"),
        ("<topic><identifier>02</identifier></topic>", "unknown element", "<topic>"),
        (
            f"<group><identifier>01.020</identifier><field>03</field>{TITLE}</group>",
            "unreadable value",
            "01.020 is under 01, not under '03'",
        ),
        (f"<field><identifier>02</identifier>{TITLE}{TITLE}</field>", "duplicate key", "en"),
        (
            "<field><identifier>02</identifier><title>T</title></field>",
            "unreadable value",
            "without its language",
        ),
        (
            f"<field><identifier>02</identifier>{TITLE}<references><reference><identifier>x"
            "</identifier></reference></references></field>",
            "unreadable value",
            "'x'",
        ),
    ],
)
def test_an_invalid_element_is_rejected(element: str, reason: str, says: str) -> None:
    batch = of(FIELD, element)
    assert reasons(batch) == [("ICS.xml:3", reason)]
    assert says in batch.rejects[0].detail
    assert batch.records == 2
    assert instances(batch, "skos:Concept") == {"ics/01"}
