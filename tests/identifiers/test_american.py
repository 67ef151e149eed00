"""Designations of American and Canadian bodies: ANSI's developers, ASTM, SAE, CSA."""

from __future__ import annotations

from typing import Any

import pytest

from kg.identifiers import codes, fits, iri_path, parse, same
from kg.identifiers.bodies import american, parsers
from tests.identifiers.checks import parsed, printed, set_fields

ANSI: dict[str, Any] = {"class": "American"}
ASTM: dict[str, Any] = {"class": "Astm", "publishers": ("ASTM",)}
SAE: dict[str, Any] = {"class": "Sae", "publishers": ("SAE",)}
CSA: dict[str, Any] = {"class": "Canadian", "publishers": ("CSA",)}

FIELDS: list[tuple[str, dict[str, Any]]] = [
    (
        "ANSI/ASHRAE/IES 90.1-2019",
        {**ANSI, "publishers": ("ANSI", "ASHRAE", "IES"), "number": "90.1", "year": 2019},
    ),
    (
        "ANSI/NISO Z39.19-2005 (R2010)",
        {
            **ANSI,
            "publishers": ("ANSI", "NISO"),
            "number": "Z39.19",
            "year": 2005,
            "edition": "R2010",
        },
    ),
    (
        "ANSI INCITS 4-1986 (R2012)",
        {
            **ANSI,
            "publishers": ("ANSI", "INCITS"),
            "number": "4",
            "year": 1986,
            "edition": "R2012",
        },
    ),
    (
        "ANSI/ISO/IEC 9899-1999",
        {**ANSI, "publishers": ("ANSI", "ISO", "IEC"), "number": "9899", "year": 1999},
    ),
    (
        "ANSI/AAMI ST79:2017",
        {**ANSI, "publishers": ("ANSI", "AAMI"), "number": "ST79", "year": 2017},
    ),
    ("ASME B31.3-2022", {**ANSI, "publishers": ("ASME",), "number": "B31.3", "year": 2022}),
    ("UL 60950-1", {**ANSI, "publishers": ("UL",), "number": "60950", "parts": ("1",)}),
    ("NFPA 70-2023", {**ANSI, "publishers": ("NFPA",), "number": "70", "year": 2023}),
    ("API SPEC 5L", {**ANSI, "publishers": ("API",), "type": "SPEC", "number": "5L"}),
    (
        "AWS D1.1/D1.1M:2020",
        {**ANSI, "publishers": ("AWS",), "number": "D1.1", "aliases": ("D1.1M",), "year": 2020},
    ),
    (
        "ANSI/TIA-568.2-D",
        {**ANSI, "publishers": ("ANSI", "TIA"), "number": "568.2", "edition": "D"},
    ),
    ("ASTM D4169-22", {**ASTM, "number": "D4169", "year": 2022, "edition": "22"}),
    (
        "ASTM A123/A123M-17",
        {**ASTM, "number": "A123", "aliases": ("A123M",), "year": 2017, "edition": "17"},
    ),
    ("ASTM D638-14e1", {**ASTM, "number": "D638", "year": 2014, "edition": "14e1"}),
    ("ASTM D86-20b", {**ASTM, "number": "D86", "year": 2020, "edition": "20b"}),
    (
        "ASTM F1980-07(2011)e1",
        {**ASTM, "number": "F1980", "year": 2007, "edition": "07(2011)e1"},
    ),
    ("SAE J1939/11", {**SAE, "number": "J1939", "parts": ("11",), "variant": "/"}),
    ("SAE J3016_202104", {**SAE, "number": "J3016", "year": 2021, "month": 4}),
    ("SAE AS9100D", {**SAE, "number": "AS9100", "edition": "D"}),
    ("SAE AMS2750G", {**SAE, "number": "AMS2750", "edition": "G"}),
    ("CSA Z662:23", {**CSA, "number": "Z662", "year": 2023}),
    (
        "CSA C22.2 No. 60601-1:14 (R2022)",
        {
            **CSA,
            "number": "C22.2 No. 60601",
            "parts": ("1",),
            "year": 2014,
            "edition": "R2022",
        },
    ),
    (
        "CSA ISO/IEC 27001:14",
        {**CSA, "publishers": ("CSA", "ISO", "IEC"), "number": "27001", "year": 2014},
    ),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field_is_parsed_and_printed_back(text: str, fields: dict[str, Any]) -> None:
    assert set_fields(parsed(text)) == fields
    assert str(parsed(text)) == text


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("ANSI/ASHRAE Standard 62.1-2022", "ANSI/ASHRAE 62.1-2022"),
        ("INCITS 4-1986[R2012]", "INCITS 4-1986 (R2012)"),
        ("NFPA 70:2023", "NFPA 70-2023"),
        ("API 650", "API 650"),
        ("API Standard 650", "API STD 650"),
        ("TIA-568.2-D", "TIA-568.2-D"),
        ("ASTM A123/A123M–17", "ASTM A123/A123M-17"),
        ("ASTM D 4169", "ASTM D4169"),
        ("ASTM D4169-2022", "ASTM D4169-22"),
        ("ASTM E8-99", "ASTM E8-99"),
        ("ASTM E29 - 13 (2019)", "ASTM E29-13(2019)"),
        ("AS9100D", "SAE AS9100D"),
        ("AMS2750G", "SAE AMS2750G"),
        ("SAE AMS 2750G", "SAE AMS2750G"),
        ("AMS 2750G", "SAE AMS2750G"),
        ("AS9100", "SAE AS9100"),
        ("ISA 95", "ISA-95"),
        ("NEMA MG 1-2021", "NEMA MG1-2021"),
        ("CAN/CSA-Z662-15", "CSA Z662:15"),
        ("CAN/CSA-C22.2 NO. 60601-1:14", "CSA C22.2 No. 60601-1:14"),
        ("CSA C22.2 No. 0.4-17", "CSA C22.2 No. 0.4:17"),
        ("CAN/CSA-ISO 9001:16", "CSA ISO 9001:16"),
        ("ANSI C63.4-2014", "ANSI C63.4-2014"),
        ("ANSI X3.4-1986", "ANSI X3.4-1986"),
        ("ANSI/IEEE Std 1008-1987", "ANSI/IEEE Std 1008-1987"),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, usual: str | None) -> None:
    assert printed(text) == usual


@pytest.mark.parametrize(
    "text",
    [
        *("ANSI", "ASHRAE Journal 2020", "API 2.0", "API for Media Resources 1.0"),
        *(
            "UL listed 94",
            "ASME 2020",
            "NISO Z40.1-2000",
            "ISA 315",
            "NEMA 4",
            "API CODE 5",
            "AWS 3",
        ),
        *("ISO/UL 1-2020", "INCITS 4 (R2012)", "NFPA-70-2023-1234", "ASQ 9001-2015", "TIA-568-Z"),
        *("ASTM", "ASTM 4169", "D4169-22", "ASTM H1-20", "ASTM D4169-2", "ASTM D4169-22z"),
        *("AS 9100D", "J1939", "J1939/11", "AMS 5G", "SAE 30", "SAE 10W-40", "AS 1"),
        *("CSA", "CSA 2020", "CSA Z662 edition", "CSA C22.2 No. 60335-2-40", "CAN 2020", "MA 5"),
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_approval_and_marks_are_not_part_of_the_document() -> None:
    plain, approved = parsed("ASHRAE 62.1-2022"), parsed("ANSI/ASHRAE 62.1-2022")
    assert same(plain, approved)
    assert same(approved, plain)
    assert parsed("CAN/CSA-Z662:23") == parsed("CSA Z662-23")
    assert not same(parsed("UL 94"), parsed("NFPA 94"))


def test_editions_of_a_year_differ() -> None:
    assert not same(parsed("ASTM D86-20b"), parsed("ASTM D86-20"))
    assert fits(parsed("ASTM D86"), parsed("ASTM D86-20b"))
    assert same(parsed("ASTM E8-22"), parsed("ASTM E8/E8M-22"))
    assert parsed("ASTM A7-39").year == 1939
    assert iri_path(parsed("ASTM E29-13(2019)")) == "astm/e29-2013/edition/13%282019%29"


def test_every_developer_leads_to_the_grammar() -> None:
    known = {"name", "number", "untyped", "types", "join", "before_year", "revised"}
    known |= {"dated", "known"}
    for code, row in codes.read("american").items():
        assert american.parse in parsers(f"{code} 1"), code
        assert set(row) <= known
